#pragma once

#include "core/analysis/step.h"

#include <optional>
#include <span>
#include <vector>

namespace stepscope {

/// How much the cadence changes from the begin to the end of a window, as a share of its median: the slope of
/// the line through the medians of consecutive groups of steps; 0 where it is within twice its own
/// uncertainty. nullopt with fewer than 20 steps. `cadences` in time order. O(n).
std::optional<double> cadenceDrift(std::span<const Duration> cadences);

} // namespace stepscope
