#pragma once

#include "core/analysis/deviceoccupancy.h"

#include <optional>
#include <vector>

namespace stepscope {

/// Gaps of two kinds: where a step has one large gap, the large kind lies between steps. `threshold` is the
/// shortest of them.
struct GapClusters {
    Duration threshold = Duration::zero();
    std::size_t longGaps = 0;
};

/// Divides the gaps by Otsu's method on the logarithm of their length; nullopt unless they are clearly of two
/// kinds: the division explains most of the variance and the kinds lie a factor of ten apart. O(n log n).
std::optional<GapClusters> clusterGaps(const GapIndex& gaps);

/// The last resort of definitions.md §4 C: steps begin after the long gaps, if there are eight and they recur
/// evenly over the trace. Right only where a step has one large gap, so always weak. Empty when there are
/// none.
std::vector<TimePoint> boundariesByGaps(const ActivityTable& work, const DeviceOccupancy& occupancy);

} // namespace stepscope
