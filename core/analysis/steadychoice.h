#pragma once

#include "core/analysis/cadencemixture.h"
#include "core/analysis/step.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace stepscope {

/// A steady stretch (definitions.md §4): its edges are boundaries.
struct SteadyStretch {
    TimeRange window;
    std::size_t steps = 0;
};

/// Why a part of the trace is not in the suggested window.
enum class LeftOutReason : std::uint8_t {
    NoSteps,        ///< no step was found at all
    OutsideWork,    ///< before the first or after the last GPU operation
    Edge,           ///< cut by the beginning or the end of the trace
    Prefill,        ///< only prompt tokens
    Mixed,          ///< prompt and decode tokens in one step
    Lull,           ///< a gap longer than three median steps
    OperationCount, ///< more or fewer operations than a decode step has
    OtherBatch,     ///< a steady run, with another number of requests
    ShorterRun,     ///< a steady run, and not the longest
    FirstOfRun,     ///< the run's first step, which may still carry what came before
    CutToLength,    ///< the run lasts longer than the 10 s that are enough
};

struct LeftOut {
    TimeRange range;
    LeftOutReason reason = LeftOutReason::NoSteps;
    std::size_t steps = 0; ///< in the range; 0 outside of GPU work

    friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

/// The suggested window of definitions.md §4, the next best, and what became of everything else.
struct SteadyChoice {
    std::optional<SteadyStretch> suggestion; ///< the longest run of clean, alike steps
    std::optional<SteadyStretch> runnerUp;   ///< the longest of the other runs, by the same rules
    /// In time order; neighbours with one reason are one. With the suggestion they cover the extent asked
    /// for exactly, without overlap.
    std::vector<LeftOut> leftOut;

    /// What is left out at `time`; null where that is the suggestion or outside of the extent. O(log n).
    const LeftOut* leftOutAt(TimePoint time) const;
};

/// A run's first step is left out, then it is cut to 10 s; fewer than 3 steps are no suggestion. `extent` may
/// reach beyond the steps. O(steps).
/// In a mixture a step is compared with the median operations of its own kind.
SteadyChoice chooseSteady(const std::vector<Step>& steps, TimeRange extent,
                          const std::optional<CadenceMixture>& mixture = {});

/// Whether a step has as many operations as the median one: within 20 %, or within 2.
bool isUsualCount(std::uint32_t operations, std::uint32_t median);

} // namespace stepscope
