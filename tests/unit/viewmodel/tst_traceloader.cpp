#include "widgets/viewmodel/traceloader.h"

#include "tests/gui/timeline/smalltrace.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace stepscope;

Q_DECLARE_METATYPE(stepscope::Error)
Q_DECLARE_METATYPE(stepscope::LoadAnswers)

class TestTraceLoader : public QObject {
    Q_OBJECT

private slots:
    void deliversTheIndex();
    void reportsAnError();
    void turnsBadAllocIntoAnError();
    void tellsTheLatestProgress();
    void showsNothingBeyondTheEnd();
    void cancels();
    void secondOpenCancelsTheFirst();
    void stopsWhenDestroyed();
    void afterworkFollowsLoaded();
    void afterworkEndsWithTheNextTrace();
    void afterworkStopsWhenDestroyed();
    void identifiesBehindLoaded();
    void tellsThatAFileChangedMeanwhile();
    void refusesBadFiles_data();
    void refusesBadFiles();
};

namespace {

/// Works until it is cancelled.
Result<IndexedTrace> endless(const std::vector<std::string>&, const LoadAnswers&, Progress& progress)
{
    while (!progress.isCancelled())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return Error{ErrorCode::Cancelled, {}};
}

} // namespace

void TestTraceLoader::deliversTheIndex()
{
    const IndexedTrace index = testing::smallIndex(1, 20);
    TraceLoader loader([index](const std::vector<std::string>&, const LoadAnswers&,
                               Progress& progress) -> Result<IndexedTrace> {
        progress.report(1, 2);
        return index;
    });
    QSignalSpy started(&loader, &TraceLoader::started);
    QSignalSpy loaded(&loader, &TraceLoader::loaded);
    loader.open({QStringLiteral("/somewhere/trace.json")});
    QVERIFY(loader.isLoading());
    QCOMPARE(started.count(), 1);
    QVERIFY(loaded.wait());
    QVERIFY(!loader.isLoading());
    QCOMPARE(loaded.first().first().value<IndexedTrace>().get(), index.get());
}

void TestTraceLoader::reportsAnError()
{
    TraceLoader loader(
        [](const std::vector<std::string>&, const LoadAnswers&, Progress&) -> Result<IndexedTrace> {
            return Error{ErrorCode::EmptyFile, "nothing in it"};
        });
    QSignalSpy failed(&loader, &TraceLoader::failed);
    QSignalSpy loaded(&loader, &TraceLoader::loaded);
    loader.open({QStringLiteral("/empty.json")});
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().at(0).toString(), QStringLiteral("/empty.json"));
    const auto error = failed.first().at(1).value<Error>();
    QVERIFY(error.code == ErrorCode::EmptyFile);
    QCOMPARE(error.detail, std::string("nothing in it"));
    QCOMPARE(loaded.count(), 0);
}

void TestTraceLoader::turnsBadAllocIntoAnError()
{
    TraceLoader loader([](const std::vector<std::string>&, const LoadAnswers&,
                          Progress&) -> Result<IndexedTrace> { throw std::bad_alloc(); });
    QSignalSpy failed(&loader, &TraceLoader::failed);
    loader.open({QStringLiteral("/huge.json")});
    QVERIFY(failed.wait());
    QVERIFY(failed.first().at(1).value<Error>().code == ErrorCode::OutOfMemory);
}

void TestTraceLoader::tellsTheLatestProgress()
{
    std::atomic<bool> isSeen = false;
    TraceLoader loader(
        [&](const std::vector<std::string>&, const LoadAnswers&, Progress& progress) -> Result<IndexedTrace> {
            for (std::uint64_t done = 0; done <= 5000; ++done) // in no time
                progress.report(done, 10'000);
            progress.report(1, 0); // unknown
            while (!isSeen)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return Error{ErrorCode::EmptyFile, {}};
        });
    std::vector<int> told;
    connect(&loader, &TraceLoader::progressed, this, [&told](int perMille) { told.push_back(perMille); });
    QSignalSpy failed(&loader, &TraceLoader::failed);
    loader.open({QStringLiteral("/a.json")});
    QTRY_VERIFY(!told.empty() && told.back() == 500);
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    isSeen = true;
    QVERIFY(failed.wait());
}

void TestTraceLoader::showsNothingBeyondTheEnd()
{
    const TraceLoader::Work work = [](const std::vector<std::string>& paths, const LoadAnswers&, Progress&,
                                      const TraceLoader::ShowPreview& show) -> Result<IndexedTrace> {
        TracePreview preview;
        preview.lanes.push_back({paths.front(), {}});
        show(preview);
        return Error{ErrorCode::EmptyFile, {}};
    };
    TraceLoader loader(work);
    QSignalSpy previewed(&loader, &TraceLoader::previewed);
    QSignalSpy failed(&loader, &TraceLoader::failed);
    loader.open({QStringLiteral("/a.json")});
    QThread::msleep(20); // the preview is posted and not heard yet
    loader.cancel();
    QTest::qWait(30);
    QCOMPARE(previewed.count(), 0);
    loader.open({QStringLiteral("/b.json")});
    QVERIFY(failed.wait());
    QCOMPARE(previewed.count(), 1);
    const auto shown = previewed.first().first().value<std::shared_ptr<const TracePreview>>();
    QCOMPARE(shown->lanes.front().label, std::string("/b.json"));
    QTest::qWait(30);
    QCOMPARE(previewed.count(), 1);
}

void TestTraceLoader::cancels()
{
    TraceLoader loader(endless);
    QSignalSpy cancelled(&loader, &TraceLoader::cancelled);
    QSignalSpy failed(&loader, &TraceLoader::failed);
    loader.cancel(); // nothing to cancel
    QCOMPARE(cancelled.count(), 0);
    loader.open({QStringLiteral("/a.json")});
    loader.cancel();
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!loader.isLoading());
    QTest::qWait(50);
    QCOMPARE(cancelled.count(), 1);
    QCOMPARE(failed.count(), 0);
}

void TestTraceLoader::secondOpenCancelsTheFirst()
{
    const IndexedTrace index = testing::smallIndex(1, 20);
    std::atomic<bool> firstIsRunning = false;
    std::atomic<bool> firstSawCancel = false;
    TraceLoader loader([&](const std::vector<std::string>& paths, const LoadAnswers&,
                           Progress& progress) -> Result<IndexedTrace> {
        if (paths.front() == "/second.json")
            return index;
        firstIsRunning = true;
        (void)endless(paths, {}, progress).error();
        firstSawCancel = true;
        return index; // a result that comes too late must not be shown
    });
    QSignalSpy cancelled(&loader, &TraceLoader::cancelled);
    QSignalSpy loaded(&loader, &TraceLoader::loaded);
    loader.open({QStringLiteral("/first.json")});
    QTRY_VERIFY(firstIsRunning);
    loader.open({QStringLiteral("/second.json")});
    QCOMPARE(cancelled.count(), 1);
    QCOMPARE(cancelled.first().first().toString(), QStringLiteral("/first.json"));
    QCOMPARE(loader.path(), QStringLiteral("/second.json"));
    QVERIFY(loaded.wait());
    QTRY_VERIFY(firstSawCancel);
    QTest::qWait(50);
    QCOMPARE(loaded.count(), 1);
}

void TestTraceLoader::stopsWhenDestroyed()
{
    std::atomic<bool> isRunning = false;
    {
        TraceLoader loader(
            [&](const std::vector<std::string>& paths, const LoadAnswers&, Progress& progress) {
                isRunning = true;
                Result<IndexedTrace> result = endless(paths, {}, progress);
                isRunning = false;
                return result;
            });
        loader.open({QStringLiteral("/a.json")});
        QTRY_VERIFY(isRunning);
    }
    QVERIFY(!isRunning);
}

void TestTraceLoader::afterworkFollowsLoaded()
{
    const IndexedTrace index = testing::smallIndex(1, 20);
    for (const bool isSame : {true, false}) {
        TraceLoader loader([index](const std::vector<std::string>&, const LoadAnswers&,
                                   Progress&) -> Result<IndexedTrace> { return index; });
        QSignalSpy loaded(&loader, &TraceLoader::loaded);
        QSignalSpy outdated(&loader, &TraceLoader::outdated);
        std::atomic<int> runs = 0;
        loader.setAfterwork([&](const IndexedTrace& of, Progress&) {
            runs += of == index ? 1 : 1000;
            return isSame;
        });
        loader.open({QStringLiteral("/a.json")}, {.leavesOutPython = true});
        QVERIFY(loaded.wait());
        QTRY_COMPARE(runs.load(), 1);
        if (isSame) {
            QTest::qWait(50);
            QCOMPARE(outdated.count(), 0);
            continue;
        }
        QTRY_COMPARE(outdated.count(), 1);
        QCOMPARE(outdated.first().at(0).value<IndexedTrace>().get(), index.get());
        QCOMPARE(outdated.first().at(1).toStringList(), QStringList{QStringLiteral("/a.json")});
        QVERIFY(outdated.first().at(2).value<LoadAnswers>().leavesOutPython);
    }
}

/// A hash that was left for later is found before what else is left to do.
void TestTraceLoader::identifiesBehindLoaded()
{
    std::atomic<bool> isAllowed = false;
    const FileHash hash = FileHash::later([&isAllowed](Progress& progress) -> std::optional<std::string> {
        while (!isAllowed && !progress.isCancelled())
            QThread::msleep(1);
        return isAllowed ? std::optional(std::string(64, 'a')) : std::nullopt;
    });
    const IndexedTrace index = testing::smallIndex(1, 20, hash);
    TraceLoader loader([index](const std::vector<std::string>&, const LoadAnswers&,
                               Progress&) -> Result<IndexedTrace> { return index; });
    QSignalSpy loaded(&loader, &TraceLoader::loaded);
    QSignalSpy identified(&loader, &TraceLoader::identified);
    QSignalSpy outdated(&loader, &TraceLoader::outdated);
    std::atomic<int> runs = 0;
    loader.setAfterwork([&](const IndexedTrace& of, Progress&) {
        runs += of->trace().capture().sha256.known() ? 1 : 1000;
        return true;
    });
    loader.open({QStringLiteral("/a.json")});
    QVERIFY(loaded.wait());
    QTest::qWait(20);
    QCOMPARE(identified.count(), 0);
    QCOMPARE(runs.load(), 0);
    isAllowed = true;
    QTRY_COMPARE(identified.count(), 1);
    QCOMPARE(identified.first().at(0).value<IndexedTrace>().get(), index.get());
    QTRY_COMPARE(runs.load(), 1);
    loader.open({QStringLiteral("/a.json")}); // its hash is known: nothing to tell
    QTRY_COMPARE(runs.load(), 2);
    QTest::qWait(20);
    QCOMPARE(identified.count(), 1);
    QCOMPARE(outdated.count(), 0);
}

void TestTraceLoader::tellsThatAFileChangedMeanwhile()
{
    const IndexedTrace index =
        testing::smallIndex(1, 20, FileHash::later([](Progress&) { return std::optional(std::string()); }));
    TraceLoader loader([index](const std::vector<std::string>&, const LoadAnswers&,
                               Progress&) -> Result<IndexedTrace> { return index; });
    QSignalSpy identified(&loader, &TraceLoader::identified);
    QSignalSpy outdated(&loader, &TraceLoader::outdated);
    loader.open({QStringLiteral("/a.json")}, {.leavesOutPython = true});
    QTRY_COMPARE(outdated.count(), 1);
    QCOMPARE(identified.count(), 0);
    QVERIFY(outdated.first().at(2).value<LoadAnswers>().leavesOutPython);
    QVERIFY(outdated.first().at(2).value<LoadAnswers>().hashesWhileReading); // else again and again
}

void TestTraceLoader::afterworkEndsWithTheNextTrace()
{
    const IndexedTrace index = testing::smallIndex(1, 20);
    TraceLoader loader([index](const std::vector<std::string>&, const LoadAnswers&,
                               Progress&) -> Result<IndexedTrace> { return index; });
    QSignalSpy loaded(&loader, &TraceLoader::loaded);
    QSignalSpy outdated(&loader, &TraceLoader::outdated);
    std::atomic<int> begun = 0;
    std::atomic<int> ended = 0;
    loader.setAfterwork([&](const IndexedTrace&, Progress& progress) {
        ++begun;
        (void)endless({}, {}, progress).error();
        ++ended;
        return false; // too late to matter
    });
    loader.open({QStringLiteral("/first.json")});
    QVERIFY(loaded.wait());
    QTRY_COMPARE(begun.load(), 1);
    loader.open({QStringLiteral("/second.json")});
    QVERIFY(loaded.wait());
    QTRY_COMPARE(ended.load(), 1);
    QTRY_COMPARE(begun.load(), 2);
    QTest::qWait(50);
    QCOMPARE(outdated.count(), 0);
}

void TestTraceLoader::afterworkStopsWhenDestroyed()
{
    std::atomic<bool> isRunning = false;
    {
        const IndexedTrace index = testing::smallIndex(1, 20);
        TraceLoader loader([index](const std::vector<std::string>&, const LoadAnswers&,
                                   Progress&) -> Result<IndexedTrace> { return index; });
        loader.setAfterwork([&](const IndexedTrace&, Progress& progress) {
            isRunning = true;
            (void)endless({}, {}, progress).error();
            isRunning = false;
            return true;
        });
        loader.open({QStringLiteral("/a.json")});
        QTRY_VERIFY(isRunning);
    }
    QVERIFY(!isRunning);
}

void TestTraceLoader::refusesBadFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("code");
    QTest::newRow("empty") << QByteArray() << static_cast<int>(ErrorCode::EmptyFile);
    QTest::newRow("words") << QByteArray("not a trace at all\n")
                           << static_cast<int>(ErrorCode::UnknownFormat);
    QTest::newRow("no GPU work") << QByteArray(R"({"schemaVersion": 1, "traceEvents": [
        {"ph": "X", "cat": "cpu_op", "name": "aten::add", "pid": 1, "tid": 1, "ts": 1000.0, "dur": 5.0}]})")
                                 << -1;
}

void TestTraceLoader::refusesBadFiles()
{
    QFETCH(const QByteArray, content);
    QFETCH(const int, code);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("trace.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();

    TraceLoader loader;
    QSignalSpy failed(&loader, &TraceLoader::failed);
    QSignalSpy loaded(&loader, &TraceLoader::loaded);
    loader.open({path});
    QVERIFY(failed.wait());
    QCOMPARE(loaded.count(), 0);
    const auto error = failed.first().at(1).value<Error>();
    if (code >= 0)
        QCOMPARE(static_cast<int>(error.code), code);
    else
        QVERIFY(error.code == ErrorCode::NoGpuWork || error.code == ErrorCode::FrontEndTrace);
}

QTEST_GUILESS_MAIN(TestTraceLoader)
#include "tst_traceloader.moc"
