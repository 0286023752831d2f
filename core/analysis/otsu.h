#pragma once

#include <cstddef>
#include <span>

namespace stepscope {

/// Sorted values divided in two: [0, at) and [at, n).
struct Division {
    std::size_t at = 0;     ///< 0 when all values are equal
    double explained = 0.0; ///< between-class over total variance: 0.64 for one bell, 0.75 for a flat stretch
};

/// Otsu's division: the one that explains most of the variance. O(n).
Division divideInTwo(std::span<const double> sorted);

} // namespace stepscope
