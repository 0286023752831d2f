#include "tests/cli/clirun.h"

#include "tests/support/decodecommand.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using stepscope::testing::CliRun;
using stepscope::testing::runCli;
namespace support = stepscope::testsupport;

/// Every verb prints the same bytes whether the trace comes from its file or from what was kept of it, and
/// never anything of a file that is another one by now.
class TestCachedRuns : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void printsTheSame_data();
    void printsTheSame();
    void exportsTheSame();
    void noticesAChangeThatNothingShows_data();
    void noticesAChangeThatNothingShows();
    void keepsNothingWhenTold();

private:
    QStringList kept() const
    {
        return QDir(m_cache->filePath(QStringLiteral("stepscope/traces"))).entryList(QDir::Files);
    }
    /// Runs, and says whether what was kept had a part in it.
    CliRun runUsing(const QStringList& words, bool& isUsed) const
    {
        const QDir folder(m_cache->filePath(QStringLiteral("stepscope/traces")));
        const timespec longAgo[2] = {{1'600'000'000, 0}, {1'600'000'000, 0}};
        for (const QString& name : kept())
            ::utimensat(AT_FDCWD, QFile::encodeName(folder.filePath(name)).constData(), longAgo, 0);
        const CliRun run = runCli(words);
        isUsed = false;
        for (const QFileInfo& file : folder.entryInfoList(QDir::Files))
            isUsed = isUsed || file.lastModified().toSecsSinceEpoch() > 1'600'000'000;
        return run;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_cache;
    QStringList m_traces;
};

void TestCachedRuns::initTestCase()
{
    for (const auto& [name, steps] : {std::pair("loop.json", "900"), std::pair("loop.json.gz", "900"),
                                      std::pair("loop.sqlite", "3500")}) {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        support::DecodeCommand({"--steps", steps, "--kernels", "60", "--annotations", "vllm", "--seed-jitter",
                                "20000", path.toStdString()})
            .run();
        m_traces += path;
    }
}

void TestCachedRuns::init()
{
    m_cache = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CACHE_HOME", QFile::encodeName(m_cache->path()));
}

void TestCachedRuns::printsTheSame_data()
{
    QTest::addColumn<int>("trace");
    for (int trace = 0; trace < m_traces.size(); ++trace)
        QTest::newRow(qPrintable(QFileInfo(m_traces[trace]).fileName())) << trace;
}

void TestCachedRuns::printsTheSame()
{
    QFETCH(const int, trace);
    const QString path = m_traces[trace];
    std::vector<const char*> verbs = {"info --format json", "budget", "budget --no-python --format json"};
    if (trace == 0)
        verbs.insert(verbs.end(), {"info", "budget --format json --window all", "budget --format csv",
                                   "budget --no-annotations", "gates --format json", "verdict",
                                   "steps --format json", "gaps --format csv", "gaps --top 3"});
    for (const char* const verb : verbs) {
        QStringList words = QString::fromLatin1(verb).split(u' ');
        words.insert(1, path);
        const CliRun plain = runCli(words + QStringList{QStringLiteral("--no-cache")});
        QVERIFY(plain.exitCode == 0 || plain.exitCode == 2);
        const CliRun first = runCli(words);
        bool isUsed = false;
        const CliRun second = runUsing(words, isUsed);
        QVERIFY2(isUsed, verb);
        for (const CliRun* run : {&first, &second}) {
            QCOMPARE(run->exitCode, plain.exitCode);
            QCOMPARE(run->output, plain.output);
            QCOMPARE(run->errors, plain.errors);
        }
    }
    QCOMPARE(kept().size(), 2); // with all Python frames, and with those that decide
}

void TestCachedRuns::exportsTheSame()
{
    const auto exported = [this](const QStringList& more, const QString& folder) {
        runCli(QStringList{QStringLiteral("export"), m_traces[0], QStringLiteral("--out"),
                           m_folder.filePath(folder)} +
               more);
        QMap<QString, QByteArray> files;
        const QDir written(m_folder.filePath(folder));
        for (const QString& name : written.entryList(QDir::Files)) {
            QFile file(written.filePath(name));
            file.open(QIODevice::ReadOnly);
            files[name] = file.readAll();
        }
        return files;
    };
    const auto plain = exported({QStringLiteral("--no-cache")}, QStringLiteral("plain"));
    QVERIFY(plain.size() >= 5);
    const auto first = exported({}, QStringLiteral("first"));
    QCOMPARE(kept().size(), 1);
    const auto second = exported({}, QStringLiteral("second"));
    QVERIFY(plain == first);
    QVERIFY(plain == second);
}

void TestCachedRuns::noticesAChangeThatNothingShows_data()
{
    QTest::addColumn<QString>("verb");
    for (const char* verb : {"info --format json", "budget --format json"})
        QTest::newRow(verb) << QString::fromLatin1(verb);
}

/// The same path, size, time, inode and samples: nothing but all bytes can tell.
void TestCachedRuns::noticesAChangeThatNothingShows()
{
    QFETCH(const QString, verb);
    const QString path = m_folder.filePath(QStringLiteral("changed.json"));
    QFile::remove(path);
    QFile::copy(m_traces[0], path);
    QStringList words = verb.split(u' ');
    words.insert(1, path);
    const CliRun before = runCli(words);
    QCOMPARE(kept().size(), 1);

    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    // A duration of a kernel between two samples becomes another one of as many digits.
    QByteArray text = file.readAll();
    const qsizetype kernel = text.indexOf("\"kernel\"", text.size() / 34 * 3);
    qsizetype digit = text.indexOf("\"dur\":", kernel) + 6;
    while (!QChar::fromLatin1(text[digit]).isDigit())
        ++digit;
    QVERIFY(file.seek(digit));
    QVERIFY(file.write(text[digit] == '1' ? "2" : "1", 1) == 1);
    file.close();
    const timespec times[2] = {status.st_mtim, status.st_mtim};
    QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times, 0), 0);

    const CliRun after = runCli(words);
    QVERIFY2(kept().isEmpty(), "what was kept of the other content is gone");
    const CliRun plain = runCli(words + QStringList{QStringLiteral("--no-cache")});
    QCOMPARE(after.output, plain.output);
    QCOMPARE(after.exitCode, plain.exitCode);
    QVERIFY(after.output != before.output);
}

void TestCachedRuns::keepsNothingWhenTold()
{
    runCli({QStringLiteral("info"), m_traces[0], QStringLiteral("--no-cache")});
    QVERIFY(kept().isEmpty());
    QVERIFY(!QDir(m_cache->filePath(QStringLiteral("stepscope"))).exists());
}

QTEST_GUILESS_MAIN(TestCachedRuns)
#include "tst_cachedruns.moc"
