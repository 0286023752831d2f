#include "core/analysis/areastatistics.h"
#include "tests/gui/timeline/smalltrace.h"
#include "tests/unit/analysis/randomtrace.h"
#include "tests/unit/base/cancelledprogress.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace stepscope;

namespace {

using Kind = AreaLane::Kind;

AreaLane laneOf(Kind kind, DeviceId device = DeviceId(0), std::int64_t stream = 0)
{
    return {kind, device, {}, stream};
}

AreaLane threadLane(Kind kind, ThreadId thread)
{
    return {kind, {}, thread, 0};
}

AreaStatistics statisticsOf(const TraceIndex& index, TimeRange range, const std::vector<AreaLane>& lanes)
{
    NoProgress progress;
    return *AreaStatistics::of(index, range, lanes, progress);
}

TimeRange micros(std::int64_t begin, std::int64_t end)
{
    return {timePointAt(begin * 1000), timePointAt(end * 1000)};
}

struct Span {
    TimeRange range;
    std::string name;
    AreaSpan place;
};

Duration unionOf(const std::vector<Span>& spans, TimeRange range)
{
    std::set<TimePoint> edges = {range.begin, range.end};
    for (const Span& span : spans) {
        for (const TimePoint edge : {span.range.begin, span.range.end}) {
            if (range.contains(edge))
                edges.insert(edge);
        }
    }
    Duration covered = Duration::zero();
    for (auto edge = edges.begin(); std::next(edge) != edges.end(); ++edge) {
        const bool isCovered = std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
            return span.range.begin <= *edge && span.range.end >= *std::next(edge);
        });
        covered += isCovered ? *std::next(edge) - *edge : Duration::zero();
    }
    return covered;
}

/// Linear between order statistics, written out anew.
std::int64_t percentile(const std::vector<std::int64_t>& sorted, double share)
{
    const double position = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(position));
    const std::int64_t low = sorted[below];
    const std::int64_t high = sorted[std::min(below + 1, sorted.size() - 1)];
    return low + std::llround((position - std::floor(position)) * static_cast<double>(high - low));
}

/// Which lanes show the operation, as the lanes are described.
bool shows(const TraceIndex& index, const AreaLane& lane, std::size_t row)
{
    const ActivityTable& work = index.trace().devices()[0].activities;
    const bool isKernel = work.kind(row) == ActivityKind::Kernel;
    const bool isComm = isKernel && index.trace().name(work.name(row)).starts_with("nccl");
    switch (lane.kind) {
    case Kind::Device:
        return true;
    case Kind::Compute:
        return isKernel && !isComm;
    case Kind::Comm:
        return isComm;
    case Kind::Copies:
        return work.kind(row) == ActivityKind::Memcpy || work.kind(row) == ActivityKind::Memset;
    case Kind::Stream:
        return work.stream(row) == lane.stream;
    default:
        return false;
    }
}

bool showsOperations(const AreaLane& lane)
{
    return !lane.isOfHost() && lane.kind != Kind::Graphs;
}

std::vector<Span> spansOf(const TraceIndex& index, const AreaLane& lane)
{
    const Trace& trace = index.trace();
    std::vector<Span> spans;
    if (lane.kind == Kind::Graphs) {
        std::uint32_t row = 0;
        for (const GraphReplay& replay : index.devices()[0].occupancy.replays())
            spans.push_back({replay.span,
                             "graph " + std::to_string(replay.graph),
                             {AreaSpan::Table::Replays, DeviceId(0), row++}});
    } else if (lane.kind == Kind::Calls) {
        for (std::uint32_t row = 0; row < trace.calls().size(); ++row) {
            if (trace.calls().thread(row) == lane.thread)
                spans.push_back({trace.calls().range(row),
                                 "call " + std::string(trace.name(trace.calls().name(row))),
                                 {AreaSpan::Table::Calls, {}, row}});
        }
    } else if (lane.kind == Kind::Ranges) {
        for (std::uint32_t row = 0; row < trace.ranges().size(); ++row) {
            if (trace.ranges()[row].thread == lane.thread)
                spans.push_back({trace.ranges()[row].range(),
                                 "range " + std::string(trace.name(trace.ranges()[row].name)),
                                 {AreaSpan::Table::Ranges, {}, row}});
        }
    } else {
        const ActivityTable& work = trace.devices()[0].activities;
        for (std::uint32_t row = 0; row < work.size(); ++row) {
            if (shows(index, lane, row))
                spans.push_back({work.range(row),
                                 std::string(trace.name(work.name(row))),
                                 {AreaSpan::Table::Operations, DeviceId(0), row}});
        }
    }
    return spans;
}

std::vector<Span> begunIn(const std::vector<Span>& spans, TimeRange range)
{
    std::vector<Span> begun;
    std::copy_if(spans.begin(), spans.end(), std::back_inserter(begun),
                 [&](const Span& span) { return range.contains(span.range.begin); });
    return begun;
}

SpanSums sumsOf(const std::vector<Span>& spans)
{
    SpanSums sums;
    for (const Span& span : spans)
        sums.add(span.range.duration());
    return sums;
}

} // namespace

/// The numbers of an area of the lanes against a plain look at every span.
class TestAreaStatistics : public QObject {
    Q_OBJECT

private slots:
    void closedForm();
    void countsWhatBeginsInside();
    void devicesAreNotUnited();
    void nothingInTheRange();
    void equalsBruteForce();
    void stopsWhenAsked();
};

void TestAreaStatistics::closedForm()
{
    const auto index = stepscope::testing::smallIndex(1, 10);
    // Ten steps of a kernel of 200 µs, communication of 80, a copy of 20; head, classes and stream show them
    // all, and they count once.
    const AreaStatistics found =
        statisticsOf(*index, micros(1000, 11'000),
                     {laneOf(Kind::Device), laneOf(Kind::Compute), laneOf(Kind::Comm), laneOf(Kind::Copies),
                      laneOf(Kind::Stream, DeviceId(0), 7)});
    QCOMPARE(found.all.count, 30U);
    QCOMPARE(found.all.total.count(), 3'000'000);
    QVERIFY(found.work == found.all);
    QCOMPARE(found.all.mean().count(), 100'000);
    QCOMPARE(found.shortest.count(), 20'000);
    QCOMPARE(found.spread.median.count(), 80'000);
    QCOMPARE(found.spread.p90.count(), 200'000);
    QCOMPARE(found.spread.p99.count(), 200'000);
    QCOMPARE(found.longest.count(), 200'000);
    QCOMPARE(found.busy.count(), 3'000'000);
    QCOMPARE(found.devices, 1U);
    const std::int64_t totals[] = {3'000'000, 2'000'000, 800'000, 200'000, 3'000'000};
    for (std::size_t lane = 0; lane < 5; ++lane) {
        QCOMPARE(found.lanes[lane].sums.total.count(), totals[lane]);
        QCOMPARE(found.lanes[lane].busy.count(), totals[lane]);
    }
    QCOMPARE(found.nameCount, 3U);
    QCOMPARE(found.names.size(), 3U);
    QCOMPARE(found.names[0].sums.total.count(), 2'000'000);
    QVERIFY((found.names[0].longest == AreaSpan{AreaSpan::Table::Operations, DeviceId(0), 0}));
    QCOMPARE(found.names[2].sums.count, 10U);
}

void TestAreaStatistics::countsWhatBeginsInside()
{
    const auto index = stepscope::testing::smallIndex(1, 10);
    // From the middle of the first kernel to the middle of the second step's.
    const AreaStatistics found = statisticsOf(*index, micros(1100, 2100), {laneOf(Kind::Device)});
    QCOMPARE(found.all.count, 3U); // communication, copy, the next kernel as a whole
    QCOMPARE(found.all.total.count(), 300'000);
    QCOMPARE(found.busy.count(), 300'000); // 100 + 80 + 20 + 100
    // An end belongs to what comes after it.
    QCOMPARE(statisticsOf(*index, micros(1100, 2000), {laneOf(Kind::Device)}).all.count, 2U);
    QCOMPARE(statisticsOf(*index, micros(1000, 1001), {laneOf(Kind::Device)}).all.count, 1U);
}

void TestAreaStatistics::devicesAreNotUnited()
{
    const auto index = stepscope::testing::smallIndex(2, 10);
    const AreaStatistics found = statisticsOf(*index, micros(1000, 12'000),
                                              {laneOf(Kind::Device), laneOf(Kind::Compute, DeviceId(1))});
    QCOMPARE(found.devices, 2U);
    QCOMPARE(found.all.count, 40U);
    QCOMPARE(found.busy.count(), 5'000'000);
}

void TestAreaStatistics::nothingInTheRange()
{
    const auto index = stepscope::testing::smallIndex(1, 10);
    const AreaStatistics found = statisticsOf(*index, micros(1400, 1500), {laneOf(Kind::Device)});
    QCOMPARE(found.all.count, 0U);
    QCOMPARE(found.all.mean(), Duration::zero());
    QVERIFY(found.spread == DurationSpread());
    QCOMPARE(found.busy, Duration::zero());
    QVERIFY(found.names.empty());
}

void TestAreaStatistics::equalsBruteForce()
{
    std::mt19937 random(20);
    const auto pick = [&random](std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random);
    };
    std::size_t withReplays = 0;
    std::size_t counted = 0;
    for (int round = 0; round < 400; ++round) {
        RandomTrace rows = RandomTrace::make(random);
        for (RandomTrace::Row& row : rows.rows)
            row.activity.stream = pick(0, 2);
        NoProgress progress;
        const auto index = *TraceIndex::build(std::make_shared<const Trace>(rows.build(&random)),
                                              KernelClassifier::standard(), progress);
        std::vector<AreaLane> lanes = {laneOf(Kind::Device),
                                       laneOf(Kind::Compute),
                                       laneOf(Kind::Comm),
                                       laneOf(Kind::Copies),
                                       laneOf(Kind::Graphs),
                                       laneOf(Kind::Stream),
                                       laneOf(Kind::Stream, DeviceId(0), 1),
                                       threadLane(Kind::Calls, ThreadId(0)),
                                       threadLane(Kind::Calls, ThreadId(1)),
                                       threadLane(Kind::Ranges, ThreadId(0)),
                                       threadLane(Kind::Ranges, ThreadId())};
        std::shuffle(lanes.begin(), lanes.end(), random);
        lanes.resize(static_cast<std::size_t>(pick(1, pick(1, 11))));
        const std::int64_t length = nanosecondsOf(index->trace().extent().end);
        const std::int64_t begin = pick(-1000, length);
        const TimeRange range = {timePointAt(begin), timePointAt(pick(begin, length + 1000))};

        const bool hasOperations = std::any_of(lanes.begin(), lanes.end(), showsOperations);
        std::map<std::tuple<AreaSpan::Table, std::uint32_t>, Span> counting;
        std::vector<Span> onDevice;
        const AreaStatistics found = statisticsOf(*index, range, lanes);
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
            const std::vector<Span> spans = spansOf(*index, lanes[lane]);
            QVERIFY(found.lanes[lane].sums == sumsOf(begunIn(spans, range)));
            const bool isCounted = lanes[lane].kind != Kind::Graphs || !hasOperations;
            QCOMPARE(found.lanes[lane].isCounted, isCounted);
            if (!lanes[lane].isOfHost())
                QCOMPARE(found.lanes[lane].busy, unionOf(spans, range));
            if (!isCounted)
                continue;
            withReplays += lanes[lane].kind == Kind::Graphs && found.lanes[lane].sums.count > 0 ? 1U : 0U;
            for (const Span& span : spans)
                counting.insert({{span.place.table, span.place.row}, span});
            if (!lanes[lane].isOfHost())
                onDevice.insert(onDevice.end(), spans.begin(), spans.end());
        }
        std::vector<Span> all;
        for (const auto& [place, span] : counting)
            all.push_back(span);
        all = begunIn(all, range);
        QVERIFY(found.all == sumsOf(all));
        QCOMPARE(found.busy, unionOf(onDevice, range));
        std::vector<std::int64_t> lengths;
        std::map<std::string, SpanSums> names;
        for (const Span& span : all) {
            lengths.push_back(span.range.duration().count());
            names[span.name].add(span.range.duration());
        }
        QCOMPARE(found.nameCount, names.size());
        QCOMPARE(found.names.size(), std::min<std::size_t>(names.size(), AreaStatistics::mostNames));
        if (lengths.empty())
            continue;
        counted += lengths.size();
        std::sort(lengths.begin(), lengths.end());
        QCOMPARE(found.shortest.count(), lengths.front());
        QCOMPARE(found.longest.count(), lengths.back());
        QCOMPARE(found.spread.median.count(), percentile(lengths, 0.5));
        QCOMPARE(found.spread.p90.count(), percentile(lengths, 0.9));
        QCOMPARE(found.spread.p99.count(), percentile(lengths, 0.99));
        std::vector<std::int64_t> totals;
        for (const auto& [name, sums] : names)
            totals.push_back(sums.total.count());
        std::sort(totals.begin(), totals.end(), std::greater());
        for (std::size_t name = 0; name < found.names.size(); ++name) {
            const AreaName& row = found.names[name];
            QCOMPARE(row.sums.total.count(), totals[name]);
            const Span& longest = counting.at({row.longest.table, row.longest.row});
            QVERIFY(names.at(longest.name) == row.sums);
            QCOMPARE(longest.range.duration(), row.longestLength);
            for (const Span& span : all)
                QVERIFY(span.name != longest.name || span.range.duration() <= row.longestLength);
        }
    }
    QVERIFY(withReplays > 5);
    QVERIFY(counted > 2000);
}

void TestAreaStatistics::stopsWhenAsked()
{
    const auto index = stepscope::testing::smallIndex(1, 10);
    test::CancelledProgress stop;
    const std::vector<AreaLane> lanes = {laneOf(Kind::Device)};
    const auto found = AreaStatistics::of(*index, micros(0, 11'000), lanes, stop);
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestAreaStatistics)
#include "tst_areastatistics.moc"
