#pragma once

#include "core/analysis/stepcolumn.h"

#include <optional>

namespace stepscope {

/// How much the cadence changes from the begin to the end of a stretch [first, last) of steps, as a share of
/// its median: the slope of the line through the medians of consecutive groups of steps; 0 where it is within
/// twice its own uncertainty. nullopt with fewer than 20 steps. O(log n).
std::optional<double> cadenceDrift(const StepColumn& cadences, std::size_t first, std::size_t last);

} // namespace stepscope
