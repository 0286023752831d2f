#include "core/lod/pixelcoverage.h"
#include "core/trace/tracebuilder.h"

#include <QTest>

#include <random>

using namespace stepscope;

namespace {

using Random = std::mt19937_64;

std::int64_t between(Random& random, std::int64_t low, std::int64_t high)
{
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

/// Kernels, communication and copies of very different lengths, overlapping and touching.
Trace randomTrace(Random& random, int rows)
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(1);
    const DeviceId device = builder.device(process, 0);
    const NameId compute = builder.intern("compute");
    const NameId comm = builder.intern("comm");
    std::int64_t at = 1000;
    for (int i = 0; i < rows; ++i) {
        Activity activity;
        at += between(random, 0, between(random, 0, 3) == 0 ? 20000 : 30);
        const std::int64_t length = between(random, 1, between(random, 0, 9) == 0 ? 40000 : 60);
        activity.begin = timePointAt(at);
        activity.end = timePointAt(at + length);
        activity.process = process;
        activity.kind = between(random, 0, 4) == 0 ? ActivityKind::Memcpy : ActivityKind::Kernel;
        activity.name = between(random, 0, 2) == 0 ? comm : compute;
        builder.addActivity(device, activity);
        at += between(random, 0, length);
    }
    return builder.build();
}

DeviceOccupancy occupancyOf(const Trace& trace)
{
    std::vector<bool> isComm(trace.names().size(), false);
    for (std::size_t i = 0; i < isComm.size(); ++i)
        isComm[i] = trace.name(NameId(i)) == "comm";
    return DeviceOccupancy::build(trace, DeviceId(0), CommNames(isComm));
}

} // namespace

class TestPixelCoverage : public QObject {
    Q_OBJECT

private slots:
    void columnsTileTheView_data();
    void columnsTileTheView();
    void columnsSumToTheView();
    void eachColumnIsExact();
    void sharesKeepTheirPromise();
    void columnsBelowOneNanosecond();
};

void TestPixelCoverage::columnsTileTheView_data()
{
    QTest::addColumn<qint64>("begin");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<int>("columns");
    QTest::newRow("even") << qint64(0) << qint64(1000) << 10;
    QTest::newRow("uneven") << qint64(17) << qint64(1009) << 100;
    QTest::newRow("one column") << qint64(5) << qint64(7) << 1;
    QTest::newRow("more columns than time") << qint64(5) << qint64(100) << 3840;
    QTest::newRow("an hour") << qint64(123456789) << qint64(3600) * 1'000'000'000 << 3840;
    QTest::newRow("a month") << qint64(1) << qint64(31) * 86400 * 1'000'000'000 + 1 << 7680;
}

void TestPixelCoverage::columnsTileTheView()
{
    QFETCH(qint64, begin);
    QFETCH(qint64, length);
    QFETCH(int, columns);
    const TimeRange view{timePointAt(begin), timePointAt(begin + length)};
    const auto count = static_cast<std::size_t>(columns);
    TimePoint edge = view.begin;
    for (std::size_t column = 0; column < count; ++column) {
        const TimeRange range = columnRange(view, count, column);
        QCOMPARE(nanosecondsOf(range.begin), nanosecondsOf(edge));
        QVERIFY(range.end >= range.begin);
        const qint64 even = length / columns;
        QVERIFY(range.duration().count() == even || range.duration().count() == even + 1);
        edge = range.end;
    }
    QCOMPARE(nanosecondsOf(edge), nanosecondsOf(view.end));
}

void TestPixelCoverage::columnsSumToTheView()
{
    Random random(7);
    for (int round = 0; round < 20; ++round) {
        const Trace trace = randomTrace(random, 400);
        const DeviceOccupancy occupancy = occupancyOf(trace);
        const std::int64_t end = nanosecondsOf(trace.extent().end);
        for (int k = 0; k < 40; ++k) {
            const std::int64_t begin = between(random, 0, end - 2);
            const TimeRange view{timePointAt(begin), timePointAt(between(random, begin + 1, end))};
            const auto columns = static_cast<std::size_t>(between(random, 1, 2000));
            const ClassTimes expected = occupancy.timesIn(view);
            ColumnTimes sum{};
            const PixelColumns pixels(view, columns);
            ColumnCovers covers(pixels);
            for (const ColumnTimes& times : columnTimes(occupancy, covers)) {
                for (std::size_t c = 0; c < busyClassCount; ++c)
                    sum[c] += times[c];
            }
            for (std::size_t c = 0; c < busyClassCount; ++c)
                QCOMPARE(sum[c].count(), expected[static_cast<TimeClass>(c)].count());
            ClassTimes idle;
            for (const ClassTimes& times : idleColumns(occupancy, {view, columns}))
                idle += times;
            for (const TimeClass owner : allTimeClasses) {
                if (!isBusy(owner))
                    QCOMPARE(idle[owner].count(), occupancy.of(owner).coveredIn(view).count());
            }
            QCOMPARE(idle.busy().count(), qint64{0});
        }
    }
}

void TestPixelCoverage::eachColumnIsExact()
{
    Random random(11);
    const Trace trace = randomTrace(random, 3000);
    const DeviceOccupancy occupancy = occupancyOf(trace);
    const TimeRange all = trace.extent();
    for (const std::size_t columns : {1U, 3U, 97U, 1000U, 3840U}) {
        const PixelColumns pixels(all, columns);
        ColumnCovers covers(pixels);
        const std::vector<ColumnTimes> times = columnTimes(occupancy, covers);
        const std::span<const Duration> busy = covers.of(occupancy.busy());
        QCOMPARE(covers.of(IntervalUnion(occupancy.busy())).data(), busy.data()); // looked up once
        for (std::size_t column = 0; column < columns; ++column) {
            const TimeRange range = columnRange(all, columns, column);
            Duration sum = Duration::zero();
            for (std::size_t c = 0; c < busyClassCount; ++c) {
                QCOMPARE(times[column][c].count(),
                         occupancy.of(static_cast<TimeClass>(c)).coveredIn(range).count());
                sum += times[column][c];
            }
            QCOMPARE(sum.count(), busy[column].count());
        }
    }
}

void TestPixelCoverage::sharesKeepTheirPromise()
{
    Random random(13);
    const Trace trace = randomTrace(random, 2000);
    const DeviceOccupancy occupancy = occupancyOf(trace);
    const TimeRange all = trace.extent();
    const std::size_t columns = 500;
    const std::vector<ColumnCoverage> coverage = columnCoverage(occupancy, {all, columns});
    for (std::size_t column = 0; column < columns; ++column) {
        const TimeRange range = columnRange(all, columns, column);
        const Duration busy = occupancy.busy().coveredIn(range);
        const double share =
            static_cast<double>(busy.count()) / static_cast<double>(range.duration().count());
        QVERIFY(std::abs(coverage[column].total - share) < 2e-6);
        QCOMPARE(coverage[column].total > 0.0F, busy > Duration::zero());
        QCOMPARE(coverage[column].total >= 1.0F, busy == range.duration());
    }
}

void TestPixelCoverage::columnsBelowOneNanosecond()
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(1);
    const DeviceId device = builder.device(process, 0);
    for (const std::int64_t begin : {0, 60}) {
        Activity activity;
        activity.begin = timePointAt(begin);
        activity.end = timePointAt(begin + 40);
        activity.name = builder.intern("compute");
        activity.process = process;
        builder.addActivity(device, activity);
    }
    const Trace trace = builder.build();
    const DeviceOccupancy occupancy = occupancyOf(trace);
    const std::vector<ColumnCoverage> coverage = columnCoverage(occupancy, {trace.extent(), 1000});
    // 40 ns busy, 20 idle, 40 busy over 1000 columns: solid, empty, solid.
    QCOMPARE(coverage[5].total, 1.0F);
    QCOMPARE(coverage[399].total, 1.0F);
    QCOMPARE(coverage[405].total, 0.0F);
    QCOMPARE(coverage[595].total, 0.0F);
    QCOMPARE(coverage[605].total, 1.0F);
}

QTEST_APPLESS_MAIN(TestPixelCoverage)
#include "tst_pixelcoverage.moc"
