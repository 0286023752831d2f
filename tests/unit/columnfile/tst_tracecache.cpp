#include "core/opening/traceopening.h"
#include "tests/golden/testfiles.h"
#include "tests/unit/base/cancelledprogress.h"
#include "tests/unit/columnfile/sametrace.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace stepscope;

/// What is kept of traces is found for the very same files alone, is bounded, and does no harm.
class TestTraceCache : public QObject {
    Q_OBJECT

private slots:
    void init();
    void isFoundForTheSameFile();
    void isNotFoundForAnother_data();
    void isNotFoundForAnother();
    void namesFilesAsTheyWereCalled();
    void changesThatNothingShowsAreSeenByTheHash();
    void spoiltFilesAreReadAgain_data();
    void spoiltFilesAreReadAgain();
    void isPrivate();
    void staysWithinItsSize();
    void dropsWhatWasUsedLongestAgo();
    void clearsAbandonedFilesAway();
    void twoWritersAtOnce();
    void withoutAFolderNothingIsKept();
    void smallTracesAreNotKept();
    void filesThatChangeMeanwhileAreNotKept();
    void asksForMemoryAsEver();
    void cancelledKeepingLeavesNothing();
    void ranksAreOneTrace();

private:
    std::string file(const char* name) const
    {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }
    std::string cacheFolder() const { return file("cache/traces"); }
    QStringList kept() const
    {
        return QDir(QString::fromStdString(cacheFolder())).entryList(QDir::Files | QDir::Hidden);
    }
    /// A kineto text; with `bytes` of it or more it is worth keeping.
    static std::string text(const std::string& name, std::size_t bytes = 0, int rank = -1);
    /// Opens, and keeps what is worth it; `isFromCache` says where it came from.
    Result<Trace> open(const std::vector<std::string>& paths, bool* isFromCache = nullptr,
                       const ImportOptions& options = {})
    {
        const TraceCache cache(cacheFolder(), limits);
        TraceOpening opening(paths, options, &cache);
        NoProgress progress;
        Result<Trace> trace = opening.open(progress);
        if (isFromCache)
            *isFromCache = opening.isFromCache();
        if (trace)
            opening.keep(*trace, progress);
        return trace;
    }
    bool isFromCache(const std::string& path, const ImportOptions& options = {})
    {
        bool isKept = false;
        const Result<Trace> trace = open({path}, &isKept, options);
        const Result<Trace> fresh = imported({path}, options);
        if (!trace || !fresh || !test::differenceOf(*trace, *fresh).empty())
            qFatal("another trace than the file's");
        return isKept;
    }
    static Result<Trace> imported(const std::vector<std::string>& paths, const ImportOptions& options = {})
    {
        NoProgress progress;
        return TraceOpening(paths, options, nullptr).open(progress);
    }
    static void setTime(const std::string& path, std::int64_t seconds, std::int64_t nanoseconds)
    {
        const timespec time{seconds, nanoseconds};
        const timespec times[2] = {time, time};
        QCOMPARE(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
    }

    static constexpr std::size_t enough = 1 << 20;
    static constexpr TraceCache::Limits limits = {.leastFileBytes = enough,
                                                  .leastTime = std::chrono::hours(24)};
    std::unique_ptr<QTemporaryDir> m_folder;
};

std::string TestTraceCache::text(const std::string& name, std::size_t bytes, int rank)
{
    std::string events = "{";
    if (rank >= 0)
        events += "\"distributedInfo\": {\"rank\": " + std::to_string(rank) + ", \"world_size\": 2}, ";
    events += "\"baseTimeNanoseconds\": 1700000000000000000, \"traceEvents\": [";
    for (int i = 0; i < 200; ++i)
        events += (i ? ",\n" : "") + std::string(R"({"ph":"X","cat":"kernel","name":")") + name +
                  R"(","pid":0,"tid":7,"ts":)" + std::to_string(1000 + 10 * i) +
                  R"(,"dur":5,"args":{"device":0,"stream":7,"correlation":)" + std::to_string(i + 1) + "}}";
    events += "]}";
    events.append(bytes > events.size() ? bytes - events.size() : 0, ' ');
    return events;
}

void TestTraceCache::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestTraceCache::isFoundForTheSameFile()
{
    const std::string trace = file("trace.json");
    test::writeFile(trace, text("kernel", enough));
    QVERIFY(!isFromCache(trace));
    QCOMPARE(kept().size(), 1);
    QVERIFY(isFromCache(trace));
    QVERIFY(isFromCache(trace));
    QCOMPARE(kept().size(), 1);

    std::vector<TracePreview> shown;
    ImportOptions options;
    options.showPreview = [&shown](const TracePreview& preview) { shown.push_back(preview); };
    bool isKept = false;
    const Result<Trace> again = open({trace}, &isKept, options);
    QVERIFY(again && isKept);
    QCOMPARE(shown.size(), std::size_t(1));
    QVERIFY(test::isSamePreview(shown.front(), test::previewOf(*again)));
}

void TestTraceCache::isNotFoundForAnother_data()
{
    QTest::addColumn<int>("change");
    int change = 0;
    for (const char* name : {"longer", "later", "later by a nanosecond", "another inode", "other first bytes",
                             "other last bytes", "other bytes in between", "a write-ahead log beside",
                             "fewer Python frames", "any expansion"})
        QTest::newRow(name) << change++;
}

void TestTraceCache::isNotFoundForAnother()
{
    QFETCH(const int, change);
    const std::string trace = file("trace.json");
    std::string content = text("kernel", enough);
    test::writeFile(trace, content);
    setTime(trace, 1'700'000'000, 500);
    QVERIFY(!isFromCache(trace));
    const auto rewrite = [&](std::size_t at, char byte) { // in place, and no clock tells
        const int descriptor = ::open(trace.c_str(), O_WRONLY);
        QCOMPARE(::pwrite(descriptor, &byte, 1, static_cast<off_t>(at)), ssize_t(1));
        ::close(descriptor);
        setTime(trace, 1'700'000'000, 500);
    };
    ImportOptions options;
    switch (change) {
    case 0:
        test::writeFile(trace, content + ' ');
        setTime(trace, 1'700'000'000, 500);
        break;
    case 1:
        setTime(trace, 1'700'000'001, 500);
        break;
    case 2:
        setTime(trace, 1'700'000'000, 501);
        break;
    case 3:
        test::writeFile(file("other.json"), content);
        setTime(file("other.json"), 1'700'000'000, 500);
        std::filesystem::rename(file("other.json"), trace);
        break;
    case 4:
        rewrite(content.find("kernel\",\"name") + 20, 'K');
        break;
    case 5:
        rewrite(content.size() - 1, '\n');
        break;
    case 6:
        rewrite(content.size() / 17 * 5, '\n');
        break;
    case 7:
        test::writeFile(trace + "-wal", "log");
        break;
    case 8:
        options.keepsPythonFrame = [](std::string_view) { return false; };
        break;
    default:
        options.acceptsExpansion = true;
    }
    QVERIFY(!isFromCache(trace, options));
    QVERIFY(isFromCache(trace, options));
}

void TestTraceCache::namesFilesAsTheyWereCalled()
{
    test::writeFile(file("trace.json"), text("kernel", enough));
    QVERIFY(!isFromCache(file("trace.json")));
    const QString before = QDir::currentPath();
    QDir::setCurrent(m_folder->path());
    const bool isKept = isFromCache("trace.json"); // compares the path it is called by, too
    QDir::setCurrent(before);
    QVERIFY(isKept);
}

void TestTraceCache::changesThatNothingShowsAreSeenByTheHash()
{
    const std::string trace = file("trace.json");
    std::string content = text("kernel", enough);
    const std::size_t unseen = 100'000; // behind the first sample, before the second
    content[unseen] = '\n';
    test::writeFile(trace, content);
    setTime(trace, 1'700'000'000, 500);
    QVERIFY(!isFromCache(trace));

    const TraceCache cache(cacheFolder(), limits);
    NoProgress progress;
    TraceOpening opening({trace}, {}, &cache);
    const Result<Trace> kept = opening.open(progress);
    QVERIFY(kept && opening.isFromCache());
    QVERIFY(opening.check(*kept, progress) == TraceOpening::Check::Same);

    const int descriptor = ::open(trace.c_str(), O_WRONLY);
    QCOMPARE(::pwrite(descriptor, "\t", 1, static_cast<off_t>(unseen)), ssize_t(1));
    ::close(descriptor);
    setTime(trace, 1'700'000'000, 500);
    const Result<Trace> stale = opening.open(progress);
    QVERIFY(stale && opening.isFromCache()); // nothing short of reading it all can tell
    QVERIFY(opening.check(*stale, progress) == TraceOpening::Check::Changed);
    const Result<Trace> fresh = opening.open(progress);
    QVERIFY(fresh && !opening.isFromCache());
    QVERIFY(fresh->capture().sha256.text() != stale->capture().sha256.text());
    QVERIFY(opening.keep(*fresh, progress));
    QVERIFY(isFromCache(trace));
}

void TestTraceCache::spoiltFilesAreReadAgain_data()
{
    QTest::addColumn<int>("spoil");
    int spoil = 0;
    for (const char* name : {"cut", "empty", "a column changed", "text", "a folder in its place"})
        QTest::newRow(name) << spoil++;
}

void TestTraceCache::spoiltFilesAreReadAgain()
{
    QFETCH(const int, spoil);
    const std::string trace = file("trace.json");
    test::writeFile(trace, text("kernel", enough));
    QVERIFY(!isFromCache(trace));
    QVERIFY(isFromCache(trace));
    const std::string columns = cacheFolder() + '/' + kept().front().toStdString();
    std::string bytes = test::readFile(columns);
    switch (spoil) {
    case 0:
        std::filesystem::resize_file(columns, bytes.size() / 2);
        break;
    case 1:
        std::filesystem::resize_file(columns, 0);
        break;
    case 2:
        bytes[bytes.find("kernel") + 2] = 'R'; // of the names
        for (std::size_t at = bytes.find("kernel"); at != std::string::npos; at = bytes.find("kernel", at))
            bytes[at] = 'K';
        test::writeFile(columns, bytes);
        break;
    case 3:
        test::writeFile(columns, "not columns at all");
        break;
    default:
        std::filesystem::remove(columns);
        std::filesystem::create_directory(columns);
    }
    QVERIFY(!isFromCache(trace));
    QCOMPARE(isFromCache(trace), spoil != 4); // what is no file stays where it is
}

void TestTraceCache::isPrivate()
{
    const mode_t before = ::umask(0);
    test::writeFile(file("trace.json"), text("kernel", enough));
    QVERIFY(!isFromCache(file("trace.json")));
    ::umask(before);
    struct stat status = {};
    QCOMPARE(::stat((cacheFolder() + '/' + kept().front().toStdString()).c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
    QCOMPARE(::stat(cacheFolder().c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0700U);
}

namespace {

std::optional<CacheKey> keyOf(const std::string& path)
{
    return CacheKey::of({path}, "all");
}

} // namespace

void TestTraceCache::staysWithinItsSize()
{
    test::writeFile(file("a.json"), text("a"));
    const Result<Trace> trace = imported({file("a.json")});
    QVERIFY(trace);
    NoProgress progress;
    const TraceCache small(cacheFolder(), {.mostBytes = 100'000});
    QVERIFY(!small.keep(*keyOf(file("a.json")), *trace, {}, progress));
    QVERIFY(kept().isEmpty());
    const TraceCache full(cacheFolder(), {.partsOfFree = std::uint64_t{1} << 60}); // no room on this disk
    QVERIFY(!full.keep(*keyOf(file("a.json")), *trace, {}, progress));
    QVERIFY(kept().isEmpty());
    const TraceCache some(cacheFolder(), {.mostBytes = 4 << 20});
    for (int i = 0; i < 30; ++i) {
        const std::string path = file(qPrintable(QStringLiteral("%1.json").arg(i)));
        test::writeFile(path, text("x" + std::to_string(i)));
        QVERIFY(some.keep(*keyOf(path), *trace, {}, progress));
        QVERIFY(some.find(*keyOf(path)));
        std::uintmax_t all = 0;
        for (const QString& name : kept())
            all += std::filesystem::file_size(cacheFolder() + '/' + name.toStdString());
        QVERIFY(all <= 4 << 20);
    }
    QVERIFY(kept().size() > 2);
    QVERIFY(kept().size() < 30);
}

void TestTraceCache::dropsWhatWasUsedLongestAgo()
{
    test::writeFile(file("trace.json"), text("a"));
    const Result<Trace> trace = imported({file("trace.json")});
    NoProgress progress;
    std::vector<std::string> paths;
    const TraceCache plenty(cacheFolder());
    for (int i = 0; i < 4; ++i) {
        paths.push_back(file(qPrintable(QStringLiteral("%1.json").arg(i))));
        test::writeFile(paths.back(), text("x"));
        QVERIFY(plenty.keep(*keyOf(paths.back()), *trace, {}, progress));
        const QString name = QString::fromStdString(keyOf(paths.back())->name() + ".columns");
        QVERIFY(kept().contains(name));
        setTime(cacheFolder() + '/' + name.toStdString(), 1'700'000'000 + i, 0);
    }
    QVERIFY(plenty.find(*keyOf(paths[0]))); // is the one used last now
    const auto one = std::filesystem::file_size(cacheFolder() + '/' + kept().front().toStdString());
    // Room for three and the mebibyte that is reckoned for what stands beside the columns.
    const TraceCache tight(cacheFolder(), {.mostBytes = 3 * one + (1 << 20) + 100'000});
    test::writeFile(file("new.json"), text("new"));
    QVERIFY(tight.keep(*keyOf(file("new.json")), *trace, {}, progress));
    QVERIFY(tight.find(*keyOf(paths[0])));
    QVERIFY(!tight.find(*keyOf(paths[1])));
    QVERIFY(tight.find(*keyOf(paths[3])));
    QVERIFY(tight.find(*keyOf(file("new.json"))));
}

void TestTraceCache::clearsAbandonedFilesAway()
{
    test::writeFile(file("trace.json"), text("kernel", enough));
    std::filesystem::create_directories(cacheFolder());
    const std::string old = cacheFolder() + "/0123.abcdef.part";
    const std::string young = cacheFolder() + "/4567.abcdef.part";
    const std::string others = cacheFolder() + "/notes.txt";
    for (const std::string& path : {old, young, others})
        test::writeFile(path, "x");
    setTime(old, 1'700'000'000, 0);
    setTime(others, 1'700'000'000, 0);
    QVERIFY(!isFromCache(file("trace.json")));
    QVERIFY(!std::filesystem::exists(old));
    QVERIFY(std::filesystem::exists(young));
    QVERIFY(std::filesystem::exists(others));
}

void TestTraceCache::twoWritersAtOnce()
{
    test::writeFile(file("trace.json"), text("kernel"));
    const Result<Trace> trace = imported({file("trace.json")});
    const CacheKey key = *keyOf(file("trace.json"));
    std::atomic<int> bad = 0;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < 3; ++writer)
        threads.emplace_back([&] {
            const TraceCache cache(cacheFolder());
            NoProgress progress;
            for (int i = 0; i < 20; ++i) {
                bad += cache.keep(key, *trace, {}, progress) ? 0 : 1;
                std::optional<ColumnFileReader> reader = cache.find(key);
                const Result<Trace> read =
                    reader ? reader->trace(progress) : Error{ErrorCode::FileNotFound, {}};
                bad += read && test::differenceOf(*trace, *read).empty() ? 0 : 1;
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(bad.load(), 0);
    QCOMPARE(kept().size(), 1);
}

void TestTraceCache::withoutAFolderNothingIsKept()
{
    const std::string trace = file("trace.json");
    test::writeFile(trace, text("kernel", enough));
    NoProgress progress;
    test::writeFile(file("afile"), "in the way");
    for (const std::string& folder :
         {std::string(), file("afile") + "/cache", std::string("/proc/stepscope")}) {
        const TraceCache cache(folder, limits);
        TraceOpening opening({trace}, {}, &cache);
        const Result<Trace> opened = opening.open(progress);
        QVERIFY(opened && !opening.isFromCache());
        QVERIFY(!opening.keep(*opened, progress));
    }
}

void TestTraceCache::smallTracesAreNotKept()
{
    QCOMPARE(TraceCache("").limits().leastFileBytes, std::uint64_t(16) << 20);
    test::writeFile(file("small.json"), text("kernel", enough - 1));
    QVERIFY(!isFromCache(file("small.json")));
    QVERIFY(kept().isEmpty());
}

void TestTraceCache::filesThatChangeMeanwhileAreNotKept()
{
    const std::string trace = file("trace.json");
    test::writeFile(trace, text("kernel", enough));
    const TraceCache cache(cacheFolder(), limits);
    NoProgress progress;
    TraceOpening opening({trace}, {}, &cache);
    const Result<Trace> opened = opening.open(progress);
    test::writeFile(trace, text("other", enough));
    QVERIFY(!opening.keep(*opened, progress));
    QVERIFY(kept().isEmpty());
}

void TestTraceCache::asksForMemoryAsEver()
{
    const std::string trace = file("trace.json");
    test::writeFile(trace, text("kernel", enough));
    QVERIFY(!isFromCache(trace));
    ImportOptions little;
    little.memoryLimit = 1000;
    const Result<Trace> asked = open({trace}, nullptr, little);
    QVERIFY(!asked && asked.error().code == ErrorCode::NeedsMemory);
    QVERIFY(isFromCache(trace)); // and is still there
}

void TestTraceCache::cancelledKeepingLeavesNothing()
{
    const std::string trace = file("trace.json");
    test::writeFile(trace, text("kernel", enough));
    const TraceCache cache(cacheFolder(), limits);
    NoProgress progress;
    test::CancelledProgress atOnce;
    TraceOpening opening({trace}, {}, &cache);
    const Result<Trace> opened = opening.open(progress);
    QVERIFY(!opening.keep(*opened, atOnce));
    QVERIFY(kept().isEmpty());
    QVERIFY(opening.keep(*opened, progress));
    const Result<Trace> stopped = opening.open(atOnce);
    QVERIFY(!stopped && stopped.error().code == ErrorCode::Cancelled);
    const Result<Trace> again = opening.open(progress);
    QVERIFY(again && opening.isFromCache());
    QVERIFY(opening.check(*again, atOnce) == TraceOpening::Check::Cancelled);
    QCOMPARE(kept().size(), 1);
}

void TestTraceCache::ranksAreOneTrace()
{
    std::filesystem::create_directory(file("run"));
    const std::vector<std::string> ranks = {file("run/worker_rank0.json"), file("run/worker_rank1.json")};
    for (int rank = 0; rank < 2; ++rank)
        test::writeFile(ranks[static_cast<std::size_t>(rank)], text("kernel", enough, rank));
    const auto opened = [this](const std::vector<std::string>& paths) {
        bool isKept = false;
        const Result<Trace> trace = open(paths, &isKept);
        const Result<Trace> fresh = imported(paths);
        if (!trace || !fresh || !test::differenceOf(*trace, *fresh).empty())
            qFatal("another trace than that of the files");
        return isKept;
    };
    QVERIFY(!opened(ranks));
    QVERIFY(opened(ranks));
    QVERIFY(opened({file("run")})); // the same files, otherwise called
    QVERIFY(!opened({ranks[1], ranks[0]}));
    test::writeFile(ranks[1], text("other", enough, 1));
    QVERIFY(!opened(ranks));
    QVERIFY(opened(ranks));
}

QTEST_GUILESS_MAIN(TestTraceCache)
#include "tst_tracecache.moc"
