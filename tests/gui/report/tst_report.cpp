#include "app/headlessreport.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace stepscope;

namespace {

const QString sample = QStringLiteral(STEPSCOPE_SOURCE_DIR "/resources/sample/decode_hostbound.json.gz");

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// `stepscope --report` and `stepscope-cli export` are two programs with one writer.
class TestReport : public QObject {
    Q_OBJECT

private slots:
    void bothProgramsWriteTheSameBytes()
    {
        QTemporaryDir folder;
        QCOMPARE(writeReport(sample, folder.filePath(QStringLiteral("window"))), 0);
        QProcess cli;
        cli.start(QStringLiteral(STEPSCOPE_CLI), {QStringLiteral("export"), sample, QStringLiteral("--out"),
                                                  folder.filePath(QStringLiteral("cli"))});
        QVERIFY(cli.waitForFinished(60'000));
        QCOMPARE(cli.exitCode(), 0);
        const QStringList files = QDir(folder.filePath(QStringLiteral("cli"))).entryList(QDir::Files);
        QCOMPARE(files.size(), qsizetype{4});
        for (const QString& file : files) {
            const QByteArray expected = contentOf(folder.filePath(QStringLiteral("cli/") + file));
            QVERIFY(expected.size() > 500);
            QCOMPARE(contentOf(folder.filePath(QStringLiteral("window/decode_hostbound-") + file)), expected);
        }
    }

    void thePageIsDrawn()
    {
        QTemporaryDir folder;
        QCOMPARE(writeReport(sample, folder.path()), 0);
        const QImage page(folder.filePath(QStringLiteral("decode_hostbound-report.png")));
        QVERIFY(page.width() >= 1200 && page.height() >= 700);
        qsizetype dark = 0; // text, lanes and bars
        for (int y = 0; y < page.height(); y += 3) {
            for (int x = 0; x < page.width(); x += 3)
                dark += page.pixelColor(x, y).lightness() < 140 ? 1 : 0;
        }
        QVERIFY(dark > 1000);
    }

    void refusesInWords()
    {
        QTemporaryDir folder;
        QCOMPARE(writeReport(folder.filePath(QStringLiteral("missing.json")), folder.path()), 1);
        QCOMPARE(writeReport(sample, QStringLiteral("/proc/nowhere")), 1);
    }
};

QTEST_MAIN(TestReport)
#include "tst_report.moc"
