#pragma once

#include "core/analysis/waveletmatrix.h"
#include "core/base/time.h"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace stepscope {

/// Percentiles of a set of durations.
struct DurationSpread {
    Duration p10 = Duration::zero();
    Duration median = Duration::zero();
    Duration p90 = Duration::zero();
    Duration p99 = Duration::zero();

    friend bool operator==(const DurationSpread&, const DurationSpread&) = default;
};

/// One duration for each of a row of steps, such that any stretch [first, last) of them is summed in O(1) and
/// its order statistics are found in O(log n). Some 20 bytes a step; a column of zeros takes nothing.
/// Immutable; any thread.
class StepColumn {
public:
    StepColumn() = default;
    /// O(n log n).
    explicit StepColumn(std::span<const Duration> values);
    /// One that squaredDeviations() may be asked of: 16 bytes a step more.
    static StepColumn withSquares(std::span<const Duration> values);

    Duration operator[](std::size_t position) const { return sum(position, position + 1); }
    Duration sum(std::size_t first, std::size_t last) const
    {
        return m_before.empty() ? Duration::zero() : m_before[last] - m_before[first];
    }
    /// Σ (value − mean)² in ns², the mean rounded down to the ns: a sum of integers, so that the order of the
    /// steps cannot change the result. O(1), of a column made withSquares().
    double squaredDeviations(std::size_t first, std::size_t last) const;

    /// The value with `rank` smaller or equal ones before it; rank < last − first.
    Duration nth(std::size_t first, std::size_t last, std::size_t rank) const;
    /// The middle of each stretch [first, second), of two the later one; none may be empty.
    std::vector<Duration> upperMedians(std::span<const std::pair<std::size_t, std::size_t>> stretches) const;
    std::size_t countBelow(std::size_t first, std::size_t last, Duration value) const;
    /// Linear between order statistics (type 7), rounded to the ns; zero for no value.
    Duration percentile(std::size_t first, std::size_t last, double share) const;
    /// Four of them.
    DurationSpread spread(std::size_t first, std::size_t last) const;

private:
    std::vector<Duration> percentiles(std::size_t first, std::size_t last,
                                      std::span<const double> shares) const;

    __extension__ using WideInteger = unsigned __int128; // squares of ns do not fit into 64 bits

    std::vector<Duration> m_before;           // of the first i values; empty when all are zero
    std::vector<WideInteger> m_squaresBefore; // of the first i values; empty where nobody asks
    WaveletMatrix m_order;
};

} // namespace stepscope
