#pragma once

#include <cstddef>
#include <vector>

namespace stepscope {

/// Values of which any stretch is asked for its largest: one query for a pixel column, whatever the number of
/// values under it. Immutable; any thread.
class RangeMaximum {
public:
    RangeMaximum() = default;
    /// O(n), and as much memory again as the values take.
    explicit RangeMaximum(std::vector<double> values);

    /// The largest of [first, last); minus infinity when there is none. O(log n).
    double of(std::size_t first, std::size_t last) const;
    /// The first value from `from` on that is at least `least`, or the number of values. O(log distance).
    std::size_t firstAtLeast(double least, std::size_t from) const;
    /// The last value before `until` that is at least `least`, or the number of values. O(log distance).
    std::size_t lastAtLeast(double least, std::size_t until) const;
    /// Of what it holds beyond itself.
    std::size_t memoryBytes() const;

private:
    std::vector<std::vector<double>> m_levels; // each holds the larger of two of the level below
};

} // namespace stepscope
