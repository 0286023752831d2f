#include "core/gates/robustinterval.h"
#include "core/gates/verdict.h"

#include <QTest>

using namespace stepscope;

namespace {

/// A step of host and kernels alone, in ms.
TracedStep stepOf(double cadence, double host)
{
    TracedStep step;
    step.cadence = cadence;
    step.host = host;
    step.shares.host = host / cadence;
    step.shares.kernel = 1.0 - step.shares.host;
    return step;
}

VerdictShares hostAndKernel(double host)
{
    VerdictShares shares;
    shares.host = host;
    shares.kernel = 1.0 - host;
    return shares;
}

/// A hundred steps of 10 ms, `kernel` thousandths of them compute, the rest host.
StepBudget budgetWith(int kernel)
{
    StepBudget budget;
    budget.steps = 100;
    budget.cadence.total = std::chrono::seconds(1);
    const Duration compute = budget.cadence.total / 1000 * kernel;
    budget.classes[static_cast<std::size_t>(TimeClass::Compute)].total = compute;
    budget.classes[static_cast<std::size_t>(TimeClass::Untraced)].total = budget.cadence.total - compute;
    budget.busy.total = compute;
    budget.idle.total = budget.host.total = budget.cadence.total - compute;
    budget.hostBetweenSteps = budget.host.total / 2;
    return budget;
}

} // namespace

/// What a step can be without the profiler (definitions.md §8), and what the verdict makes of it.
class TestRobustInterval : public QObject {
    Q_OBJECT

private slots:
    /// definitions.md §12, case 12.
    void caseTwelve()
    {
        const RobustInterval all = robustInterval(stepOf(76.0, 60.8), 13.1, {});
        QCOMPARE(all.hostLow, 0.0);
        QCOMPARE(all.hostHigh, 13.1); // busy lies between 0 and 13.1: it says nothing
        QCOMPARE(all.shareLow, 0.0);
        QCOMPARE(all.shareHigh, 1.0);
        QCOMPARE(all.atLow, VerdictClass::KernelBound);
        QCOMPARE(all.atHigh, VerdictClass::HostBound);
        QVERIFY(!all.isRobust());

        TracedStep between = stepOf(76.0, 60.8);
        between.host = 12.35;
        const RobustInterval gap = robustInterval(between, 13.1, {});
        QCOMPARE(gap.hostLow, 0.0);
        QCOMPARE(gap.hostHigh, 12.35);
        QCOMPARE(13.1 - gap.hostHigh, 0.75); // busy at least
        QCOMPARE(gap.shareHigh, 12.35 / 13.1);
    }

    void ends_data()
    {
        QTest::addColumn<double>("host");
        QTest::addColumn<double>("trueStep");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<int>("atLow");
        QTest::addColumn<int>("atHigh");
        const auto row = [](const char* name, double host, double trueStep, double low, double high,
                            VerdictClass atLow, VerdictClass atHigh) {
            QTest::newRow(name) << host << trueStep << low << high << static_cast<int>(atLow)
                                << static_cast<int>(atHigh);
        };
        row("the host alone may have grown", 8.0, 8.0, 6.0, 8.0, VerdictClass::HostBound,
            VerdictClass::HostBound);
        row("not slowed", 6.0, 10.0, 6.0, 6.0, VerdictClass::HostBound, VerdictClass::HostBound);
        row("a trace is not faster than the truth", 6.0, 14.0, 6.0, 6.0, VerdictClass::HostBound,
            VerdictClass::HostBound);
        row("ends disagree", 5.6, 8.0, 3.6, 5.6, VerdictClass::Balanced, VerdictClass::HostBound);
        row("leaning and bound agree", 5.6, 8.8, 4.4, 5.6, VerdictClass::MixedLeaningHost,
            VerdictClass::HostBound);
    }
    void ends()
    {
        QFETCH(double, host);
        QFETCH(double, trueStep);
        const RobustInterval interval = robustInterval(stepOf(10.0, host), trueStep, {});
        QTEST(interval.hostLow, "low");
        QTEST(interval.hostHigh, "high");
        QTEST(static_cast<int>(interval.atLow), "atLow");
        QTEST(static_cast<int>(interval.atHigh), "atHigh");
        QCOMPARE(interval.shareLow, interval.hostLow / std::min(trueStep, 10.0));
        QCOMPARE(interval.isRobust(),
                 interval.atLow == interval.atHigh || interval.atLow == VerdictClass::MixedLeaningHost);
    }

    /// From what the trace shows to a host that lost all of the slowdown.
    void assumed()
    {
        const RobustInterval host = assumedInterval(stepOf(10.0, 5.6), 1.25, {});
        QCOMPARE(host.hostLow, 3.6);
        QCOMPARE(host.hostHigh, 5.6);
        QCOMPARE(host.shareLow, 0.45);
        QCOMPARE(host.shareHigh, 0.56); // of the step as shown
        QCOMPARE(host.atLow, VerdictClass::Balanced);
        QCOMPARE(host.atHigh, VerdictClass::HostBound);
        const RobustInterval kernels = assumedInterval(stepOf(10.0, 1.0), 1.25, {});
        QCOMPARE(kernels.hostLow, 0.0); // cannot have lost more than it has
        QCOMPARE(kernels.shareHigh, 0.1);
        QVERIFY(kernels.isRobust());
    }

    /// The ends disagree at 1.09 and at 1.12 (kernels 61 to 70 %, 60 to 72 %): only beyond 1.10 that counts.
    void slowdownLine_data()
    {
        QTest::addColumn<double>("slowdown");
        QTest::addColumn<int>("verdict");
        QTest::newRow("1.00") << 1.0 << static_cast<int>(VerdictClass::MixedLeaningKernel);
        QTest::newRow("1.09") << 1.09 << static_cast<int>(VerdictClass::MixedLeaningKernel);
        QTest::newRow("1.10") << 1.10 << static_cast<int>(VerdictClass::MixedLeaningKernel);
        QTest::newRow("1.12") << 1.12 << static_cast<int>(VerdictClass::NeedsLowOverhead);
    }
    void slowdownLine()
    {
        QFETCH(double, slowdown);
        QFETCH(int, verdict);
        for (const bool isKineto : {false, true}) {
            const Verdict decided = decideVerdict(budgetWith(640), {}, {slowdown, isKineto, false});
            QCOMPARE(static_cast<int>(decided.verdict), verdict);
            QCOMPARE(decided.isSlowdownAssumed, false);
            QCOMPARE(decided.slowdown, slowdown);
            QCOMPARE(decided.robustBetweenSteps.has_value(), isKineto);
        }
    }

    /// Without a TPOT only the PyTorch profiler is suspected, more with stacks.
    void assumedSlowdown()
    {
        QVERIFY(!decideVerdict(budgetWith(300), {}, {std::nullopt, false, false}).robust);
        const Verdict plain = decideVerdict(budgetWith(300), {}, {std::nullopt, true, false});
        QCOMPARE(plain.slowdown, 1.30);
        QVERIFY(plain.isSlowdownAssumed);
        QCOMPARE(plain.robust->hostLow, 1e7 / 1.3 - 3e6);
        QCOMPARE(plain.robust->hostHigh, 7e6);
        QCOMPARE(plain.robustBetweenSteps->hostHigh, 3.5e6);
        const Verdict stacks = decideVerdict(budgetWith(300), {}, {std::nullopt, true, true});
        QCOMPARE(stacks.slowdown, 1.50);
        QCOMPARE(stacks.verdict, VerdictClass::HostBound); // 55 % at the least
    }

    /// Five points past the line of the class that is shown, in both directions; the band of "leaning" is
    /// three wide on either side of it.
    void held_data()
    {
        QTest::addColumn<int>("shown");
        QTest::addColumn<double>("host");
        QTest::addColumn<int>("kept");
        const auto row = [](const char* name, VerdictClass shown, double host, VerdictClass kept) {
            QTest::newRow(name) << static_cast<int>(shown) << host << static_cast<int>(kept);
        };
        row("host-bound, down to", VerdictClass::HostBound, 0.485, VerdictClass::HostBound);
        row("host-bound, below", VerdictClass::HostBound, 0.475, VerdictClass::MixedLeaningHost);
        row("balanced, up to", VerdictClass::Balanced, 0.515, VerdictClass::Balanced);
        row("balanced, above", VerdictClass::Balanced, 0.525, VerdictClass::MixedLeaningHost);
        row("mixed, down to", VerdictClass::MixedLeaningHost, 0.425, VerdictClass::MixedLeaningHost);
        row("mixed, below", VerdictClass::MixedLeaningHost, 0.415, VerdictClass::Balanced);
        row("mixed, up to", VerdictClass::MixedLeaningHost, 0.575, VerdictClass::MixedLeaningHost);
        row("mixed, above", VerdictClass::MixedLeaningHost, 0.585, VerdictClass::HostBound);
    }
    void held()
    {
        QFETCH(int, shown);
        QFETCH(double, host);
        const VerdictShares shares = hostAndKernel(host);
        const VerdictClass now = decideShares(shares, {}).verdict;
        QTEST(static_cast<int>(heldClass(static_cast<VerdictClass>(shown), now, shares, {})), "kept");
    }

    void whatWithholdsIsNeverHeldBack()
    {
        const VerdictShares shares = hostAndKernel(0.52);
        for (const VerdictClass now :
             {VerdictClass::Withheld, VerdictClass::OwnerUnknown, VerdictClass::NeedsLowOverhead})
            QCOMPARE(heldClass(VerdictClass::HostBound, now, shares, {}), now);
    }
};

QTEST_APPLESS_MAIN(TestRobustInterval)
#include "tst_robustinterval.moc"
