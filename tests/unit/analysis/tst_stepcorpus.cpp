#include "core/analysis/traceindex.h"
#include "tests/unit/analysis/importedloop.h"
#include "tests/unit/analysis/stepcorpus.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace stepscope;
using testsupport::Disturbance;
using testsupport::StepShape;

namespace {

constexpr double cadenceTolerance = 0.012;

struct Expected {
    std::size_t steps = 0;
    std::size_t prefills = 0;
    std::size_t lulls = 0;
    double cadence = 0.0; ///< ns, median of the decode steps
};

Expected expectedOf(const testsupport::LoopFacts& facts)
{
    Expected expected;
    std::vector<double> cadences;
    for (std::size_t i = 0; i < facts.steps.size(); ++i) {
        ++expected.steps;
        expected.prefills += facts.steps[i].prefill ? 1U : 0U;
        if (i + 1 == facts.steps.size() || facts.steps[i].prefill)
            continue;
        const auto cadence = static_cast<double>(facts.steps[i + 1].gpuBegin - facts.steps[i].gpuBegin);
        if (cadence > 300e6)
            ++expected.lulls;
        else
            cadences.push_back(cadence);
    }
    std::sort(cadences.begin(), cadences.end());
    expected.cadence = cadences[cadences.size() / 2];
    return expected;
}

std::size_t countOf(const StepIndex& steps, StepKind kind)
{
    return static_cast<std::size_t>(std::count_if(steps.steps.begin(), steps.steps.end(),
                                                  [kind](const Step& step) { return step.kind == kind; }));
}

} // namespace

/// The corpus of domain.md §5.6: the right number of steps everywhere, of the right kinds.
class TestStepCorpus : public QObject {
    Q_OBJECT

private slots:
    void countsSteps_data()
    {
        QTest::addColumn<int>("shape");
        QTest::addColumn<int>("disturbance");
        QTest::addColumn<bool>("withCalls");
        QTest::addColumn<bool>("withGraphIds");
        for (const StepShape shape : testsupport::allStepShapes) {
            for (const Disturbance disturbance : testsupport::allDisturbances) {
                for (const bool withCalls : {true, false}) {
                    for (const bool withGraphIds : {true, false}) {
                        const bool hasGraphs =
                            shape != StepShape::Eager && shape != StepShape::TensorParallel;
                        if (!hasGraphs && (!withGraphIds || disturbance == Disturbance::GraphLevel))
                            continue; // the same trace again
                        if (!withGraphIds && disturbance == Disturbance::GraphLevel)
                            continue; // records name their graph
                        QTest::addRow("%s, %s, %s, %s", testsupport::stepShapeName(shape),
                                      testsupport::disturbanceName(disturbance),
                                      withCalls ? "calls" : "no calls",
                                      withGraphIds ? "graph ids" : "no graph ids")
                            << static_cast<int>(shape) << static_cast<int>(disturbance) << withCalls
                            << withGraphIds;
                    }
                }
            }
        }
    }
    void countsSteps()
    {
        QFETCH(int, shape);
        QFETCH(int, disturbance);
        QFETCH(bool, withCalls);
        QFETCH(bool, withGraphIds);
        for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
            const QString fault =
                faultOf(static_cast<StepShape>(shape), static_cast<Disturbance>(disturbance), withCalls,
                        withGraphIds, seed);
            QVERIFY2(fault.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(fault)));
        }
    }

    /// Where no operation emits tokens the replays alone decide: another rank than the first, say.
    void countsStepsByReplaysAlone_data()
    {
        QTest::addColumn<int>("shape");
        QTest::addColumn<int>("disturbance");
        for (const StepShape shape :
             {StepShape::FullGraph, StepShape::Piecewise, StepShape::Async, StepShape::SamplerInGraph}) {
            for (const Disturbance disturbance :
                 {Disturbance::None, Disturbance::Lulls, Disturbance::GraphLevel, Disturbance::Every16})
                QTest::addRow("%s, %s", testsupport::stepShapeName(shape),
                              testsupport::disturbanceName(disturbance))
                    << static_cast<int>(shape) << static_cast<int>(disturbance);
        }
    }
    void countsStepsByReplaysAlone()
    {
        QFETCH(int, shape);
        QFETCH(int, disturbance);
        for (const bool withCalls : {true, false}) {
            for (const bool withGraphIds : {true, false}) {
                testsupport::LoopFacts facts;
                testsupport::GeneratedTrace rows =
                    testsupport::corpusTrace(static_cast<StepShape>(shape),
                                             static_cast<Disturbance>(disturbance), withCalls, 1, facts);
                std::erase_if(rows.gpuOps, [&rows](const testsupport::GpuOp& op) {
                    return op.copy == testsupport::CopyKind::DeviceToHost ||
                           rows.names.text(op.name).find("ArgMax") != std::string::npos;
                });
                LoopImport how;
                how.graphLevel = static_cast<Disturbance>(disturbance) == Disturbance::GraphLevel;
                how.graphIds = withGraphIds || how.graphLevel;
                NoProgress progress;
                const auto index = TraceIndex::build(std::make_shared<const Trace>(importLoop(rows, how)),
                                                     KernelClassifier::standard(), progress);
                const StepIndex& steps = (*index)->devices().front().steps;
                QCOMPARE(static_cast<int>(steps.source), static_cast<int>(StepSource::Graph));
                QCOMPARE(steps.boundaries.size(), facts.steps.size());
            }
        }
    }

private:
    static std::uint64_t seeds()
    {
        const int asked = qEnvironmentVariableIntValue("STEPSCOPE_SEEDS");
        return asked > 0 ? static_cast<std::uint64_t>(asked) : 2;
    }

    /// What was found, if it is not what is in the trace.
    static QString faultOf(StepShape shape, Disturbance disturbance, bool withCalls, bool withGraphIds,
                           std::uint64_t seed)
    {
        testsupport::LoopFacts facts;
        const testsupport::GeneratedTrace rows =
            testsupport::corpusTrace(shape, disturbance, withCalls, seed, facts);
        LoopImport how;
        how.graphLevel = disturbance == Disturbance::GraphLevel;
        how.graphIds = withGraphIds;
        NoProgress progress;
        const auto index = TraceIndex::build(std::make_shared<const Trace>(importLoop(rows, how)),
                                             KernelClassifier::standard(), progress);
        const StepIndex& steps = (*index)->devices().front().steps;
        const Expected expected = expectedOf(facts);
        const double deviation = static_cast<double>(steps.medianCadence.count()) / expected.cadence - 1.0;
        // Right, and not beyond doubt: the replays disagree where prefills run none, and where graphs have no
        // ids and go by their number of kernels.
        const bool mayBeWeak =
            disturbance == Disturbance::Prefills || disturbance == Disturbance::LostKernels;
        if (steps.boundaries.size() == expected.steps &&
            countOf(steps, StepKind::Prefill) == expected.prefills &&
            countOf(steps, StepKind::Lull) == expected.lulls && std::abs(deviation) <= cadenceTolerance &&
            (!steps.isWeak || mayBeWeak))
            return {};
        return QStringLiteral("source %1%2: %3 of %4 steps, %5 of %6 prefills, %7 of %8 lulls, cadence %9 %")
            .arg(static_cast<int>(steps.source))
            .arg(QLatin1String(steps.isWeak ? ", weak" : ""))
            .arg(steps.boundaries.size())
            .arg(expected.steps)
            .arg(countOf(steps, StepKind::Prefill))
            .arg(expected.prefills)
            .arg(countOf(steps, StepKind::Lull))
            .arg(expected.lulls)
            .arg(100.0 * deviation);
    }
};

QTEST_APPLESS_MAIN(TestStepCorpus)
#include "tst_stepcorpus.moc"
