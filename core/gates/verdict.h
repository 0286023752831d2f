#pragma once

#include "core/analysis/kernelclassifier.h"
#include "core/analysis/windowanalysis.h"
#include "core/gates/gate.h"

#include <optional>
#include <vector>

namespace stepscope {

/// definitions.md §9.
enum class VerdictClass : std::uint8_t {
    Withheld,
    OwnerUnknown,
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
};

/// Shares of the summed clean steps.
struct VerdictShares {
    double host = 0.0;
    double comm = 0.0;
    double kernel = 0.0; ///< compute, graph spans and the gaps inside graphs
    double device = 0.0;
    double other = 0.0; ///< exposed memory, micro, profiler, unattributed, clock fault
};

/// The share whose line decides.
enum class VerdictSide : std::uint8_t { Host, Comm, Kernel, Device };

struct Verdict {
    VerdictClass verdict = VerdictClass::Withheld;
    VerdictShares shares;
    bool isStrong = false;          ///< host-bound beyond `hostStrong`
    std::vector<GateId> withheldBy; ///< gates that failed
    /// What the deciding share would be without the failed gates: shown beside "withheld", never instead of
    /// it.
    VerdictClass wouldBe = VerdictClass::Balanced;
    /// The share that decides, the line at which the class flips, and how far the share lies above it as time
    /// per step; below it (negative) where no class holds.
    VerdictSide decidingSide = VerdictSide::Host;
    double decidingShare = 0.0;
    double decidingLine = 0.0;
    Duration marginPerStep = Duration::zero();
    /// The kernel family that holds most of the kernel share, and its part of it. nullopt when none holds
    /// `thresholds.family`, and when graphs hide it.
    std::optional<KernelClass> family;
    double familyShare = 0.0;
    bool isInsideGraphs = false; ///< graph spans stand for kernels: no family can be told
    VerdictThresholds thresholds;
};

/// Pure. `gates` are those of the same device and window.
Verdict decideVerdict(const StepBudget& budget, const std::vector<GateResult>& gates,
                      const VerdictThresholds& thresholds = {});

} // namespace stepscope
