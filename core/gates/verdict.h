#pragma once

#include "core/analysis/kernelclassifier.h"
#include "core/analysis/windowanalysis.h"
#include "core/gates/gate.h"
#include "core/gates/robustinterval.h"
#include "core/gates/sharedecision.h"

#include <optional>
#include <vector>

namespace stepscope {

/// How much the profiler may have changed what the shares say.
struct VerdictEvidence {
    std::optional<double> slowdown; ///< ρ against the clean round, where its TPOT is known
    bool isKineto = false;
    bool hasStacks = false;
};

struct Verdict {
    VerdictClass verdict = VerdictClass::Withheld;
    VerdictShares shares;
    bool isStrong = false;          ///< host-bound beyond `hostStrong`
    std::vector<GateId> withheldBy; ///< gates that failed and are not overridden
    std::vector<GateId> overridden; ///< gates that failed and do not withhold: exports carry the reasons
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
    /// What the host's share can be without the profiler; none where nothing tells how slow it made the
    /// server, and it need not be assumed.
    std::optional<RobustInterval> robust;
    /// The same if the profiler lengthened the gap between steps alone: shown beside it, decides nothing.
    std::optional<RobustInterval> robustBetweenSteps;
    bool isSlowdownAssumed = false; ///< no TPOT: a slowdown of the thresholds stands in for ρ
    double slowdown = 1.0;          ///< ρ in use
    VerdictThresholds thresholds;
};

/// Pure. `gates` are those of the same device and window.
Verdict decideVerdict(const StepBudget& budget, const std::vector<GateResult>& gates,
                      const VerdictEvidence& evidence = {}, const VerdictThresholds& thresholds = {});

} // namespace stepscope
