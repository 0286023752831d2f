// What holds for every trace and every window, over thousands of random ones. The other side of each
// comparison is a plain loop over all rows, sets or steps: no prefix sums, no searches.

#include "core/analysis/gapautopsy.h"
#include "core/analysis/windowanalysis.h"
#include "tests/unit/analysis/randomtrace.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace stepscope;

namespace {

constexpr int traces = 2'000;
constexpr DeviceId device(0);

std::shared_ptr<const TraceIndex> indexOf(Trace trace)
{
    static const KernelClassifier classifier = KernelClassifier::standard();
    NoProgress progress;
    return *TraceIndex::build(std::make_shared<const Trace>(std::move(trace)), classifier, progress);
}

std::int64_t pick(std::mt19937& random, std::int64_t low, std::int64_t high)
{
    return std::uniform_int_distribution<std::int64_t>(low, std::max(low, high))(random);
}

/// Boundaries as a user might draw them: anywhere, some of them before and after all work.
std::vector<TimePoint> drawnBoundaries(std::mt19937& random, TimeRange extent)
{
    std::vector<TimePoint> boundaries;
    for (std::int64_t i = pick(random, 2, 12); i > 0; --i)
        boundaries.push_back(extent.begin + Duration(pick(random, 0, extent.duration().count())));
    return boundaries;
}

TimeRange drawnWindow(std::mt19937& random, const StepIndex& steps, TimeRange extent)
{
    const std::int64_t length = extent.duration().count();
    TimeRange window;
    window.begin = extent.begin + Duration(pick(random, -1'000, length));
    window.end = window.begin + Duration(pick(random, 1, length + 1'000));
    if (!steps.boundaries.empty() && pick(random, 0, 2) == 0) { // exactly on boundaries
        const auto last = static_cast<std::int64_t>(steps.boundaries.size()) - 1;
        window.begin = steps.boundaries[static_cast<std::size_t>(pick(random, 0, last))];
        window.end = std::max(steps.boundaries[static_cast<std::size_t>(pick(random, 0, last))],
                              window.begin + Duration(1));
    }
    return window;
}

/// Time of a set inside a window, interval by interval.
Duration coverOf(const IntervalUnion& set, TimeRange window)
{
    Duration time = Duration::zero();
    for (const TimeRange& range : set.ranges())
        time += range.intersected(window).duration();
    return time;
}

ClassTimes timesOf(const DeviceOccupancy& occupancy, TimeRange window)
{
    ClassTimes times;
    for (const TimeClass timeClass : allTimeClasses)
        times[timeClass] = coverOf(occupancy.of(timeClass), window);
    times[TimeClass::Unattributed] += window.duration() - times.sum();
    return times;
}

/// Type 7 from its definition.
Duration percentile(std::vector<Duration> values, double share)
{
    std::sort(values.begin(), values.end());
    const double position = share * static_cast<double>(values.size() - 1);
    const auto lower = static_cast<std::size_t>(std::floor(position));
    const std::size_t upper = std::min(lower + 1, values.size() - 1);
    const double apart = static_cast<double>((values[upper] - values[lower]).count());
    return values[lower] + Duration(std::llround((position - std::floor(position)) * apart));
}

struct Expected {
    std::vector<Duration> perStep;
    Duration total = Duration::zero();

    void add(Duration time)
    {
        perStep.push_back(time);
        total += time;
    }
    bool fits(const BudgetLine& line) const
    {
        if (line.total != total)
            return false;
        if (perStep.empty())
            return line.perStep() == DurationSpread();
        return line.perStep().p10 == percentile(perStep, 0.10) &&
               line.perStep().median == percentile(perStep, 0.50) &&
               line.perStep().p90 == percentile(perStep, 0.90) &&
               line.perStep().p99 == percentile(perStep, 0.99);
    }
};

} // namespace

class TestProperties : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        bool isNumber = false;
        const uint wanted = qEnvironmentVariable("STEPSCOPE_SEEDS").toUInt(&isNumber);
        m_traces = isNumber ? static_cast<int>(wanted) : traces;
    }

    /// Σ classes = window, busy ≤ Σ of the rows, and the gaps are what is idle.
    void unionsAndGaps()
    {
        std::mt19937 random(101);
        for (int round = 0; round < m_traces; ++round) {
            const auto index = indexOf(RandomTrace::make(random).build());
            const DeviceOccupancy& occupancy = index->device(device).occupancy;
            const ActivityTable& work = index->trace().device(device).activities;
            const TimeRange window = drawnWindow(random, {}, index->trace().extent());
            Duration sum = Duration::zero();
            Duration longest = Duration::zero();
            for (std::size_t row = 0; row < work.size(); ++row) {
                const Duration inside = work.range(row).intersected(window).duration();
                sum += inside;
                longest = std::max(longest, inside);
            }
            const ClassTimes times = occupancy.timesIn(window);
            QCOMPARE(times.sum(), window.duration());
            QVERIFY(times.busy() <= sum && times.busy() >= longest);
            QCOMPARE(times.busy(), coverOf(occupancy.busy(), window));
            QVERIFY(times == timesOf(occupancy, window));
            GapHistogram histogram;
            for (std::size_t gap = 0; gap < occupancy.gaps().size(); ++gap) {
                const TimeRange range = occupancy.gaps()[gap];
                QVERIFY(coverOf(occupancy.busy(), range) == Duration::zero());
                if (window.contains(range)) {
                    const std::size_t band = GapBands::bandOf(range.duration());
                    ++histogram.gaps[band];
                    histogram.time[band] += range.duration();
                    ++histogram.gapCount;
                    histogram.gapTime += range.duration();
                }
            }
            QVERIFY(occupancy.gaps().histogramIn(window) == histogram);
        }
    }

    void gapsArePartitioned()
    {
        std::mt19937 random(102);
        for (int round = 0; round < m_traces; ++round) {
            const auto index = indexOf(RandomTrace::make(random).build());
            const DeviceOccupancy& occupancy = index->device(device).occupancy;
            for (std::size_t gap = 0; gap < occupancy.gaps().size(); ++gap) {
                const GapAutopsy autopsy = autopsyOf(*index, device, occupancy.gaps()[gap]);
                const ClassTimes times = timesOf(occupancy, autopsy.gap);
                TimePoint at = autopsy.gap.begin;
                for (const GapPart& part : autopsy.parts) {
                    QVERIFY(part.range.begin == at && !part.range.isEmpty() && !isBusy(part.owner));
                    at = part.range.end;
                }
                QVERIFY(at == autopsy.gap.end);
                for (const TimeClass owner : allTimeClasses)
                    QCOMPARE(autopsy.timeOf(owner), times[owner]);
            }
        }
    }

    void rowOrderDoesNotMatter()
    {
        std::mt19937 random(103);
        for (int round = 0; round < m_traces; ++round) {
            const RandomTrace description = RandomTrace::make(random);
            const auto plain = indexOf(description.build());
            const auto shuffled = indexOf(description.build(&random));
            for (const TimeClass timeClass : allTimeClasses)
                QVERIFY(plain->device(device).occupancy.of(timeClass) ==
                        shuffled->device(device).occupancy.of(timeClass));
            const TimeRange extent = plain->trace().extent();
            const std::vector<TimePoint> boundaries = drawnBoundaries(random, extent);
            QVERIFY(analyzeDevice(plain->withDrawnSteps(device, boundaries)->device(device), extent) ==
                    analyzeDevice(shuffled->withDrawnSteps(device, boundaries)->device(device), extent));
        }
    }

    /// The budget of any window over any steps.
    void anyWindowEqualsBruteForce()
    {
        std::mt19937 random(104);
        std::size_t withSteps = 0;
        for (int round = 0; round < m_traces; ++round) {
            const auto found = indexOf(RandomTrace::make(random).build());
            const TimeRange extent = found->trace().extent();
            const auto index = found->withDrawnSteps(device, drawnBoundaries(random, extent));
            const DeviceIndex& drawn = index->device(device);
            const TimeRange window = drawnWindow(random, drawn.steps, extent);
            const DeviceWindow numbers = analyzeDevice(drawn, window);

            std::array<Expected, timeClassCount> classes;
            Expected busy;
            Expected idle;
            Expected host;
            Expected otherIdle;
            Expected cadence;
            std::size_t prefills = 0;
            std::size_t lulls = 0;
            for (const Step& step : drawn.steps.steps) {
                if (!window.contains(step.range))
                    continue;
                prefills += step.kind == StepKind::Prefill ? 1 : 0;
                lulls += step.kind == StepKind::Lull ? 1 : 0;
                if (!step.isClean())
                    continue;
                const ClassTimes times = timesOf(drawn.occupancy, step.range);
                for (const TimeClass timeClass : allTimeClasses)
                    classes[static_cast<std::size_t>(timeClass)].add(times[timeClass]);
                busy.add(times.busy());
                idle.add(times.idle());
                host.add(times.host());
                otherIdle.add(times.idle() - times.host());
                cadence.add(step.range.duration());
            }
            Duration sum = Duration::zero();
            for (const TimeClass timeClass : allTimeClasses) {
                QVERIFY(classes[static_cast<std::size_t>(timeClass)].fits(numbers.budget.of(timeClass)));
                sum += numbers.budget.of(timeClass).total;
            }
            QVERIFY(busy.fits(numbers.budget.busy) && idle.fits(numbers.budget.idle));
            QVERIFY(host.fits(numbers.budget.host) && otherIdle.fits(numbers.budget.otherIdle));
            QVERIFY(cadence.fits(numbers.budget.cadence));
            QCOMPARE(sum, numbers.budget.cadence.total);
            QCOMPARE(numbers.budget.busy.total + numbers.budget.idle.total, sum);
            QCOMPARE(numbers.budget.host.total + numbers.budget.otherIdle.total, numbers.budget.idle.total);
            QCOMPARE(numbers.budget.steps, cadence.perStep.size());
            QCOMPARE(numbers.cadence.total, cadence.total);
            QCOMPARE(numbers.notCounted.prefillSteps, prefills);
            QCOMPARE(numbers.notCounted.lullSteps, lulls);
            QCOMPARE(numbers.notCounted.time + cadence.total, window.duration());
            withSteps += numbers.budget.steps > 0 ? 1 : 0;
        }
        QVERIFY(withSteps > static_cast<std::size_t>(m_traces) / 8);
    }

private:
    int m_traces = traces;
};

QTEST_APPLESS_MAIN(TestProperties)
#include "tst_properties.moc"
