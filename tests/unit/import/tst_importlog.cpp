#include "core/trace/importlog.h"
#include "core/trace/tracebuilder.h"

#include <QTest>

#include <limits>

using namespace stepscope;

namespace {

Activity activityOf(TraceBuilder& builder, ProcessId process, std::int64_t begin, std::int64_t end)
{
    Activity activity;
    activity.name = builder.intern("gemm");
    activity.process = process;
    activity.begin = timePointAt(begin);
    activity.end = timePointAt(end);
    return activity;
}

std::optional<ImportPlace> firstPlace(const ImportLog& log, ImportCode code)
{
    for (const ImportEntry& entry : log.entries()) {
        if (entry.code == code && !entry.places.empty())
            return entry.places.front();
    }
    return std::nullopt;
}

} // namespace

class TestImportLog : public QObject {
    Q_OBJECT

private slots:
    void keepsAPlaceForEachExample();
    void placesMoveToTheClockOfTheTrace();
    void placesFollowTheirDevice();
    void placesOfAFileMoveWithIt();
    void appendsAnotherFile();
    void forgetsWhatLeavesTheClock();
};

void TestImportLog::keepsAPlaceForEachExample()
{
    ImportLog log;
    log.add(ImportCode::BadEvent, "without");
    log.add(ImportCode::BadEvent, {timePointAt(5), DeviceId(1)}, "with");
    log.add(ImportCode::BadEvent, {timePointAt(6), {}}, {}, 4);
    for (int i = 0; i < 5; ++i)
        log.add(ImportCode::BadEvent, {timePointAt(7), {}}, "more");
    const ImportEntry& entry = log.entries().front();
    QCOMPARE(entry.count, std::uint64_t{11});
    QCOMPARE(entry.examples, (std::vector<std::string>{"without", "with", "more"}));
    QCOMPARE(entry.places.size(), entry.examples.size());
    QVERIFY(!entry.places[0]);
    QVERIFY((entry.places[1] == ImportPlace{timePointAt(5), DeviceId(1)}));
    QVERIFY((entry.places[2] == ImportPlace{timePointAt(7), {}}));
}

void TestImportLog::placesMoveToTheClockOfTheTrace()
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(1);
    const DeviceId device = builder.device(process, 0);
    builder.addActivity(device, activityOf(builder, process, 5'000'000, 5'001'000));
    builder.addActivity(device, activityOf(builder, process, 5'002'000, 5'001'000));
    builder.addActivity(device, activityOf(builder, process, 5'003'000, 5'003'000));
    const Trace trace = builder.build();
    QVERIFY((firstPlace(trace.log(), ImportCode::NegativeDuration) ==
             ImportPlace{timePointAt(2'000), DeviceId(0)}));
    QVERIFY(
        (firstPlace(trace.log(), ImportCode::ZeroDuration) == ImportPlace{timePointAt(3'000), DeviceId(0)}));
}

void TestImportLog::placesFollowTheirDevice()
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(1);
    const DeviceId empty = builder.device(process, 9);
    const DeviceId later = builder.device(process, 2); // sorted behind the next one
    const DeviceId sooner = builder.device(process, 1);
    const DeviceId twin = builder.device(process, 3); // the same as `sooner`
    builder.describeDevice(sooner, "H100", "GPU-a");
    builder.describeDevice(twin, "H100", "GPU-a");
    builder.addActivity(later, activityOf(builder, process, 0, 10));
    builder.addActivity(sooner, activityOf(builder, process, 0, 10));
    builder.addActivity(twin, activityOf(builder, process, 20, 20));
    builder.addActivity(later, activityOf(builder, process, 30, 20));
    builder.log().add(ImportCode::BadEvent, {timePointAt(40), empty}, "of a device that goes");
    const Trace trace = builder.build();
    QCOMPARE(trace.devices().size(), std::size_t{2});
    QVERIFY((firstPlace(trace.log(), ImportCode::ZeroDuration) == ImportPlace{timePointAt(20), DeviceId(0)}));
    QVERIFY(
        (firstPlace(trace.log(), ImportCode::NegativeDuration) == ImportPlace{timePointAt(30), DeviceId(1)}));
    QVERIFY((firstPlace(trace.log(), ImportCode::BadEvent) == ImportPlace{timePointAt(40), {}}));
}

void TestImportLog::placesOfAFileMoveWithIt()
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    builder.beginFile();
    const ProcessId process = builder.process(1);
    builder.addActivity(builder.device(process, 0), activityOf(builder, process, 1'000, 1'000));
    builder.placeFile(Duration(500));
    const Trace trace = builder.build(); // begins with the only row
    QCOMPARE(trace.capture().origin, std::int64_t{1'500});
    QVERIFY((firstPlace(trace.log(), ImportCode::ZeroDuration) == ImportPlace{timePointAt(0), DeviceId(0)}));
}

void TestImportLog::appendsAnotherFile()
{
    ImportLog log;
    log.add(ImportCode::BadEvent, "first");
    ImportLog other;
    other.add(ImportCode::BadEvent, {timePointAt(9), {}}, "second", 3);
    other.add(ImportCode::WholeMicroseconds);
    log.append(other, "rank1.json");
    QCOMPARE(log.count(ImportCode::BadEvent), std::uint64_t{4});
    QCOMPARE(log.entries()[0].examples, (std::vector<std::string>{"first", "rank1.json: second"}));
    QVERIFY((log.entries()[0].places[1] == ImportPlace{timePointAt(9), {}}));
    QCOMPARE(log.entries()[1].examples, std::vector<std::string>{"rank1.json"});
}

void TestImportLog::forgetsWhatLeavesTheClock()
{
    ImportLog log;
    log.add(ImportCode::BadEvent, {timePointAt(std::numeric_limits<std::int64_t>::min() + 1), {}}, "far");
    log.movePlaces(Duration(-2));
    QCOMPARE(log.entries()[0].examples.size(), std::size_t{1});
    QVERIFY(!log.entries()[0].places[0]);
}

QTEST_GUILESS_MAIN(TestImportLog)

#include "tst_importlog.moc"
