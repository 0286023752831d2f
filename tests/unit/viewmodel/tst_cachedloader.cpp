#include "widgets/viewmodel/cachedloader.h"

#include "tests/golden/testfiles.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace stepscope;

/// A trace is shown from what was kept of it, and that is settled behind what is shown.
class TestCachedLoader : public QObject {
    Q_OBJECT

private slots:
    void keepsAndReopens();
    void tellsWhatIsOutdated();
    void keepsNothingWithoutACache();

private:
    std::string writeTrace() const;
    int kept() const
    {
        return int(QDir(m_folder.filePath(QStringLiteral("cache"))).entryList(QDir::Files).size());
    }
    std::string cacheFolder() const { return m_folder.filePath(QStringLiteral("cache")).toStdString(); }

    QTemporaryDir m_folder;
};

std::string TestCachedLoader::writeTrace() const
{
    const std::string path = m_folder.filePath(QStringLiteral("trace.json")).toStdString();
    std::string text = "{\"traceEvents\": [";
    for (int i = 0; i < 300; ++i) {
        text += i > 0 ? ",\n" : "";
        text += "{\"ph\":\"X\",\"cat\":\"kernel\",\"name\":\"k\",\"pid\":0,\"tid\":7,\"dur\":5,\"ts\":" +
                std::to_string(1000 + 10 * i) + ",\"args\":{\"device\":0,\"stream\":7}}";
    }
    text += "]}";
    text.append(1 << 20, ' ');
    test::writeFile(path, text);
    return path;
}

void TestCachedLoader::keepsAndReopens()
{
    const std::string path = writeTrace();
    const TraceCache cache(cacheFolder(), {.leastFileBytes = 1 << 20});
    CachedLoader loader(&cache);
    NoProgress progress;
    const Result<IndexedTrace> first = loader.load({path}, {}, progress);
    QVERIFY(first);
    QCOMPARE(kept(), 0); // not before it is shown
    QVERIFY(loader.settle(*first, progress));
    QCOMPARE(kept(), 1);
    int previews = 0;
    const Result<IndexedTrace> second =
        loader.load({path}, {}, progress, [&previews](const TracePreview& preview) {
            ++previews;
            QCOMPARE(preview.lanes.size(), std::size_t(1));
            QCOMPARE(preview.lanes[0].label, std::string("GPU 0"));
        });
    QVERIFY(second);
    QCOMPARE(previews, 1);
    QCOMPARE((*second)->trace().activityCount(), std::size_t(300));
    QCOMPARE((*second)->trace().capture().path, path);
    QVERIFY(loader.settle(*second, progress));
    QVERIFY(loader.settle(*second, progress)); // once is enough
    QCOMPARE(kept(), 1);
}

void TestCachedLoader::tellsWhatIsOutdated()
{
    const std::string path = writeTrace();
    const TraceCache cache(cacheFolder(), {.leastFileBytes = 1 << 20});
    CachedLoader loader(&cache);
    NoProgress progress;
    const Result<IndexedTrace> first = loader.load({path}, {}, progress);
    QVERIFY(first && loader.settle(*first, progress));
    struct stat status = {};
    QCOMPARE(::stat(path.c_str(), &status), 0);
    const int file = ::open(path.c_str(), O_WRONLY);
    QCOMPARE(::pwrite(file, "\n", 1, 100'000), ssize_t(1)); // between two samples
    ::close(file);
    const timespec times[2] = {status.st_mtim, status.st_mtim};
    QCOMPARE(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
    const Result<IndexedTrace> kept = loader.load({path}, {}, progress);
    QVERIFY(kept);
    QCOMPARE((*kept)->trace().capture().sha256.text(), (*first)->trace().capture().sha256.text());
    QVERIFY(!loader.settle(*kept, progress));
    const Result<IndexedTrace> fresh = loader.load({path}, {}, progress);
    QVERIFY(fresh);
    QVERIFY((*fresh)->trace().capture().sha256.text() != (*first)->trace().capture().sha256.text());
    QVERIFY(loader.settle(*fresh, progress));
}

void TestCachedLoader::keepsNothingWithoutACache()
{
    QDir(m_folder.filePath(QStringLiteral("cache"))).removeRecursively();
    CachedLoader loader(nullptr);
    NoProgress progress;
    const Result<IndexedTrace> index = loader.load({writeTrace()}, {}, progress);
    QVERIFY(index && loader.settle(*index, progress));
    QCOMPARE(kept(), 0);
}

QTEST_GUILESS_MAIN(TestCachedLoader)
#include "tst_cachedloader.moc"
