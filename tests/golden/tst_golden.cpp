#include "core/import/traceimporter.h"
#include "tests/golden/testfiles.h"
#include "tests/golden/tracedump.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace stepscope;

/// Each importer quirk as a small trace in text (JSON as it is, or the SQL that builds a database) and what
/// comes of it beside it. STEPSCOPE_UPDATE_GOLDEN=1 rewrites the expected texts: read the diff.
class TestGolden : public QObject {
    Q_OBJECT

private slots:
    void trace_data();
    void trace();
};

void TestGolden::trace_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(STEPSCOPE_SOURCE_DIR "/tests/golden"));
    for (const QString& name :
         folder.entryList({QStringLiteral("*.json"), QStringLiteral("*.sql")}, QDir::Files))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void TestGolden::trace()
{
    QFETCH(QString, path);
    const QTemporaryDir temporary;
    // A folder of its own: neighbours are named in some sentences.
    const std::string copy = temporary.filePath(QStringLiteral("TRACE")).toStdString();
    const std::string source = test::readFile(path.toStdString());
    if (path.endsWith(QStringLiteral(".sql")))
        test::writeDatabase(copy, source);
    else
        test::writeFile(copy, source);

    NoProgress progress;
    std::string found = test::dumpResult(importTrace(copy, progress));
    const std::string expectedPath = path.toStdString() + ".expected";
    if (qEnvironmentVariableIsSet("STEPSCOPE_UPDATE_GOLDEN"))
        test::writeFile(expectedPath, found);
    const QString expected = QString::fromStdString(test::readFile(expectedPath));
    QCOMPARE(QString::fromStdString(found).split(QLatin1Char('\n')), expected.split(QLatin1Char('\n')));
}

QTEST_GUILESS_MAIN(TestGolden)
#include "tst_golden.moc"
