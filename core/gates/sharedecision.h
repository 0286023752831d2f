#pragma once

#include <cstdint>

namespace stepscope {

/// definitions.md §9.
enum class VerdictClass : std::uint8_t {
    Withheld,
    OwnerUnknown,
    NeedsLowOverhead, ///< the ends of the robust interval disagree
    HostBound,
    CommBound,
    KernelBound,
    DependencyBound,
    Balanced,
    MixedLeaningHost,
    MixedLeaningComm,
    MixedLeaningKernel,
};

/// Defaults of definitions.md; printed with the result they produced.
struct VerdictThresholds {
    double host = 0.50;
    double hostStrong = 0.67;
    double comm = 0.35;
    double kernel = 0.65;
    double device = 0.25;
    double leaning = 0.03;
    double unattributed = 0.20; ///< of idle
    double family = 0.30;       ///< of the kernel share: from here on a family is named
    double slowdown = 1.10;     ///< ρ above which both ends of the robust interval must agree
    /// How slow the PyTorch profiler is taken to make a server where no TPOT says it: measured were 1.08 to
    /// 1.29, and up to 1.43 with stacks or shapes (definitions.md §8).
    double assumedSlowdown = 1.30;
    double assumedSlowdownStacks = 1.50;

    friend bool operator==(const VerdictThresholds&, const VerdictThresholds&) = default;
};

/// Shares of the summed clean steps.
struct VerdictShares {
    double host = 0.0;
    double comm = 0.0;
    double kernel = 0.0; ///< compute, graph spans and the gaps inside graphs
    double device = 0.0;
    double other = 0.0; ///< exposed memory, micro, profiler, unattributed, clock fault

    friend bool operator==(const VerdictShares&, const VerdictShares&) = default;
};

/// The share whose line decides.
enum class VerdictSide : std::uint8_t { Host, Comm, Kernel, Device };

/// What shares alone say.
struct ShareDecision {
    VerdictClass verdict = VerdictClass::Balanced;
    VerdictSide side = VerdictSide::Host;
    double share = 0.0; ///< the deciding one
    double line = 0.0;  ///< where the class flips
};

/// Pure.
ShareDecision decideShares(const VerdictShares& shares, const VerdictThresholds& thresholds);

/// Whether two classes send the user the same way: equal, or one leans to what the other is.
bool pointsTheSameWay(VerdictClass a, VerdictClass b);

/// The class that the banner keeps while an edge of the window is dragged: `shown` until its share has moved
/// more than five points past its line (definitions.md §9), then `now`'s.
VerdictClass heldClass(VerdictClass shown, VerdictClass now, const VerdictShares& shares,
                       const VerdictThresholds& thresholds);

} // namespace stepscope
