#pragma once

#include "core/base/time.h"

#include <cstddef>
#include <span>
#include <vector>

namespace stepscope {

/// A set of time: disjoint, non-touching intervals in order, with prefix sums, so that the time covered
/// inside any window is two binary searches. Immutable; safe to read from any thread.
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
    Duration total() const
    {
        return m_ranges.empty() ? Duration::zero() : m_before.back() + m_ranges.back().duration();
    }
    /// From the first begin to the last end.
    TimeRange extent() const;

    /// Covered time inside `window`. O(log n).
    Duration coveredIn(TimeRange window) const;
    /// The first interval that ends after `time`. O(log n).
    std::size_t firstEndingAfter(TimePoint time) const;
    /// The same, looked for from `guess` on in both directions. O(log distance): for callers that walk in
    /// time, such as one pixel column after the other.
    std::size_t firstEndingAfter(TimePoint time, std::size_t guess) const;
    /// Covered time before `time`; `next` is firstEndingAfter(time). O(1).
    Duration coveredBefore(TimePoint time, std::size_t next) const;
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
    std::vector<Duration> m_before; // covered time before m_ranges[i]
};

} // namespace stepscope
