#include "core/analysis/gapclusters.h"
#include "core/analysis/traceindex.h"
#include "tests/unit/analysis/importedloop.h"
#include "tests/unit/analysis/stepcorpus.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace stepscope;
using testsupport::Disturbance;
using testsupport::StepShape;

namespace {

std::shared_ptr<const TraceIndex> indexOf(Trace trace)
{
    NoProgress progress;
    return *TraceIndex::build(std::make_shared<const Trace>(std::move(trace)), KernelClassifier::standard(),
                              progress);
}

/// Gaps of these lengths between intervals of 10 µs.
GapIndex gapsOf(const std::vector<std::int64_t>& lengths)
{
    std::vector<TimeRange> ranges;
    TimePoint at{};
    for (const std::int64_t length : lengths) {
        ranges.push_back({at, at + std::chrono::microseconds(10)});
        at = ranges.back().end + Duration(length);
    }
    ranges.push_back({at, at + std::chrono::microseconds(10)});
    return GapIndex::between(IntervalUnion::fromIntervals(ranges));
}

/// Log-normal lengths around `median`.
void addBell(std::vector<std::int64_t>& lengths, std::mt19937& random, int count, double median)
{
    std::normal_distribution<double> bell(std::log(median), 0.4);
    for (int i = 0; i < count; ++i)
        lengths.push_back(std::llround(std::exp(bell(random))));
}

std::vector<KernelClass> classesOf(const TraceIndex& index)
{
    std::vector<KernelClass> classes;
    for (std::size_t name = 0; name < index.trace().names().size(); ++name)
        classes.push_back(index.kernelClass(NameId(name)));
    return classes;
}

} // namespace

/// The sources of steps that need no operation to recognise: long gaps, and the user's hand.
class TestStepSources : public QObject {
    Q_OBJECT

private slots:
    void clustersOnlyWhatIsOfTwoKinds()
    {
        std::mt19937 random(3);
        std::vector<std::int64_t> one;
        addBell(one, random, 2000, 4'000);
        QVERIFY(!clusterGaps(gapsOf(one)));

        std::vector<std::int64_t> two = one;
        addBell(two, random, 50, 3'000'000);
        std::shuffle(two.begin(), two.end(), random);
        const std::optional<GapClusters> clusters = clusterGaps(gapsOf(two));
        QVERIFY(clusters);
        QCOMPARE(clusters->longGaps, std::size_t{50});

        std::vector<std::int64_t> near = one; // two kinds, and too near to tell steps by
        addBell(near, random, 2000, 20'000);
        QVERIFY(!clusterGaps(gapsOf(near)));
        QVERIFY(!clusterGaps(gapsOf({})));
        QVERIFY(!clusterGaps(gapsOf({5'000})));
        QVERIFY(!clusterGaps(gapsOf({5'000, 5'000, 5'000})));
    }

    /// Eager loops without any operation that emits tokens: one long gap in each step.
    void findsStepsByGaps_data()
    {
        QTest::addColumn<int>("disturbance");
        for (const Disturbance disturbance :
             {Disturbance::None, Disturbance::LostKernels, Disturbance::Lulls, Disturbance::Every16})
            QTest::newRow(testsupport::disturbanceName(disturbance)) << static_cast<int>(disturbance);
    }
    void findsStepsByGaps()
    {
        QFETCH(int, disturbance);
        testsupport::LoopFacts facts;
        testsupport::GeneratedTrace rows =
            testsupport::corpusTrace(StepShape::Eager, static_cast<Disturbance>(disturbance), true, 1, facts);
        std::erase_if(rows.gpuOps, [&rows](const testsupport::GpuOp& op) {
            return op.copy == testsupport::CopyKind::DeviceToHost ||
                   rows.names.text(op.name).find("ArgMax") != std::string::npos;
        });
        const auto index = indexOf(importLoop(rows));
        const StepIndex& steps = index->devices().front().steps;
        QCOMPARE(static_cast<int>(steps.source), static_cast<int>(StepSource::Gaps));
        QVERIFY(steps.isWeak);
        QCOMPARE(steps.boundaries.size(), facts.steps.size());
    }

    void drawnStepsBeginWhereDrawn()
    {
        testsupport::LoopFacts facts;
        const auto index = indexOf(
            importLoop(testsupport::corpusTrace(StepShape::FullGraph, Disturbance::None, true, 1, facts)));
        const DeviceOccupancy& occupancy = index->devices().front().occupancy;
        const StepIndex& found = index->devices().front().steps;
        std::vector<TimePoint> drawn(found.boundaries.begin() + 3, found.boundaries.begin() + 14);
        std::vector<TimePoint> anyOrder(drawn.rbegin(), drawn.rend());
        anyOrder.push_back(drawn.front()); // twice is once
        const StepIndex steps =
            stepsFromBoundaries(index->trace(), DeviceId(0), occupancy, classesOf(*index), anyOrder);
        QCOMPARE(static_cast<int>(steps.source), static_cast<int>(StepSource::User));
        QVERIFY(!steps.isWeak);
        QVERIFY(steps.boundaries == drawn);
        QCOMPARE(steps.steps.size(), drawn.size() + 1); // with the lead-in; the last is the tail
        QVERIFY(steps.steps.front().kind == StepKind::Edge && steps.steps.back().kind == StepKind::Edge);
        QVERIFY(steps.steps.front().range.begin == occupancy.busy().extent().begin);
        QVERIFY(steps.steps.back().range.end == occupancy.busy().extent().end);
        for (std::size_t i = 1; i + 1 < steps.steps.size(); ++i) {
            QVERIFY(steps.steps[i].range == found.steps[i + 2].range);
            QVERIFY(steps.steps[i].times == found.steps[i + 2].times);
            QCOMPARE(steps.steps[i].operations(), found.steps[i + 2].operations());
        }
    }

    /// A lead-in as long as a step stays edge: who draws says where the first step begins.
    void drawnStepsLeaveTheLeadIn()
    {
        testsupport::LoopFacts facts;
        const auto index = indexOf(
            importLoop(testsupport::corpusTrace(StepShape::FullGraph, Disturbance::None, true, 1, facts)));
        const StepIndex& found = index->devices().front().steps;
        const StepIndex steps =
            stepsFromBoundaries(index->trace(), DeviceId(0), index->devices().front().occupancy,
                                classesOf(*index), {found.boundaries.begin() + 1, found.boundaries.end()});
        QCOMPARE(steps.boundaries.size(), found.boundaries.size() - 1);
        QVERIFY(steps.steps.front().kind == StepKind::Edge);
    }

    void drawnOutsideOfWork()
    {
        testsupport::LoopFacts facts;
        const auto index = indexOf(
            importLoop(testsupport::corpusTrace(StepShape::Eager, Disturbance::None, true, 1, facts)));
        const DeviceOccupancy& occupancy = index->devices().front().occupancy;
        const TimeRange extent = occupancy.busy().extent();
        QVERIFY(
            stepsFromBoundaries(index->trace(), DeviceId(0), occupancy, classesOf(*index), {}).steps.empty());
        const StepIndex steps = stepsFromBoundaries(index->trace(), DeviceId(0), occupancy, classesOf(*index),
                                                    {extent.begin - std::chrono::milliseconds(1),
                                                     extent.begin + extent.duration() / 2,
                                                     extent.end + std::chrono::milliseconds(1)});
        QCOMPARE(steps.boundaries.size(), std::size_t{3});
        for (const Step& step : steps.steps)
            QVERIFY(step.times.sum() == step.range.duration());
    }
};

QTEST_APPLESS_MAIN(TestStepSources)
#include "tst_stepsources.moc"
