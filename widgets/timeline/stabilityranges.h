#pragma once

#include "core/analysis/stability.h"
#include "core/base/rangemaximum.h"

namespace stepscope {

/// Stability prepared for drawing: any stretch of steps tells its largest spread and its batches at once.
/// Immutable.
class StabilityRanges {
public:
    StabilityRanges() = default;
    /// O(n).
    explicit StabilityRanges(Stability stability);

    const Stability& stability() const { return m_stability; }
    /// Steps [first, last) that touch a range. O(log n).
    std::pair<std::size_t, std::size_t> touching(TimeRange range) const;
    /// The largest spread around a decode step of [first, last); negative when there is none. O(log n).
    double largestSpread(std::size_t first, std::size_t last) const;
    /// The fewest and the most requests that an annotation names; −1 when none does. O(log n).
    std::int64_t leastBatch(std::size_t first, std::size_t last) const;
    std::int64_t mostBatch(std::size_t first, std::size_t last) const;

private:
    Stability m_stability;
    RangeMaximum m_spread;
    RangeMaximum m_fewer; // batches with the sign turned
    RangeMaximum m_more;
};

} // namespace stepscope
