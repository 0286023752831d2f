#include "core/trace/tracebuilder.h"
#include "core/trace/tracepreviewof.h"

#include <QTest>

#include <random>

using namespace stepscope;

/// The preview against counting every nanosecond.
class TestTracePreviewOf : public QObject {
    Q_OBJECT

private slots:
    void equalsBruteForce_data();
    void equalsBruteForce();
    void neverRoundsToAllOrNothing();
    void holdsLongTraces();
    void ofNothing();

private:
    static Trace traceOf(const std::vector<std::vector<TimeRange>>& devices)
    {
        TraceBuilder builder(TraceFormat::NsysSqlite);
        const ProcessId process = builder.process(1);
        const NameId name = builder.intern("kernel");
        for (std::size_t i = 0; i < devices.size(); ++i) {
            const DeviceId device = builder.device(process, static_cast<std::int64_t>(i));
            for (const TimeRange& range : devices[i]) {
                Activity work;
                work.begin = range.begin;
                work.end = range.end;
                work.name = name;
                work.process = process;
                builder.addActivity(device, work);
            }
        }
        return builder.build();
    }
    static TracePreview previewOf(const Trace& trace)
    {
        return tracePreviewOf(trace, [](DeviceId id) { return std::to_string(id.value()); });
    }
    static TimeRange range(std::int64_t begin, std::int64_t end)
    {
        return {timePointAt(begin), timePointAt(end)};
    }
};

void TestTracePreviewOf::equalsBruteForce_data()
{
    QTest::addColumn<int>("extent");
    QTest::addColumn<int>("operations");
    QTest::newRow("fewer ns than stretches") << 1000 << 50;
    QTest::newRow("as many") << 4096 << 200;
    QTest::newRow("one more") << 4097 << 200;
    QTest::newRow("uneven") << 10'007 << 300;
    QTest::newRow("many a stretch") << 1'000'003 << 20'000;
    QTest::newRow("few long ones") << 1'000'003 << 5;
}

void TestTracePreviewOf::equalsBruteForce()
{
    QFETCH(const int, extent);
    QFETCH(const int, operations);
    std::mt19937_64 random(11);
    std::vector<std::vector<TimeRange>> devices(3);
    devices[0].push_back(range(1, 2));                   // the trace starts at its first row
    devices[0].push_back(range(extent - 1, extent + 1)); // and ends with its last
    for (int i = 0; i < operations; ++i) {
        const auto begin = static_cast<std::int64_t>(1 + random() % static_cast<unsigned>(extent));
        const auto length = static_cast<std::int64_t>(random() % static_cast<unsigned>(1 + extent / 20));
        devices[static_cast<std::size_t>(i % 3)].push_back(
            range(begin, std::min<std::int64_t>(begin + length, extent + 1)));
    }
    const Trace trace = traceOf(devices);
    const TracePreview preview = previewOf(trace);
    QCOMPARE(preview.extent, trace.gpuExtent());
    QCOMPARE(preview.extent.duration(), Duration(extent));
    QCOMPARE(preview.lanes.size(), std::size_t(3));
    const std::int64_t stretches = std::min(4096, extent);
    for (std::size_t lane = 0; lane < 3; ++lane) {
        QCOMPARE(preview.lanes[lane].label, std::to_string(lane));
        std::vector<bool> busy(static_cast<std::size_t>(extent));
        for (std::size_t row = 0; row < trace.devices()[lane].activities.size(); ++row) {
            const TimeRange work = trace.devices()[lane].activities.range(row);
            for (TimePoint time = work.begin; time < work.end; time += Duration(1))
                busy[static_cast<std::size_t>(nanosecondsOf(time))] = true;
        }
        QCOMPARE(preview.lanes[lane].busy.size(), static_cast<std::size_t>(stretches));
        for (std::int64_t i = 0; i < stretches; ++i) {
            const std::int64_t from = extent * i / stretches;
            const std::int64_t until = extent * (i + 1) / stretches;
            const auto count = std::count(busy.begin() + from, busy.begin() + until, true);
            const double exact = 65535.0 * static_cast<double>(count) / static_cast<double>(until - from);
            const double drawn = preview.lanes[lane].busy[static_cast<std::size_t>(i)];
            QCOMPARE(drawn == 0, count == 0);
            QCOMPARE(drawn == 65535, count == until - from);
            QVERIFY(std::abs(drawn - exact) <= 1.0);
        }
    }
}

void TestTracePreviewOf::neverRoundsToAllOrNothing()
{
    const std::int64_t extent = 4096LL * 1'000'000;
    const TracePreview preview =
        previewOf(traceOf({{range(1, 2), range(1'000'001, 2'000'000), range(extent, extent + 1)}}));
    QCOMPARE(preview.lanes[0].busy.front(), std::uint16_t(1));
    QCOMPARE(preview.lanes[0].busy[1], std::uint16_t(65534));
    QCOMPARE(preview.lanes[0].busy[2], std::uint16_t(0));
    QCOMPARE(preview.lanes[0].busy.back(), std::uint16_t(1));
}

void TestTracePreviewOf::holdsLongTraces()
{
    // 146 years: lengths times stretches do not fit 64 bits.
    constexpr std::int64_t far = std::int64_t{1} << 62;
    const TracePreview preview = previewOf(traceOf({{range(1, 2), range(far, far + 1)}}));
    QCOMPARE(preview.lanes[0].busy.front(), std::uint16_t(1));
    QCOMPARE(preview.lanes[0].busy.back(), std::uint16_t(1));
    QCOMPARE(std::count(preview.lanes[0].busy.begin(), preview.lanes[0].busy.end(), 0), std::ptrdiff_t(4094));
}

void TestTracePreviewOf::ofNothing()
{
    QVERIFY(previewOf(traceOf({})).lanes.empty());
    const TracePreview empty = previewOf(traceOf({{range(5, 5)}, {range(5, 5)}}));
    QCOMPARE(empty.lanes.size(), std::size_t(2));
    QVERIFY(empty.lanes[0].busy.empty());
}

QTEST_GUILESS_MAIN(TestTracePreviewOf)
#include "tst_tracepreviewof.moc"
