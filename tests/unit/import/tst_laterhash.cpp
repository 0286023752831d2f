#include "core/import/filereader.h"
#include "core/import/traceimporter.h"

#include "tests/golden/testfiles.h"
#include "tests/unit/base/cancelledprogress.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace stepscope;

/// The hash of a large file is made behind the trace, and is that of what was read or none.
class TestLaterHash : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        std::string text = R"({"traceEvents": [{"ph": "X", "cat": "kernel", "name": "gemm", "pid": 0, )"
                           R"("tid": 7, "ts": 1, "dur": 5, "args": {"device": 0, "stream": 7}}]})";
        text.append(std::size_t{33} << 20, ' ');
        test::writeFile(path(), text);
    }

    void largeFilesAreHashedLater()
    {
        const FileHash hash = hashOf({.hashesLater = true});
        QVERIFY(!hash.known());
        QCOMPARE(hash.text(), expected());
        QCOMPARE(hashOf({}).known(), std::optional(expected()));
    }

    void smallFilesAreHashedAtOnce()
    {
        QVERIFY(QFile::resize(QString::fromStdString(path()), 1 << 20));
        QCOMPARE(hashOf({.hashesLater = true}).known(), std::optional(expected()));
    }

    void filesOfASetAreHashedAtOnce()
    {
        const std::string copy = path() + ".copy.json";
        QFile::remove(QString::fromStdString(copy));
        QVERIFY(QFile::copy(QString::fromStdString(path()), QString::fromStdString(copy)));
        NoProgress progress;
        const Result<Trace> trace = importTraces({path(), copy}, progress, {.hashesLater = true});
        QVERIFY(!trace);
        QVERIFY2(trace.error().detail.find("is a copy of") != std::string::npos,
                 trace.error().detail.c_str());
    }

    /// Another file under the name is another one; the hash is that of the one which was read.
    void isOfTheFileThatWasRead()
    {
        const std::string before = expected();
        const FileHash hash = hashOf({.hashesLater = true});
        const std::string other = path() + ".new";
        test::writeFile(other, "{}");
        QCOMPARE(std::rename(other.c_str(), path().c_str()), 0);
        // The system may say of a file that lost its name that it changed: then there is no hash.
        const std::string found = hash.text();
        QVERIFY2(found.empty() || found == before, found.c_str());
    }

    void isEmptyWhereTheFileChanged_data()
    {
        QTest::addColumn<bool>("grows");
        QTest::addColumn<bool>("hidesIt");
        QTest::newRow("written on") << true << false;
        QTest::newRow("written over") << false << false;
        QTest::newRow("written over, with the time as it was") << false << true;
    }

    void isEmptyWhereTheFileChanged()
    {
        QFETCH(bool, grows);
        QFETCH(bool, hidesIt);
        const FileHash hash = hashOf({.hashesLater = true});
        struct stat status = {};
        QCOMPARE(::stat(path().c_str(), &status), 0);
        QTest::qWait(20); // the clock of the file system ticks in ms
        const int file = ::open(path().c_str(), O_WRONLY);
        QCOMPARE(::pwrite(file, "\n", 1, grows ? status.st_size : 20 << 20), ssize_t(1));
        ::close(file);
        if (hidesIt) {
            const timespec times[2] = {status.st_mtim, status.st_mtim};
            QCOMPARE(::utimensat(AT_FDCWD, path().c_str(), times, 0), 0);
        }
        QCOMPARE(hash.text(), std::string());
        QCOMPARE(hash.known(), std::optional(std::string()));
    }

    void canBeCancelled()
    {
        test::CancelledProgress cancelled;
        const FileHash hash = hashOf({.hashesLater = true});
        QVERIFY(!hash.find(cancelled));
        QCOMPARE(hash.text(), expected()); // from the start
    }

private:
    std::string path() const { return m_folder.filePath(QStringLiteral("trace.json")).toStdString(); }
    std::string expected() const
    {
        QFile file(QString::fromStdString(path()));
        return file.open(QIODevice::ReadOnly)
                   ? QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256)
                         .toHex()
                         .toStdString()
                   : std::string("not readable");
    }
    FileHash hashOf(const ImportOptions& options) const
    {
        NoProgress progress;
        const Result<Trace> trace = importTrace(path(), progress, options);
        return trace && trace->activityCount() == 1 ? trace->capture().sha256
                                                    : FileHash(std::string("not read"));
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestLaterHash)
#include "tst_laterhash.moc"
