#pragma once

#include "core/base/time.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace stepscope {

/// Where a percentile lies among durations in order of size: linear between order statistics (type 7), so
/// that the median of two values is their middle. One rule for every percentile of the program.
struct PercentilePlace {
    std::size_t below = 0; ///< places of the two values around it; the same for the largest value
    std::size_t above = 0;
    double part = 0.0; ///< of the way from one to the other

    /// `count` is not 0; `share` is within [0, 1].
    static PercentilePlace of(std::size_t count, double share)
    {
        const double position = share * static_cast<double>(count - 1);
        const auto below = static_cast<std::size_t>(position);
        return {below, std::min(below + 1, count - 1), position - std::floor(position)};
    }

    /// The percentile, rounded to the ns, from the values at the two places.
    Duration between(Duration valueBelow, Duration valueAbove) const
    {
        const auto apart = static_cast<double>((valueAbove - valueBelow).count());
        return valueBelow + Duration(std::llround(part * apart));
    }
};

} // namespace stepscope
