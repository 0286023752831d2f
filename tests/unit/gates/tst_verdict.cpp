#include "core/gates/verdict.h"

#include <QTest>

using namespace stepscope;

namespace {

/// A budget of 100 equal steps of 10 ms with the given shares in thousandths.
StepBudget budgetOf(std::initializer_list<std::pair<TimeClass, int>> shares)
{
    constexpr std::size_t steps = 100;
    constexpr Duration step = std::chrono::milliseconds(10);
    StepBudget budget;
    budget.steps = steps;
    budget.cadence.total = step * steps;
    for (const auto& [timeClass, thousandths] : shares) {
        const Duration total = budget.cadence.total / 1000 * thousandths;
        budget.classes[static_cast<std::size_t>(timeClass)].total = total;
        (isBusy(timeClass) ? budget.busy : budget.idle).total += total;
        budget.host.total += isHost(timeClass) ? total : Duration::zero();
    }
    return budget;
}

GateResult gate(GateId id, GateState state)
{
    GateResult result;
    result.gate = id;
    result.state = state;
    return result;
}

} // namespace

/// The class table of definitions.md §9, at and around its lines.
class TestVerdict : public QObject {
    Q_OBJECT

private slots:
    void classes_data()
    {
        QTest::addColumn<int>("compute");
        QTest::addColumn<int>("comm");
        QTest::addColumn<int>("host");
        QTest::addColumn<int>("device");
        QTest::addColumn<int>("unattributed");
        QTest::addColumn<int>("expected");
        const auto row = [](const char* name, int compute, int comm, int host, int device, int unattributed,
                            VerdictClass verdict) {
            QTest::newRow(name) << compute << comm << host << device << unattributed
                                << static_cast<int>(verdict);
        };
        row("the worked example", 130, 0, 870, 0, 0, VerdictClass::HostBound);
        row("fast loop", 700, 0, 300, 0, 0, VerdictClass::KernelBound);
        row("comm 0.576", 144, 576, 280, 0, 0, VerdictClass::CommBound);
        row("comm holds by its share of the GPU work, near its line", 200, 330, 470, 0, 0,
            VerdictClass::MixedLeaningComm);
        row("comm half of the GPU work", 260, 300, 440, 0, 0, VerdictClass::CommBound);
        row("kernel at its line", 650, 0, 350, 0, 0, VerdictClass::MixedLeaningKernel);
        row("kernel well above", 690, 0, 310, 0, 0, VerdictClass::KernelBound);
        row("just below half host", 470, 0, 480, 0, 0, VerdictClass::MixedLeaningHost);
        row("just above half host", 470, 0, 525, 0, 0, VerdictClass::MixedLeaningHost);
        row("clearly host", 450, 0, 540, 0, 0, VerdictClass::HostBound);
        row("dependency", 450, 0, 250, 300, 0, VerdictClass::DependencyBound);
        row("balanced", 500, 0, 451, 0, 0, VerdictClass::Balanced);
        row("idle of unknown owner", 130, 0, 400, 0, 470, VerdictClass::OwnerUnknown);
        row("a little unattributed idle is no obstacle", 130, 0, 800, 0, 70, VerdictClass::HostBound);
    }
    void classes()
    {
        QFETCH(int, compute);
        QFETCH(int, comm);
        QFETCH(int, host);
        QFETCH(int, device);
        QFETCH(int, unattributed);
        QFETCH(int, expected);
        const StepBudget budget = budgetOf({{TimeClass::Compute, compute},
                                            {TimeClass::ExposedComm, comm},
                                            {TimeClass::Untraced, host},
                                            {TimeClass::Device, device},
                                            {TimeClass::Unattributed, unattributed}});
        const Verdict verdict = decideVerdict(budget, {});
        QCOMPARE(static_cast<int>(verdict.verdict), expected);
        QCOMPARE(static_cast<int>(verdict.wouldBe), expected);
    }

    void marginSaysHowFar()
    {
        const Verdict verdict =
            decideVerdict(budgetOf({{TimeClass::Compute, 130}, {TimeClass::Untraced, 870}}), {});
        QCOMPARE(verdict.marginPerStep, Duration(3'700'000)); // 0.87 − 0.50 of 10 ms
        QVERIFY(verdict.isStrong);
    }

    /// The gaps inside graphs count with the kernels, so that graph and node level read alike.
    void inGraphCountsAsKernel()
    {
        const Verdict verdict = decideVerdict(
            budgetOf({{TimeClass::Compute, 600}, {TimeClass::InGraph, 120}, {TimeClass::Untraced, 280}}), {});
        QCOMPARE(verdict.verdict, VerdictClass::KernelBound);
        QVERIFY(qFuzzyCompare(verdict.shares.kernel, 0.72));
    }

    /// From 30 % of the kernel share on a family is named; communication is none.
    void namesTheFamily_data()
    {
        QTest::addColumn<int>("attention");
        QTest::addColumn<int>("gemm");
        QTest::addColumn<int>("opaque");
        QTest::addColumn<QString>("family");
        QTest::newRow("attention") << 330 << 240 << 0 << QStringLiteral("attn");
        QTest::newRow("at the line") << 240 << 100 << 0 << QStringLiteral("attn");
        QTest::newRow("below the line") << 239 << 238 << 0 << QString();
        QTest::newRow("graph spans hide it") << 330 << 240 << 1 << QString();
    }
    void namesTheFamily()
    {
        QFETCH(int, attention);
        QFETCH(int, gemm);
        QFETCH(int, opaque);
        QFETCH(QString, family);
        StepBudget budget = budgetOf({{TimeClass::Compute, 700 - opaque},
                                      {TimeClass::GraphOpaque, opaque},
                                      {TimeClass::InGraph, 100},
                                      {TimeClass::Untraced, 200}});
        const Duration thousandth = budget.cadence.total / 1000;
        budget.families[KernelClass::Attention] = thousandth * attention;
        budget.families[KernelClass::MatrixMultiply] = thousandth * gemm;
        budget.families[KernelClass::Communication] = thousandth * 700;
        const Verdict verdict = decideVerdict(budget, {});
        QCOMPARE(verdict.verdict, VerdictClass::KernelBound);
        QCOMPARE(verdict.family ? QString::fromUtf8(kernelClassWord(*verdict.family).data()) : QString(),
                 family);
        QCOMPARE(verdict.isInsideGraphs, opaque > 0);
        if (verdict.family)
            QCOMPARE(verdict.familyShare, static_cast<double>(attention) / 800.0);
    }

    /// The line printed is the one at which the class would flip.
    void marginOfEachClass()
    {
        const Verdict comm = decideVerdict(
            budgetOf({{TimeClass::Compute, 144}, {TimeClass::ExposedComm, 576}, {TimeClass::Untraced, 280}}),
            {});
        QCOMPARE(comm.decidingSide, VerdictSide::Comm);
        QCOMPARE(comm.decidingLine, 0.144); // below the kernels' share it no longer outweighs them
        QCOMPARE(comm.marginPerStep, Duration(4'320'000));
        const Verdict balanced =
            decideVerdict(budgetOf({{TimeClass::Compute, 500}, {TimeClass::Untraced, 451}}), {});
        QCOMPARE(balanced.verdict, VerdictClass::Balanced);
        QCOMPARE(balanced.decidingSide, VerdictSide::Host); // 0.049 away; the kernels are 0.15 away
        QCOMPARE(balanced.marginPerStep, Duration(-490'000));
    }

    void aFailedGateWithholds()
    {
        const StepBudget budget = budgetOf({{TimeClass::Compute, 130}, {TimeClass::Untraced, 870}});
        const Verdict withheld = decideVerdict(budget, {gate(GateId::CleanDriver, GateState::Fail),
                                                        gate(GateId::CaptureQuality, GateState::Warn)});
        QCOMPARE(withheld.verdict, VerdictClass::Withheld);
        QCOMPARE(withheld.wouldBe, VerdictClass::HostBound);
        QCOMPARE(withheld.withheldBy.size(), std::size_t{1});
        QCOMPARE(withheld.withheldBy.front(), GateId::CleanDriver);
        const Verdict warned = decideVerdict(budget, {gate(GateId::CaptureQuality, GateState::Warn),
                                                      gate(GateId::ReconcilesWithTpot, GateState::Unknown)});
        QCOMPARE(warned.verdict, VerdictClass::HostBound);
        QCOMPARE(decideVerdict(StepBudget{}, {}).verdict, VerdictClass::Withheld); // no step, no verdict
    }
};

QTEST_APPLESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
