#include "core/analysis/windowanalysis.h"
#include "core/trace/tracebuilder.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace stepscope;

namespace {

/// A jittered loop of N annotated steps with one prefill and one lull.
std::shared_ptr<const TraceIndex> loopIndex(std::mt19937& random, int steps, bool hasPrefill = true)
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(1);
    const ThreadId thread = builder.thread(process, 1);
    const DeviceId device = builder.device(process, 0);
    std::int64_t at = 0;
    std::int64_t correlation = 1;
    for (int step = 0; step < steps; ++step) {
        const bool isPrefill = hasPrefill && step == steps / 3;
        const std::int64_t stepBegin = at;
        for (int kernel = 0; kernel < (isPrefill ? 30 : 8); ++kernel) {
            ApiCall call;
            call.name = builder.intern("cudaLaunchKernel");
            call.thread = thread;
            call.correlation = correlation;
            call.begin = timePointAt(at);
            call.end = timePointAt(at + 2'000);
            builder.addCall(call);
            Activity activity;
            activity.name = builder.intern(kernel % 4 == 3 ? "ncclDevKernel_AllReduce"
                                                           : "gemm_" + std::to_string(kernel % 3));
            activity.process = process;
            activity.correlation = correlation++;
            activity.begin = timePointAt(at + 4'000);
            activity.end = activity.begin +
                           Duration(std::uniform_int_distribution<std::int64_t>(10'000, 60'000)(random));
            builder.addActivity(device, activity);
            at =
                nanosecondsOf(activity.end) + std::uniform_int_distribution<std::int64_t>(100, 3'000)(random);
        }
        HostRange range;
        range.name = builder.intern(isPrefill ? "execute_context_1(512)_generation_0(0)"
                                              : "execute_context_0(0)_generation_1(1)");
        range.thread = thread;
        range.begin = timePointAt(stepBegin);
        range.end = timePointAt(at);
        builder.addRange(range);
        at += std::uniform_int_distribution<std::int64_t>(200'000, 260'000)(random);
        if (step == 2 * steps / 3)
            at += 30'000'000;
    }
    NoProgress progress;
    auto index = TraceIndex::build(std::make_shared<const Trace>(builder.build()),
                                   KernelClassifier::standard(), progress);
    return *index;
}

/// Type 7 from its definition, over a sorted copy.
Duration percentile(std::vector<Duration> values, double share)
{
    std::sort(values.begin(), values.end());
    const double position = share * static_cast<double>(values.size() - 1);
    const auto lower = static_cast<std::size_t>(std::floor(position));
    const auto upper = std::min(lower + 1, values.size() - 1);
    const double fraction = position - std::floor(position);
    return values[lower] +
           Duration(std::llround(fraction * static_cast<double>((values[upper] - values[lower]).count())));
}

} // namespace

class TestWindowAnalysis : public QObject {
    Q_OBJECT

private slots:
    void stepsAreToldApart()
    {
        std::mt19937 random(1);
        const auto index = loopIndex(random, 60);
        const StepIndex& steps = index->devices().front().steps;
        QCOMPARE(steps.source, StepSource::Annotation);
        QCOMPARE(steps.boundaries.size(), std::size_t{60});
        QCOMPARE(std::count_if(steps.steps.begin(), steps.steps.end(),
                               [](const Step& s) { return s.kind == StepKind::Prefill; }),
                 1);
        QCOMPARE(std::count_if(steps.steps.begin(), steps.steps.end(),
                               [](const Step& s) { return s.kind == StepKind::Lull; }),
                 1);
        QVERIFY(steps.steady.suggestion); // the longest run lies before or after the prefill, never across
        for (const Step& step : steps.steps)
            QVERIFY(step.isClean() || !steps.steady.suggestion->window.contains(step.range));
        QCOMPARE(steps.steady.suggestion->steps, std::size_t{19}); // 20 before the prefill, without the first
    }

    void anyWindowEqualsBruteForce()
    {
        std::mt19937 random(2);
        const auto index = loopIndex(random, 90);
        const DeviceIndex& device = index->devices().front();
        const TimeRange extent = device.occupancy.busy().extent();
        for (int round = 0; round < 500; ++round) {
            const auto length = extent.duration().count();
            const auto from = std::uniform_int_distribution<std::int64_t>(-1000, length)(random);
            const auto until = std::uniform_int_distribution<std::int64_t>(from + 1, length + 1000)(random);
            const TimeRange window{extent.begin + Duration(from), extent.begin + Duration(until)};
            const DeviceWindow numbers = analyzeDevice(device, window);
            QCOMPARE(numbers.inWindow.sum(), window.duration());
            QCOMPARE(numbers.clippedIdle + numbers.gaps.gapTime, numbers.inWindow.idle());

            std::vector<const Step*> clean;
            for (const Step& step : device.steps.steps) {
                if (step.isClean() && window.contains(step.range))
                    clean.push_back(&step);
            }
            QCOMPARE(numbers.budget.steps, clean.size());
            QCOMPARE(numbers.cadence.count, clean.size());
            Duration cadence = Duration::zero();
            Duration classes = Duration::zero();
            for (const TimeClass timeClass : allTimeClasses) {
                Duration total = Duration::zero();
                std::vector<Duration> perStep;
                for (const Step* step : clean) {
                    const Duration time = device.occupancy.of(timeClass).coveredIn(step->range);
                    total += time;
                    perStep.push_back(time);
                }
                QCOMPARE(numbers.budget.of(timeClass).total, total);
                classes += total;
                if (!perStep.empty())
                    QCOMPARE(numbers.budget.of(timeClass).perStep().p90, percentile(perStep, 0.90));
            }
            std::vector<Duration> cadences;
            for (const Step* step : clean) {
                cadence += step->range.duration();
                cadences.push_back(step->range.duration());
            }
            QCOMPARE(classes, cadence); // Σ classes = Σ cadence, exactly
            QCOMPARE(numbers.budget.cadence.total, cadence);
            QCOMPARE(numbers.cadence.total, cadence);
            QCOMPARE(numbers.notCounted.time, window.duration() - cadence);
            if (!cadences.empty()) {
                QCOMPARE(numbers.cadence.spread.median, percentile(cadences, 0.50));
                QCOMPARE(numbers.cadence.spread.p10, percentile(cadences, 0.10));
                QCOMPARE(numbers.cadence.spread.p99, percentile(cadences, 0.99));
            }
        }
    }

    /// A file with one annotated step has a budget and no cadence (definitions.md §4).
    void oneStepHasABudgetAndNoCadence()
    {
        std::mt19937 random(4);
        const auto index = loopIndex(random, 1);
        const DeviceIndex& device = index->devices().front();
        QVERIFY(device.steps.isSingle);
        const DeviceWindow numbers = analyzeDevice(device, index->automaticWindow(DeviceId(0)));
        // The loop's one step is a prefill by its annotation: it is told, and not counted as decode.
        QCOMPARE(numbers.notCounted.prefillSteps, std::size_t{1});
        QCOMPARE(numbers.cadence.count, std::size_t{0});
        std::mt19937 again(4);
        const auto decode = loopIndex(again, 1, false);
        const DeviceWindow step =
            analyzeDevice(decode->devices().front(), decode->automaticWindow(DeviceId(0)));
        QCOMPARE(step.budget.steps, std::size_t{1});
        QCOMPARE(step.cadence.count, std::size_t{0});
        QCOMPARE(step.budget.busy.total + step.budget.idle.total, step.budget.cadence.total);
    }

    void emptyAndForeignWindows()
    {
        std::mt19937 random(3);
        const auto index = loopIndex(random, 12);
        const DeviceIndex& device = index->devices().front();
        const DeviceWindow nothing = analyzeDevice(device, {timePointAt(5), timePointAt(5)});
        QCOMPARE(nothing.inWindow.sum(), Duration::zero());
        QCOMPARE(nothing.budget.steps, std::size_t{0});
        const DeviceWindow after =
            analyzeDevice(device, {timePointAt(1'000'000'000'000), timePointAt(1'000'000'000'100)});
        QCOMPARE(after.inWindow.idle(), Duration(100));
        QCOMPARE(after.cadence.meanNanoseconds(), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestWindowAnalysis)
#include "tst_windowanalysis.moc"
