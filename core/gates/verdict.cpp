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

/// Which classes' own rules hold (definitions.md §9), whatever their order.
struct Holding {
    bool host = false;
    bool comm = false;
    bool kernel = false;
    bool device = false;
};

Holding holdingOf(const VerdictShares& shares, const VerdictThresholds& at)
{
    Holding holding;
    holding.host = shares.host >= at.host;
    const double gpu = shares.comm + shares.kernel;
    holding.comm = (shares.comm >= at.comm && shares.comm > shares.kernel) ||
                   (gpu > 0.0 && shares.comm / gpu >= 0.5 && shares.host < at.host && shares.comm > 0.0);
    holding.kernel = shares.kernel >= at.kernel;
    holding.device = shares.device >= at.device;
    return holding;
}

struct Decision {
    VerdictClass verdict = VerdictClass::Balanced;
    VerdictSide side = VerdictSide::Host;
    double share = 0.0;
    double line = 0.0;
};

/// No class holds: the share that lies nearest below its line decides next.
Decision balanced(const VerdictShares& shares, const VerdictThresholds& at)
{
    Decision nearest{VerdictClass::Balanced, VerdictSide::Host, shares.host, at.host};
    for (const Decision& other :
         {Decision{VerdictClass::Balanced, VerdictSide::Kernel, shares.kernel, at.kernel},
          Decision{VerdictClass::Balanced, VerdictSide::Comm, shares.comm, at.comm},
          Decision{VerdictClass::Balanced, VerdictSide::Device, shares.device, at.device}}) {
        if (other.line - other.share < nearest.line - nearest.share)
            nearest = other;
    }
    return nearest;
}

Decision decide(const VerdictShares& shares, const VerdictThresholds& at)
{
    const Holding holding = holdingOf(shares, at);
    const auto isNear = [&at](double share, double line) { return std::abs(share - line) <= at.leaning; };
    if (isNear(shares.host, at.host) && !holding.comm && !holding.kernel && !holding.device)
        return {VerdictClass::MixedLeaningHost, VerdictSide::Host, shares.host, at.host};
    if (isNear(shares.comm, at.comm) && !holding.host && !holding.kernel && !holding.device)
        return {VerdictClass::MixedLeaningComm, VerdictSide::Comm, shares.comm, at.comm};
    if (isNear(shares.kernel, at.kernel) && !holding.host && !holding.comm && !holding.device)
        return {VerdictClass::MixedLeaningKernel, VerdictSide::Kernel, shares.kernel, at.kernel};
    if (holding.host)
        return {VerdictClass::HostBound, VerdictSide::Host, shares.host, at.host};
    if (holding.comm) // the host holds less than its line, so that communication need only outweigh kernels
        return {VerdictClass::CommBound, VerdictSide::Comm, shares.comm, shares.kernel};
    if (holding.kernel)
        return {VerdictClass::KernelBound, VerdictSide::Kernel, shares.kernel, at.kernel};
    if (holding.device)
        return {VerdictClass::DependencyBound, VerdictSide::Device, shares.device, at.device};
    return balanced(shares, at);
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
                      const VerdictThresholds& thresholds)
{
    Verdict verdict;
    verdict.thresholds = thresholds;
    verdict.shares = sharesOf(budget);
    const double idle = budget.share(budget.idle.total);
    const double unattributed = budget.share(budget.of(TimeClass::Unattributed).total);
    const Decision decision = decide(verdict.shares, thresholds);
    const bool isOwnerUnknown = idle >= thresholds.host && unattributed > thresholds.unattributed * idle;
    verdict.wouldBe = isOwnerUnknown ? VerdictClass::OwnerUnknown : decision.verdict;
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
            verdict.withheldBy.push_back(gate.gate);
    }
    verdict.verdict =
        verdict.withheldBy.empty() && budget.steps > 0 ? verdict.wouldBe : VerdictClass::Withheld;
    return verdict;
}

} // namespace stepscope
