#pragma once

#include "core/analysis/stepindex.h"

#include <optional>
#include <vector>

namespace stepscope {

/// Where a gap lies among the steps of its device.
struct GapPlace {
    std::optional<std::size_t> step; ///< the one in which it begins, by its place in StepIndex::steps
    bool isBoundary = false;         ///< a step begins at its end or inside it
};

/// O(log n).
GapPlace placeOf(const StepIndex& steps, TimeRange gap);

/// The longest `most` gaps that lie wholly inside the window, longest first, of equals the earlier.
/// O(gaps in the window · log most).
std::vector<TimeRange> longestGaps(const GapIndex& gaps, TimeRange window, std::size_t most);

} // namespace stepscope
