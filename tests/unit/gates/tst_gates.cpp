#include "tests/support/stepbuilder.h"

#include "core/gates/assessment.h"
#include "core/import/traceimporter.h"
#include "core/report/gatetext.h"
#include "tests/support/generatedtrace.h"
#include "tests/support/kinetowriter.h"
#include "tests/support/loopgenerator.h"
#include "tests/support/nsyswriter.h"

#include <QTemporaryDir>
#include <QTest>

using namespace stepscope;
namespace support = stepscope::testsupport;

namespace {

/// The worked step (1.71 ms busy, 11.4 ms host) so many times.
support::LoopDescription workedLoop(int steps)
{
    support::Segment segment;
    segment.step = support::workedStep();
    segment.count = steps;
    support::LoopDescription loop;
    loop.ranks = {support::rankLoop(0, {segment})};
    return loop;
}

struct Scenario {
    const char* name;
    support::LoopDescription (*loop)();
    GateId gate;
    GateState state; ///< of that gate, for the window from first to last operation
};

support::LoopDescription cleanLoop()
{
    return workedLoop(60);
}

support::LoopDescription fewSteps()
{
    return workedLoop(7);
}

support::LoopDescription someSteps()
{
    return workedLoop(15);
}

support::LoopDescription lullBetween()
{
    support::LoopDescription loop = workedLoop(30);
    support::Segment second = loop.ranks.front().segments.front();
    second.lullBefore = 400'000'000;
    loop.ranks.front().segments.push_back(second);
    return loop;
}

support::LoopDescription graphsNotRecorded()
{
    support::LoopDescription loop = workedLoop(60);
    loop.faults.graphWorkMissing = true;
    return loop;
}

support::LoopDescription recordsEndEarly()
{
    support::LoopDescription loop = workedLoop(60);
    loop.faults.gpuRowsEndAt = loop.ranks.front().firstOp + 40 * 13'110'000;
    return loop;
}

support::LoopDescription launchesLost()
{
    support::LoopDescription loop = workedLoop(60);
    loop.faults.launchesWithoutWorkPpm = 60'000;
    return loop;
}

support::LoopDescription badRows()
{
    support::LoopDescription loop = workedLoop(60);
    loop.faults.negativeDuration = 20;
    return loop;
}

const Scenario scenarios[] = {
    {"clean", cleanLoop, GateId::CleanDriver, GateState::Pass},
    {"clean quality", cleanLoop, GateId::CaptureQuality, GateState::Pass},
    {"clean graphs", cleanLoop, GateId::GraphsCounted, GateState::Pass},
    {"clean length", cleanLoop, GateId::ModestWindow, GateState::Pass},
    {"seven steps", fewSteps, GateId::CaptureQuality, GateState::Fail},
    {"fifteen steps", someSteps, GateId::CaptureQuality, GateState::Warn},
    {"fifteen steps make a short window", someSteps, GateId::ModestWindow, GateState::Warn},
    {"a lull of 0.4 s", lullBetween, GateId::CleanDriver, GateState::Fail},
    {"graphs not recorded", graphsNotRecorded, GateId::GraphsCounted, GateState::Fail},
    {"GPU records end early", recordsEndEarly, GateId::CaptureQuality, GateState::Fail},
    {"launches without records", launchesLost, GateId::GraphsCounted, GateState::Warn},
    {"rows dropped", badRows, GateId::CaptureQuality, GateState::Fail},
};

} // namespace

/// One fault each, generated, through a file of both formats: the gate that definitions.md §11 names says so.
class TestGates : public QObject {
    Q_OBJECT

private slots:
    void faultsAreNamed_data()
    {
        QTest::addColumn<int>("scenario");
        QTest::addColumn<bool>("nsys");
        for (int i = 0; i < static_cast<int>(std::size(scenarios)); ++i) {
            QTest::addRow("%s, nsys", scenarios[i].name) << i << true;
            QTest::addRow("%s, kineto", scenarios[i].name) << i << false;
        }
    }
    void faultsAreNamed()
    {
        QFETCH(int, scenario);
        QFETCH(bool, nsys);
        const Scenario& wanted = scenarios[scenario];
        const std::shared_ptr<const TraceIndex> index = open(wanted.loop(), nsys);
        const Assessment assessment =
            assessWindow(*index, index->device(DeviceId(0)).occupancy.busy().extent(), DeviceId(0), {});
        const GateResult& gate = gateOf(assessment, wanted.gate);
        const Evidence* evidence = decidingEvidence(gate);
        QVERIFY2(gate.state == wanted.state,
                 qPrintable(QStringLiteral("%1: %2").arg(
                     QString::fromUtf8(gateStateWord(gate.state)),
                     evidence ? QString::fromStdString(evidenceSentence(*evidence).english()) : QString())));
        QVERIFY(evidence);
        QVERIFY(!evidenceSentence(*evidence).english().empty());
        QCOMPARE(assessment.referenceVerdict().verdict == VerdictClass::Withheld,
                 std::any_of(assessment.referenceGates().begin(), assessment.referenceGates().end(),
                             [](const GateResult& result) { return result.state == GateState::Fail; }));
    }

    /// Gate 3 against a typed TPOT (taken for the clean round's).
    void tpot_data()
    {
        QTest::addColumn<bool>("nsys");
        QTest::addColumn<double>("tpot");
        QTest::addColumn<double>("tokens");
        QTest::addColumn<int>("state");
        const auto row = [](const char* name, bool nsys, double tpot, double tokens, GateState state) {
            QTest::newRow(name) << nsys << tpot << tokens << static_cast<int>(state);
        };
        row("agrees", true, 6.21, 2.11, GateState::Pass);
        row("not entered", true, 0.0, 0.0, GateState::Unknown);
        row("tokens per step not entered", true, 13.1, 0.0, GateState::Warn);
        row("half of it: a factor", true, 6.555, 1.0, GateState::Fail);
        row("twice of it: a factor", true, 26.2, 1.0, GateState::Fail);
        row("trace faster than the truth", true, 16.0, 1.0, GateState::Fail);
        row("slower than the clean round: the profiler's cost", false, 10.5, 1.0, GateState::Warn);
        row("less than a token a step", true, 26.2, 0.5, GateState::Fail);
    }
    void tpot()
    {
        QFETCH(bool, nsys);
        QFETCH(double, tpot);
        QFETCH(double, tokens);
        QFETCH(int, state);
        const std::shared_ptr<const TraceIndex> index = open(cleanLoop(), nsys);
        DriverNumbers driver;
        if (tpot > 0.0)
            driver.tpotMilliseconds = tpot;
        if (tokens > 0.0)
            driver.tokensPerStep = tokens;
        const Assessment assessment =
            assessWindow(*index, index->automaticWindow(DeviceId(0)), DeviceId(0), driver);
        QCOMPARE(static_cast<int>(gateOf(assessment, GateId::ReconcilesWithTpot).state), state);
    }

private:
    std::shared_ptr<const TraceIndex> open(const support::LoopDescription& loop, bool nsys)
    {
        const support::GeneratedTrace trace = support::generateLoop(loop);
        const std::string path = m_folder.filePath(QStringLiteral("trace%1").arg(++m_files)).toStdString();
        if (nsys)
            support::writeNsys(trace, path, {});
        else
            support::writeKineto(trace, path, {});
        NoProgress progress;
        auto imported = importTrace(path, progress);
        if (!imported)
            qFatal("%s", imported.error().detail.c_str());
        return *TraceIndex::build(std::make_shared<const Trace>(std::move(*imported)),
                                  KernelClassifier::standard(), progress);
    }
    static const GateResult& gateOf(const Assessment& assessment, GateId id)
    {
        for (const GateResult& result : assessment.referenceGates()) {
            if (result.gate == id)
                return result;
        }
        qFatal("no such gate");
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestGates)
#include "tst_gates.moc"
