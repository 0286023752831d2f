#include "core/gates/verdict.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

VerdictShares sharesOf(const StepBudget& budget)
{
    const auto share = [&budget](TimeClass timeClass) { return budget.share(budget.of(timeClass).total); };
    VerdictShares shares;
    shares.host = budget.share(budget.host.total);
    shares.comm = share(TimeClass::ExposedComm);
    shares.kernel =
        budget.share(budget.of(TimeClass::Compute).total + budget.of(TimeClass::GraphOpaque).total +
                     budget.of(TimeClass::InGraph).total);
    shares.device = share(TimeClass::Device);
    shares.other =
        budget.share(budget.of(TimeClass::ExposedMemory).total + budget.of(TimeClass::Micro).total +
                     budget.of(TimeClass::Profiler).total + budget.of(TimeClass::Unattributed).total +
                     budget.of(TimeClass::ClockFault).total);
    return shares;
}

/// Nothing where neither a TPOT nor the kind of profiler speaks of a slowdown.
void addRobustInterval(Verdict& verdict, const StepBudget& budget, const VerdictEvidence& evidence)
{
    const VerdictThresholds& at = verdict.thresholds;
    if (!evidence.slowdown && !evidence.isKineto)
        return;
    verdict.isSlowdownAssumed = !evidence.slowdown;
    verdict.slowdown =
        evidence.slowdown.value_or(evidence.hasStacks ? at.assumedSlowdownStacks : at.assumedSlowdown);
    const double cadence =
        static_cast<double>(budget.cadence.total.count()) / static_cast<double>(budget.steps);
    const auto interval = [&](Duration host) {
        const TracedStep step{verdict.shares, cadence, budget.share(host) * cadence};
        return verdict.isSlowdownAssumed ? assumedInterval(step, verdict.slowdown, at)
                                         : robustInterval(step, cadence / verdict.slowdown, at);
    };
    verdict.robust = interval(budget.host.total);
    if (evidence.isKineto)
        verdict.robustBetweenSteps = interval(budget.hostBetweenSteps);
}

/// definitions.md §9: only a trace that the profiler visibly slowed, or may have slowed, is held back.
bool needsLowOverhead(const Verdict& verdict)
{
    return verdict.robust && !verdict.robust->isRobust() &&
           (verdict.isSlowdownAssumed || verdict.slowdown > verdict.thresholds.slowdown);
}

void nameFamily(Verdict& verdict, const StepBudget& budget)
{
    verdict.isInsideGraphs = budget.of(TimeClass::GraphOpaque).total > Duration::zero();
    const Duration kernels = budget.of(TimeClass::Compute).total + budget.of(TimeClass::InGraph).total;
    if (verdict.isInsideGraphs || kernels == Duration::zero())
        return;
    const KernelClass largest = budget.families.largest();
    const double share =
        static_cast<double>(budget.families[largest].count()) / static_cast<double>(kernels.count());
    if (share < verdict.thresholds.family)
        return;
    verdict.family = largest;
    verdict.familyShare = std::min(share, 1.0);
}

} // namespace

Verdict decideVerdict(const StepBudget& budget, const std::vector<GateResult>& gates,
                      const VerdictEvidence& evidence, const VerdictThresholds& thresholds)
{
    Verdict verdict;
    verdict.thresholds = thresholds;
    verdict.shares = sharesOf(budget);
    const double idle = budget.share(budget.idle.total);
    const double unattributed = budget.share(budget.of(TimeClass::Unattributed).total);
    const ShareDecision decision = decideShares(verdict.shares, thresholds);
    const bool isOwnerUnknown = idle >= thresholds.host && unattributed > thresholds.unattributed * idle;
    if (budget.steps > 0)
        addRobustInterval(verdict, budget, evidence);
    verdict.wouldBe = decision.verdict;
    if (isOwnerUnknown)
        verdict.wouldBe = VerdictClass::OwnerUnknown;
    else if (needsLowOverhead(verdict))
        verdict.wouldBe = VerdictClass::NeedsLowOverhead;
    verdict.isStrong =
        verdict.wouldBe == VerdictClass::HostBound && verdict.shares.host >= thresholds.hostStrong;
    verdict.decidingSide = decision.side;
    verdict.decidingShare = decision.share;
    verdict.decidingLine = decision.line;
    nameFamily(verdict, budget);
    if (budget.steps > 0) {
        const double step =
            static_cast<double>(budget.cadence.total.count()) / static_cast<double>(budget.steps);
        verdict.marginPerStep = Duration(std::llround((decision.share - decision.line) * step));
    }
    for (const GateResult& gate : gates) {
        if (gate.state == GateState::Fail)
            (gate.isOverridden() ? verdict.overridden : verdict.withheldBy).push_back(gate.gate);
    }
    verdict.verdict =
        verdict.withheldBy.empty() && budget.steps > 0 ? verdict.wouldBe : VerdictClass::Withheld;
    return verdict;
}

} // namespace stepscope
