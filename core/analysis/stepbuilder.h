#pragma once

#include "core/analysis/stepindex.h"
#include "core/analysis/stepmarker.h"

#include <optional>
#include <vector>

namespace stepscope {

/// Where steps begin, before they are told apart.
struct StepBoundaries {
    StepSource source = StepSource::None;
    bool isWeak = false;
    std::vector<TimePoint> begins;
    std::vector<std::optional<StepTokens>> tokens; ///< by boundary; empty where the source names none
};

/// Makes steps of boundaries: measures each, adds the lead-in and the tail, tells decode from prefill, lull
/// and edge (definitions.md §4). The steady stretch is left to choose. O(n log n).
StepIndex buildSteps(const ActivityTable& work, const DeviceOccupancy& occupancy,
                     const OperationSequence& sequence, StepBoundaries boundaries);

} // namespace stepscope
