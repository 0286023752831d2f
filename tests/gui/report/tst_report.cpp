#include "app/dialogs/exportdialog.h"
#include "app/headlessreport.h"
#include "app/settings.h"
#include "core/report/exportfiles.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/traceloader.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QSignalSpy>
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

void open(TraceDocument& document)
{
    NoProgress progress;
    const Result<IndexedTrace> index = loadTrace({sample.toStdString()}, {}, progress);
    QVERIFY(static_cast<bool>(index));
    document.setIndex(*index);
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
        QCOMPARE(files.size(), static_cast<qsizetype>(exportFileNames().size()));
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

    void bothSizesAreOnePage()
    {
        QTemporaryDir folder;
        QCOMPARE(writeReport(sample, folder.path()), 0);
        const QImage page(folder.filePath(QStringLiteral("decode_hostbound-report.png")));
        const QImage fine(folder.filePath(QStringLiteral("decode_hostbound-report@2x.png")));
        QVERIFY(!page.isNull());
        QCOMPARE(fine.size(), page.size() * 2);
        // The same layout: shrunk, the fine page is the other one but for the edges of what is drawn.
        const QImage shrunk = fine.scaled(page.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        qsizetype other = 0;
        for (int y = 0; y < page.height(); ++y) {
            for (int x = 0; x < page.width(); ++x)
                other += std::abs(qGray(page.pixel(x, y)) - qGray(shrunk.pixel(x, y))) > 96 ? 1 : 0;
        }
        QVERIFY2(other * 200 < qsizetype{page.width()} * page.height(), qPrintable(QString::number(other)));
        // And it is really finer: no doubled pixels.
        qsizetype halves = 0;
        for (int y = 0; y < fine.height(); y += 2) {
            for (int x = 0; x + 1 < fine.width(); x += 2)
                halves += fine.pixel(x, y) != fine.pixel(x + 1, y) ? 1 : 0;
        }
        QVERIFY(halves > 10'000);
        QVERIFY(fine.text(QStringLiteral("Software")).startsWith(QStringLiteral("StepScope")));
    }

    void theMenuWritesTheSameBytes()
    {
        QTemporaryDir folder;
        QCOMPARE(writeReport(sample, folder.filePath(QStringLiteral("headless"))), 0);
        TraceDocument document;
        open(document);
        Settings settings;
        settings.store().clear();
        ExportDialog dialog(&document, settings);
        ReportRequest request = dialog.request();
        QCOMPARE(request.stem, QStringLiteral("decode_hostbound"));
        request.folder = folder.filePath(QStringLiteral("menu"));
        dialog.setRequest(request);
        QVERIFY(dialog.canExport());
        QVERIFY(dialog.warning().isEmpty());
        const QStringList listed = dialog.listedFiles();
        QCOMPARE(listed.size(), static_cast<qsizetype>(exportFileNames().size()) + 2);
        QSignalSpy finished(&dialog, &QDialog::finished);
        dialog.accept();
        QVERIFY(finished.wait(60'000));
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        QCOMPARE(QDir(request.folder).entryList(QDir::Files).size(), listed.size());
        for (const QString& file : listed) {
            const QByteArray written = contentOf(request.folder + QLatin1Char('/') + file);
            QVERIFY2(!written.isEmpty(), qPrintable(file));
            if (!file.endsWith(QStringLiteral(".png"))) // which tell the time
                QCOMPARE(written, contentOf(folder.filePath(QStringLiteral("headless/") + file)));
        }
        // The next one warns of what it would replace, and finds the folder again.
        const ExportDialog again(&document, settings);
        QCOMPARE(again.request().folder, request.folder);
        QVERIFY(again.warning().startsWith(QString::number(listed.size())));
    }

    void theDialogSaysWhatIsWrong()
    {
        TraceDocument document;
        open(document);
        Settings settings;
        ExportDialog dialog(&document, settings);
        ReportRequest request;
        request.folder = QStringLiteral("/proc/nowhere");
        request.stem = QStringLiteral("a/b");
        dialog.setRequest(request);
        QVERIFY(!dialog.canExport());
        QVERIFY(!dialog.warning().isEmpty());
        request.stem = QStringLiteral("a");
        request.picture = request.finePicture = request.tables = request.text = false;
        dialog.setRequest(request);
        QVERIFY(!dialog.canExport());
        request.text = true;
        dialog.setRequest(request);
        QCOMPARE(dialog.listedFiles(), QStringList{QStringLiteral("a-budget.txt")});
        dialog.accept();
        QTRY_VERIFY(dialog.warning().startsWith(QStringLiteral("Cannot write")));
        QVERIFY(dialog.canExport()); // to try another folder
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
