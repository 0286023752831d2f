#pragma once

#include "core/base/time.h"
#include "core/base/timelookup.h"

#include <cstddef>
#include <span>
#include <vector>

namespace stepscope {

/// A set of time: disjoint, non-touching intervals in order, with sums before each few of them, so that the
/// time covered inside any window is two searches. Immutable; safe to read from any thread.
class IntervalUnion {
public:
    IntervalUnion() = default;

    /// Intervals may overlap, touch and come in any order; empty ones are ignored.
    /// O(n) when they are sorted by begin, else O(n log n).
    static IntervalUnion fromIntervals(std::vector<TimeRange> intervals);

    std::size_t size() const { return m_ranges.size(); }
    bool isEmpty() const { return m_ranges.empty(); }
    const TimeRange& operator[](std::size_t index) const { return m_ranges[index]; }
    std::span<const TimeRange> ranges() const { return m_ranges; }
    Duration total() const { return m_total; }
    /// From the first begin to the last end.
    TimeRange extent() const;

    /// Covered time inside `window`. As firstEndingAfter().
    Duration coveredIn(TimeRange window) const;
    /// Covered time before `time`. As firstEndingAfter().
    Duration coveredBefore(TimePoint time) const;
    /// The first interval that ends after `time`. A few memory accesses, see TimeLookup; O(log n) at worst.
    std::size_t firstEndingAfter(TimePoint time) const;
    bool contains(TimePoint time) const;

    /// Set operations, O(n + m).
    IntervalUnion unitedWith(const IntervalUnion& other) const;
    IntervalUnion intersectedWith(const IntervalUnion& other) const;
    IntervalUnion without(const IntervalUnion& other) const;
    /// What is not covered inside `window`.
    IntervalUnion complementIn(TimeRange window) const;

    friend bool operator==(const IntervalUnion& a, const IntervalUnion& b)
    {
        return a.m_ranges == b.m_ranges;
    }

private:
    explicit IntervalUnion(std::vector<TimeRange> disjoint);

    std::vector<TimeRange> m_ranges;
    static constexpr std::size_t blockSize = 8;

    std::vector<Duration> m_before; // covered time before each block of m_ranges
    Duration m_total = Duration::zero();
    TimeLookup m_ends;
};

} // namespace stepscope
