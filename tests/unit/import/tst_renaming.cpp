#include "core/import/traceimporter.h"
#include "tests/golden/testfiles.h"
#include "tests/golden/tracedump.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace stepscope;

namespace {

constexpr qint64 largestFile = 2'500'000; // larger ones are read by the long tests

/// Each says something of the content that may be wrong.
constexpr std::array names = {
    "trace.sqlite",       "trace.json",          "trace.json.gz", "TRACE.SQLITE",      "trace",
    "trace.nsys-rep",     "rank3.pt.trace.json", "trace.tar.gz",  "a b%20#?&'\"é.txt", ".hidden",
    "trace.sqlite-wal.gz"};

std::string dumpOf(const std::string& path)
{
    NoProgress progress;
    return test::dumpResult(importTrace(path, progress));
}

} // namespace

/// A trace is known by its content: no name of its file changes anything that is read.
class TestRenaming : public QObject {
    Q_OBJECT

private slots:
    void goldens_data();
    void goldens();
    void realTraces_data();
    void realTraces();
};

void TestRenaming::goldens_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(STEPSCOPE_SOURCE_DIR "/tests/golden"));
    for (const QString& name :
         folder.entryList({QStringLiteral("*.json"), QStringLiteral("*.sql")}, QDir::Files))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void TestRenaming::goldens()
{
    QFETCH(QString, path);
    const QTemporaryDir temporary;
    const std::string source = test::readFile(path.toStdString());
    const std::string original = temporary.filePath(QStringLiteral("TRACE")).toStdString();
    if (path.endsWith(QStringLiteral(".sql")))
        test::writeDatabase(original, source);
    else
        test::writeFile(original, source);
    const std::string expected = test::readFile(path.toStdString() + ".expected");
    const std::string bytes = test::readFile(original);
    for (const char* const name : names) {
        const QTemporaryDir folder; // neighbours are named in some sentences
        const std::string file = folder.filePath(QString::fromUtf8(name)).toStdString();
        test::writeFile(file, bytes);
        const std::string found = dumpOf(file);
        QVERIFY2(
            found == expected,
            qPrintable(
                QStringLiteral("as %1: %2").arg(QString::fromUtf8(name), QString::fromStdString(found))));
    }
}

void TestRenaming::realTraces_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");
    bool isEmpty = true;
    std::size_t next = 0;
    for (const char* const folder : {"/traces/real", "/traces/h100"}) {
        const QDir dir(QStringLiteral(STEPSCOPE_SHARED_DATA) + QLatin1String(folder));
        for (const QFileInfo& file :
             dir.entryInfoList({QStringLiteral("*.json"), QStringLiteral("*.gz"), QStringLiteral("*.sqlite")},
                               QDir::Files)) {
            if (file.size() > largestFile || file.fileName() == QLatin1String("ground_truth.json"))
                continue;
            QTest::newRow(qPrintable(file.fileName()))
                << file.filePath() << QString::fromUtf8(names[next++ % names.size()]);
            isEmpty = false;
        }
    }
    if (isEmpty)
        QSKIP("no traces in " STEPSCOPE_SHARED_DATA "/traces");
}

void TestRenaming::realTraces()
{
    QFETCH(QString, path);
    QFETCH(QString, name);
    const QTemporaryDir folder;
    const QTemporaryDir other;
    // Sentences name neighbours, and the dump calls the file TRACE.
    QVERIFY(QFile::link(path, folder.filePath(QStringLiteral("TRACE"))));
    QVERIFY(QFile::link(path, other.filePath(name)));
    QVERIFY2(dumpOf(folder.filePath(QStringLiteral("TRACE")).toStdString()) ==
                 dumpOf(other.filePath(name).toStdString()),
             qPrintable(QStringLiteral("as ") + name));
}

QTEST_GUILESS_MAIN(TestRenaming)
#include "tst_renaming.moc"
