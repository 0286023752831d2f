#pragma once

#include "core/base/time.h"
#include "core/base/timelookup.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace stepscope {

/// A set of time: disjoint, non-touching intervals in order, with sums before each few of them, so that the
/// time covered inside any window is two searches. Immutable; copies share what they hold; safe to read from
/// any thread.
class IntervalUnion {
public:
    IntervalUnion();

    /// Makes a set of intervals that come in order of begin; they may overlap and touch, empty ones are
    /// ignored.
    class Builder {
    public:
        /// Room for so many, to be quick. They need not come.
        void reserve(std::size_t intervals) { m_ranges.reserve(intervals); }
        void add(const TimeRange& range)
        {
            if (range.isEmpty())
                return;
            if (!m_ranges.empty() && range.begin <= m_ranges.back().end)
                m_ranges.back().end = std::max(m_ranges.back().end, range.end);
            else
                m_ranges.push_back(range);
        }
        /// Once.
        IntervalUnion build() { return IntervalUnion(std::move(m_ranges)); }

    private:
        std::vector<TimeRange> m_ranges;
    };

    /// Intervals may overlap, touch and come in any order; empty ones are ignored.
    /// O(n) when they are sorted by begin, else O(n log n).
    static IntervalUnion fromIntervals(std::vector<TimeRange> intervals);

    std::size_t size() const { return m_set->ranges.size(); }
    bool isEmpty() const { return m_set->ranges.empty(); }
    const TimeRange& operator[](std::size_t index) const { return m_set->ranges[index]; }
    std::span<const TimeRange> ranges() const { return m_set->ranges; }
    Duration total() const { return m_set->total; }
    /// From the first begin to the last end.
    TimeRange extent() const;

    /// Covered time inside `window`. As firstEndingAfter().
    Duration coveredIn(TimeRange window) const;
    /// Covered time before `time`. As firstEndingAfter().
    Duration coveredBefore(TimePoint time) const;
    /// The first interval that ends after `time`. A few memory accesses, see TimeLookup; O(log n) at worst.
    std::size_t firstEndingAfter(TimePoint time) const;
    /// The first interval that ends at `time` or after it.
    std::size_t firstEndingAt(TimePoint time) const;
    bool contains(TimePoint time) const;

    /// Set operations, O(n + m).
    IntervalUnion unitedWith(const IntervalUnion& other) const;
    IntervalUnion intersectedWith(const IntervalUnion& other) const;
    IntervalUnion without(const IntervalUnion& other) const;
    /// What is not covered inside `window`.
    IntervalUnion complementIn(TimeRange window) const;

    friend bool operator==(const IntervalUnion& a, const IntervalUnion& b)
    {
        return a.m_set == b.m_set || a.m_set->ranges == b.m_set->ranges;
    }

private:
    explicit IntervalUnion(std::vector<TimeRange> disjoint);

    static constexpr std::size_t blockSize = 8;

    struct Set {
        std::vector<TimeRange> ranges;
        std::vector<Duration> before; // covered time before each block of ranges
        Duration total = Duration::zero();
        TimeLookup ends;
    };
    static const std::shared_ptr<const Set>& emptySet();

    std::shared_ptr<const Set> m_set; // never null
};

} // namespace stepscope
