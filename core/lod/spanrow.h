#pragma once

#include "core/base/rangemaximum.h"
#include "core/base/time.h"
#include "core/base/timelookup.h"
#include "core/lod/spanids.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace stepscope {

/// What a span is, as far as its look goes.
enum class SpanKind : std::uint8_t {
    Compute, ///< a kernel; a call that launches one
    Attention,
    Comm,
    Copy,        ///< copies and memsets, and the calls that start them
    Graph,       ///< a replay whose kernels were not recorded; a call that launches a graph
    Synchronize, ///< a call that waits for the device
    Other,       ///< further calls; annotations
};

inline constexpr std::size_t spanKindCount = 7;

/// Time by SpanKind.
using SpanTimes = std::array<Duration, spanKindCount>;

/// Where the spans of a table begin and end, by id: read from its columns, or from members of its rows, which
/// must outlive this. A search asks so often that a function for each answer would cost more than the answer.
class SpanBounds {
public:
    SpanBounds() = default;
    SpanBounds(std::span<const TimePoint> begins, std::span<const TimePoint> ends)
        : SpanBounds(begins.data(), ends.data(), sizeof(TimePoint))
    {}
    explicit SpanBounds(std::span<const TimeRange> spans)
        : SpanBounds(spans.empty() ? nullptr : &spans[0].begin, spans.empty() ? nullptr : &spans[0].end,
                     sizeof(TimeRange))
    {}
    /// Those of the first row, and the bytes from one row to the next.
    SpanBounds(const TimePoint* begin, const TimePoint* end, std::size_t stride)
        : m_begin(reinterpret_cast<const std::byte*>(begin)), m_end(reinterpret_cast<const std::byte*>(end)),
          m_stride(stride)
    {}

    TimePoint begin(std::uint32_t id) const { return at(m_begin, id); }
    /// Has the memory brought what is known of one.
    void fetch(std::uint32_t id) const
    {
        __builtin_prefetch(m_begin + id * m_stride);
        __builtin_prefetch(m_end + id * m_stride);
    }
    TimePoint end(std::uint32_t id) const { return at(m_end, id); }
    TimeRange operator()(std::uint32_t id) const { return {begin(id), end(id)}; }

private:
    TimePoint at(const std::byte* first, std::uint32_t id) const
    {
        return *reinterpret_cast<const TimePoint*>(first + id * m_stride);
    }

    const std::byte* m_begin = nullptr;
    const std::byte* m_end = nullptr;
    std::size_t m_stride = 0;
};

/// Where spans come from: time and kind by id.
struct SpanSource {
    SpanBounds bounds;
    std::function<SpanKind(std::uint32_t id)> kind;
};

/// The spans of one sub-row by id: disjoint and in order, empty ones included. Positions count from 0. Holds
/// their ids (see SpanIds) and sums before each few of them, from which the time of any stretch is counted on
/// to the nanosecond: less than two bytes a span where ids are consecutive, else less than four. Immutable;
/// safe to read from any thread.
class SpanRow {
public:
    /// `ids` ascend. O(n).
    SpanRow(std::span<const std::uint32_t> ids, std::shared_ptr<const SpanSource> source);

    std::size_t size() const { return m_ids.size(); }
    std::uint32_t id(std::size_t position) const { return m_ids[position]; }
    TimeRange range(std::size_t position) const { return m_source->bounds(m_ids[position]); }
    TimePoint begin(std::size_t position) const { return m_source->bounds.begin(m_ids[position]); }
    SpanKind kind(std::size_t position) const
    {
        return m_kinds.size() == 1 ? m_kinds[0] : m_source->kind(m_ids[position]);
    }

    /// The first span that ends after `time`, or is empty and does not begin before it. A few memory
    /// accesses, see TimeLookup; O(log n) at worst.
    std::size_t firstSeenAfter(TimePoint time) const;
    /// The same for many times at once, each with its place in `positions`: what they need is fetched for
    /// several together.
    void firstSeenAfter(std::span<const TimePoint> times, std::span<std::size_t> positions) const;
    /// The first span that begins at `time` or later. As firstSeenAfter().
    std::size_t firstBeginningAt(TimePoint time) const;
    /// The first span after `position` that begins `least` or more after the one before it, or is that long:
    /// where a run of spans and pauses that are all shorter ends. size() when none does. O(log distance).
    std::size_t endOfRun(std::size_t position, Duration least) const;
    /// The last span up to `position` that begins `least` or more after the one before it, or is that long;
    /// size() when none does. O(log distance).
    std::size_t lastBreak(std::size_t position, Duration least) const;
    /// The position of a span, or size() when it is not in this row. O(log n).
    std::size_t positionOf(std::uint32_t id) const;

    /// The time of the spans in [first, last). O(1): at most a block's worth is looked up.
    SpanTimes timesOf(std::size_t first, std::size_t last) const;
    SpanTimes total() const { return timesOf(0, size()); }
    /// The time of the spans before `position`. O(1): half a block is looked up at most.
    SpanTimes timesBefore(std::size_t position) const;
    /// Of what it holds beyond itself and the source.
    std::size_t memoryBytes() const;

private:
    Duration lengthOrPause(std::size_t position) const;
    /// How many blocks begin before `time`.
    std::size_t blocksBefore(TimePoint time) const;
    std::size_t firstBeginningAt(TimePoint time, std::size_t blocks) const;
    std::size_t firstSeenAfter(TimePoint time, std::size_t blocks) const;

    SpanIds m_ids;
    std::shared_ptr<const SpanSource> m_source;
    std::vector<SpanKind> m_kinds;  // those that occur
    std::vector<Duration> m_before; // time before each block, for each of m_kinds
    TimeLookup m_begins;            // of blocks
    RangeMaximum m_longest;         // ns of a span or of the pause before it, in each block
};

/// Adds the time of the spans in [first, last) to columns of `view`: `times[k]` belongs to the column
/// `firstColumn + k` of `columns`. O(columns · log n).
void addSpanColumns(const SpanRow& row, std::size_t first, std::size_t last, TimeRange view,
                    std::size_t columns, std::size_t firstColumn, std::span<SpanTimes> times);

} // namespace stepscope
