#include "core/report/verdicttext.h"
#include "tests/support/closedform.h"
#include "tests/support/stepbuilder.h"
#include "tests/unit/gates/loopfile.h"

#include <QTest>

using namespace stepscope;
namespace support = stepscope::testsupport;

namespace {

LoopFile fileOf(support::LoopDescription loop, bool isNsys = true)
{
    LoopFile file;
    file.loop = std::move(loop);
    file.isNsys = isNsys;
    file.loop.ranks.front().segments.front().count = 40;
    return file;
}

/// Kernels of `busy` µs without a hole, then `gap` µs of host.
support::LoopDescription plainLoop(support::Nanos busy, support::Nanos gap)
{
    support::StepSpec step;
    step.launches = {support::graphReplay(11, support::decoderNodes({4, 1000 * (busy - 200), 0, 0}))};
    support::addSamplingWithHiddenCopy(step, 150'000);
    support::setHostGap(step, 1000 * gap, {});
    support::LoopDescription loop;
    loop.ranks = {support::rankLoop(0, {{step, 40, 0, {}}})};
    return loop;
}

LoopFile worked()
{
    return fileOf(support::workedStepCase().loop);
}

LoopFile commBound()
{
    return fileOf(support::exposedCommCase().loop);
}

LoopFile kernelBound()
{
    return fileOf(support::fastLoopCase().loop);
}

LoopFile balanced()
{
    return fileOf(plainLoop(6000, 4000));
}

LoopFile mixed()
{
    return fileOf(plainLoop(5200, 4800));
}

/// The second graph is launched 1.95 ms before it runs: the GPU waits for something else than the host.
LoopFile dependencyBound()
{
    LoopFile file = fileOf(plainLoop(2800, 1200));
    support::LaunchSpec second = support::graphReplay(12, support::decoderNodes({2, 1'000'000, 0, 0}));
    second.gap = 2'000'000;
    second.lead = 1'950'000;
    second.callDuration = 10'000;
    support::StepSpec& step = file.loop.ranks.front().segments.front().step;
    step.launches.insert(step.launches.begin() + 1, second);
    return file;
}

LoopFile ownerUnknown()
{
    LoopFile file = worked();
    file.loop.hostRows = {false, false, false};
    return file;
}

LoopFile needsLowOverhead()
{
    return fileOf(plainLoop(4400, 5600), false);
}

LoopFile sevenSteps()
{
    LoopFile file = worked();
    file.loop.ranks.front().segments.front().count = 7;
    support::annotate(file.loop, support::AnnotationStyle::VllmContext); // too few to find them by repetition
    return file;
}

struct Example {
    const char* name;
    LoopFile (*file)();
    double tpot; ///< of the clean round, 0: not known
    double tokens;
    VerdictClass verdict;
    const char* sentence;
    const char* margin;
};

const Example examples[] = {
    {"the worked example", worked, 6.21, 2.11, VerdictClass::HostBound,
     "GPU 0 waits 11.40 of every 13.11 ms step for the host. It is busy 13 %, so tuning kernels cannot move "
     "more than that.",
     "host share 87.0 %, flips below 50 %: needs −4.84 ms per step"},
    {"comm-bound", commBound, 0.0, 0.0, VerdictClass::CommBound,
     "GPU 0 spends 7.20 of every 12.50 ms step in communication that no kernel hides (58 %).",
     "share of exposed communication 57.6 %, flips below 14 %: needs −5.40 ms per step"},
    {"kernel-bound", kernelBound, 0.0, 0.0, VerdictClass::KernelBound,
     "GPU 0 runs kernels for 2.80 of every 4.00 ms step (70 %), above all matrix multiplication (66 % of "
     "that): only less GPU work makes it faster.",
     "kernel share 70.0 %, flips below 65 %: needs −200 µs per step"},
    {"dependency-bound", dependencyBound, 0.0, 0.0, VerdictClass::DependencyBound,
     "GPU 0 waits 1.93 of every 7.00 ms step for work that was launched long before: a dependency or another "
     "process on the GPU.",
     "share of GPU-side wait 27.6 %, flips below 25 %: needs −182 µs per step"},
    {"balanced", balanced, 0.0, 0.0, VerdictClass::Balanced,
     "No side dominates the 10.00 ms step of GPU 0: kernels 60 %, host 40 %.",
     "kernel share 60.0 %, flips from 65 % on: needs +500 µs per step"},
    {"mixed", mixed, 0.0, 0.0, VerdictClass::MixedLeaningHost,
     "No side dominates the 10.00 ms step of GPU 0: host 48 %, kernels 52 %, exposed communication 0 %.",
     "host share 48.0 %, flips from 50 % on: needs +200 µs per step"},
    {"owner unknown", ownerUnknown, 0.0, 0.0, VerdictClass::OwnerUnknown,
     "GPU 0 idles 11.40 of every 13.11 ms step, but the file does not hold the host calls that would say "
     "why: "
     "capture again with CPU rows.",
     ""},
    {"needs a low-overhead capture", needsLowOverhead, 0.0, 0.0, VerdictClass::NeedsLowOverhead,
     "The profiler may hide what holds GPU 0: if it makes the server up to 1.30 times slower, the host holds "
     "43 to 56 % of a step, from balanced to host-bound. Enter the TPOT of a round without it, or capture "
     "with Nsight Systems.",
     ""},
    {"needs it by its TPOT", needsLowOverhead, 10.0 / 1.3, 1.0, VerdictClass::NeedsLowOverhead,
     "The profiler hides what holds GPU 0: it made the server 1.30 times slower, and without it the host "
     "holds 43 to 73 % of a step, from balanced to host-bound. Capture with Nsight Systems.",
     ""},
    {"withheld", sevenSteps, 0.0, 0.0, VerdictClass::Withheld,
     "No verdict: gate 4 (Capture quality) fails: only 5 repeating steps in the window, 20 are needed: widen "
     "the window or capture longer.",
     ""},
};

} // namespace

/// One loop for each class of definitions.md §9, and the words that a user reads.
class TestVerdictExamples : public QObject {
    Q_OBJECT

private slots:
    void classAndSentence_data()
    {
        QTest::addColumn<int>("row");
        for (int i = 0; i < static_cast<int>(std::size(examples)); ++i)
            QTest::newRow(examples[i].name) << i;
    }
    void classAndSentence()
    {
        QFETCH(int, row);
        const Example& example = examples[row];
        const std::shared_ptr<const TraceIndex> index = m_files.open(example.file());
        AssessmentInput input;
        if (example.tpot > 0.0) {
            input.driver.clean.tpotMilliseconds = example.tpot;
            input.driver.clean.tokensPerStep = example.tokens;
        }
        const Assessment assessment =
            assessWindow(*index, index->automaticWindow(DeviceId(0)), DeviceId(0), input);
        QCOMPARE(std::string(verdictWord(assessment.referenceVerdict().verdict)),
                 std::string(verdictWord(example.verdict)));
        QCOMPARE(QString::fromStdString(verdictSentence(assessment, *index).english()),
                 QString::fromUtf8(example.sentence));
        QCOMPARE(QString::fromStdString(marginSentence(assessment).english()),
                 QString::fromUtf8(example.margin));
    }

    void workedNumbers()
    {
        const std::shared_ptr<const TraceIndex> index = m_files.open(worked());
        AssessmentInput input;
        input.driver.clean.tpotMilliseconds = 6.21;
        input.driver.clean.tokensPerStep = 2.11;
        const Assessment assessment =
            assessWindow(*index, index->automaticWindow(DeviceId(0)), DeviceId(0), input);
        const Verdict& verdict = assessment.referenceVerdict();
        QVERIFY(verdict.isStrong);
        QCOMPARE(verdict.shares.host, 11.4 / 13.11);
        QCOMPARE(verdict.marginPerStep, Duration(4'845'000));
        const Reconciliation& numbers = assessment.referenceReconciliation();
        QCOMPARE(numbers.cadence, 13.11);
        QCOMPARE(*numbers.captureError, 13.11 / 2.11 / 6.21 - 1.0); // +0.05 %
        QVERIFY(*numbers.captureError > 0.0005 && *numbers.captureError < 0.0006);
        QCOMPARE(numbers.captureState, GateState::Pass);
        QCOMPARE(numbers.serverState, GateState::Pass);
    }

private:
    LoopFiles m_files;
};

QTEST_APPLESS_MAIN(TestVerdictExamples)
#include "tst_verdictexamples.moc"
