#pragma once

#include "core/analysis/stepindex.h"

#include <cstdint>
#include <vector>

namespace stepscope {

/// What gate 4 asks of a window: up to here its steps are even …
inline constexpr double evenSpread = 0.35;
/// … and from here on it fails.
inline constexpr double unevenSpread = 0.70;

/// What the strip under the ruler shows of one step.
struct StepStability {
    TimeRange range;
    /// (P90 − P10) / median cadence of the decode steps up to 8 steps before and after, each over the median
    /// of its own kind in a mixture; negative when there are fewer than 5.
    double spread = -1.0;
    /// Requests that decode; −1 where no annotation says.
    std::int64_t batch = -1;
    StepKind kind = StepKind::Decode;

    friend bool operator==(const StepStability&, const StepStability&) = default;
};

/// How steady a loop is, step by step. Immutable; safe to read from any thread.
struct Stability {
    std::vector<StepStability> steps; ///< as StepIndex::steps
    std::vector<TimePoint> prefills;  ///< where prefill and mixed steps begin
    std::int64_t largestBatch = -1;
};

/// Once per trace. O(n log w) comparisons, w being the 17 steps of the rolling window.
Stability stabilityOf(const StepIndex& index);

} // namespace stepscope
