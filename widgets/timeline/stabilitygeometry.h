#pragma once

#include "widgets/timeline/stabilityranges.h"
#include "widgets/timeline/timeaxis.h"

#include <vector>

namespace stepscope {

/// One step, or all steps that touch one pixel column.
struct StabilityBar {
    double left = 0.0; ///< clipped to the axis
    double right = 0.0;
    double spread = -1.0; ///< the largest around its decode steps; negative where there is none
    std::int64_t leastBatch = -1;
    std::int64_t mostBatch = -1; ///< −1 where no annotation says

    friend bool operator==(const StabilityBar&, const StabilityBar&) = default;
};

/// A bar for each step in the axis' range while they are at least a pixel wide on average, else one for each
/// pixel column that holds some: no step's spread and no change of the batch is hidden. O(width · log n).
std::vector<StabilityBar> stabilityBars(const StabilityRanges& ranges, const TimeAxis& axis);

} // namespace stepscope
