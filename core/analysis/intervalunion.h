#pragma once

#include "core/base/time.h"
#include "core/base/timelookup.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace stepscope {

/// A set of time: disjoint, non-touching intervals in order, with sums before each few of them, so that the
/// time covered inside any window is two searches. Some ten bytes an interval. Immutable; copies share what
/// they hold; safe to read from any thread.
class IntervalUnion {
public:
    class Builder;
    class Ranges;

    IntervalUnion();

    /// Intervals may overlap, touch and come in any order; empty ones are ignored.
    /// O(n) when they are sorted by begin, else O(n log n).
    static IntervalUnion fromIntervals(std::vector<TimeRange> intervals);

    std::size_t size() const { return m_set->offsets.size(); }
    bool isEmpty() const { return m_set->offsets.empty(); }
    TimeRange operator[](std::size_t index) const { return m_set->at(index); }
    /// To go through them in order.
    Ranges ranges() const;
    Duration total() const { return m_set->total; }
    /// The same for copies, and for nothing else that lives.
    const void* identity() const { return m_set.get(); }
    /// Of what it holds, shared or not.
    std::size_t memoryBytes() const;
    /// From the first begin to the last end.
    TimeRange extent() const;

    /// Covered time inside `window`. As firstEndingAfter().
    Duration coveredIn(TimeRange window) const;
    /// Covered time before `time`. As firstEndingAfter().
    Duration coveredBefore(TimePoint time) const;
    /// The same for many ascending times at once, each with its place in `covered`: near ones are walked to,
    /// and what distant ones need is fetched for several together.
    void coveredBefore(std::span<const TimePoint> times, std::span<Duration> covered) const;
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

    friend bool operator==(const IntervalUnion& a, const IntervalUnion& b);

private:
    static constexpr std::size_t blockSize = 8;
    static constexpr std::uint32_t farAway = 0xffffffffU;

    /// Some neighbouring intervals.
    struct Block {
        TimePoint begin;
        Duration before = Duration::zero(); // covered time before them
    };
    /// An interval, in ns from the begin of its block; `farAway` where that takes more than four seconds.
    struct Offsets {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    struct Set {
        std::vector<Block> blocks;
        std::vector<Offsets> offsets;
        std::vector<std::pair<std::size_t, TimeRange>> far; // by place: few, as time goes by
        Duration total = Duration::zero();
        TimeLookup begins; // of blocks

        TimeRange at(std::size_t index) const
        {
            const Offsets& own = offsets[index];
            if (own.end == farAway)
                return farAt(index);
            const TimePoint begin = blocks[index / blockSize].begin;
            return {begin + Duration(own.begin), begin + Duration(own.end)};
        }
        TimeRange farAt(std::size_t index) const;
        /// The last block that begins at `time` or before it, or the first one.
        std::size_t blockAt(TimePoint time) const;
        /// Walks on from `next`, before which `before` is covered, to the first that ends after `time`.
        Duration walk(TimePoint time, std::size_t& next, Duration& before) const;
    };
    explicit IntervalUnion(std::shared_ptr<const Set> set) : m_set(std::move(set)) {}
    static const std::shared_ptr<const Set>& emptySet();

    std::shared_ptr<const Set> m_set; // never null
};

/// Makes a set of intervals that come in order of begin; they may overlap and touch, empty ones are ignored.
class IntervalUnion::Builder {
public:
    /// Room for so many, to be quick. They need not come.
    void reserve(std::size_t intervals);
    void add(const TimeRange& range)
    {
        if (range.isEmpty())
            return;
        if (!m_last.isEmpty() && range.begin <= m_last.end) {
            m_last.end = std::max(m_last.end, range.end);
            return;
        }
        appendLast();
        m_last = range;
    }
    /// All of `later`, none of which begins before the last that was added. O(intervals).
    void append(const IntervalUnion& later);
    /// Once.
    IntervalUnion build();

private:
    void appendLast();

    std::vector<Block> m_blocks;
    std::vector<Offsets> m_offsets;
    std::vector<std::pair<std::size_t, TimeRange>> m_far;
    Duration m_total = Duration::zero();
    TimeRange m_last; // may grow
};

/// The intervals of a set, which must outlive it.
class IntervalUnion::Ranges {
public:
    class Iterator {
    public:
        Iterator(const IntervalUnion& set, std::size_t index) : m_set(&set), m_index(index) {}
        TimeRange operator*() const { return (*m_set)[m_index]; }
        Iterator& operator++()
        {
            ++m_index;
            return *this;
        }
        friend bool operator==(const Iterator&, const Iterator&) = default;

    private:
        const IntervalUnion* m_set;
        std::size_t m_index;
    };

    explicit Ranges(const IntervalUnion& set) : m_set(&set) {}
    Iterator begin() const { return {*m_set, 0}; }
    Iterator end() const { return {*m_set, m_set->size()}; }

private:
    const IntervalUnion* m_set;
};

inline IntervalUnion::Ranges IntervalUnion::ranges() const
{
    return Ranges(*this);
}

} // namespace stepscope
