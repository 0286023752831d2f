#include "core/gates/sharedecision.h"

#include <cmath>
#include <initializer_list>

namespace stepscope {

namespace {

constexpr double hysteresis = 0.05;

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

/// No class holds: the share that lies nearest below its line decides next.
ShareDecision balanced(const VerdictShares& shares, const VerdictThresholds& at)
{
    ShareDecision nearest{VerdictClass::Balanced, VerdictSide::Host, shares.host, at.host};
    for (const ShareDecision& other :
         {ShareDecision{VerdictClass::Balanced, VerdictSide::Kernel, shares.kernel, at.kernel},
          ShareDecision{VerdictClass::Balanced, VerdictSide::Comm, shares.comm, at.comm},
          ShareDecision{VerdictClass::Balanced, VerdictSide::Device, shares.device, at.device}}) {
        if (other.line - other.share < nearest.line - nearest.share)
            nearest = other;
    }
    return nearest;
}

} // namespace

ShareDecision decideShares(const VerdictShares& shares, const VerdictThresholds& at)
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

namespace {

/// What a class and its leaning form have in common.
VerdictClass plainClass(VerdictClass verdict)
{
    switch (verdict) {
    case VerdictClass::MixedLeaningHost:
        return VerdictClass::HostBound;
    case VerdictClass::MixedLeaningComm:
        return VerdictClass::CommBound;
    case VerdictClass::MixedLeaningKernel:
        return VerdictClass::KernelBound;
    default:
        return verdict;
    }
}

} // namespace

bool pointsTheSameWay(VerdictClass a, VerdictClass b)
{
    return plainClass(a) == plainClass(b);
}

VerdictClass heldClass(VerdictClass shown, VerdictClass now, const VerdictShares& shares,
                       const VerdictThresholds& thresholds)
{
    const bool isHeldBack = now == VerdictClass::Withheld || now == VerdictClass::OwnerUnknown ||
                            now == VerdictClass::NeedsLowOverhead;
    if (isHeldBack || shown == now)
        return now;
    // The same shares against lines that give way to what is shown, in both directions.
    for (const double shift : {-hysteresis, hysteresis}) {
        for (double VerdictThresholds::*const line :
             {&VerdictThresholds::host, &VerdictThresholds::comm, &VerdictThresholds::kernel,
              &VerdictThresholds::device}) {
            VerdictThresholds moved = thresholds;
            moved.*line += shift;
            if (decideShares(shares, moved).verdict == shown)
                return shown;
        }
    }
    return now;
}

} // namespace stepscope
