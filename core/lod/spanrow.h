#pragma once

#include "core/base/rangemaximum.h"
#include "core/base/time.h"
#include "core/base/timelookup.h"
#include "core/lod/pixelcolumns.h"
#include "core/lod/spanids.h"
#include "core/lod/spankinds.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace stepscope {

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
    /// Has the memory brought what is asked for next.
    void fetchBegin(std::uint32_t id) const { __builtin_prefetch(m_begin + id * m_stride); }
    void fetchEnd(std::uint32_t id) const { __builtin_prefetch(m_end + id * m_stride); }
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
    SpanKinds kinds;
};

/// Whether a row keeps when its spans begin and end, or looks it up each time. Eight bytes a span buy that
/// those of a row whose ids lie far apart share lines of memory.
enum class SpanStorage { LookUp, KeepTimes };

/// The spans of one sub-row by id: disjoint and in order, empty ones included. Positions count from 0. Holds
/// their ids (see SpanIds) and sums before each few of them, from which the time of any stretch is counted on
/// to the nanosecond: less than two bytes a span where ids are consecutive, else less than four, beyond what
/// SpanStorage asks for. Immutable; safe to read from any thread.
class SpanRow {
public:
    /// `ids` ascend. O(n).
    SpanRow(std::span<const std::uint32_t> ids, std::shared_ptr<const SpanSource> source,
            SpanStorage storage = SpanStorage::LookUp);

    std::size_t size() const { return m_ids.size(); }
    std::uint32_t id(std::size_t position) const { return m_ids[position]; }
    TimeRange range(std::size_t position) const
    {
        return m_kept.empty() ? m_source->bounds(m_ids[position]) : keptRange(position);
    }
    TimePoint begin(std::size_t position) const { return m_source->bounds.begin(m_ids[position]); }
    SpanKind kind(std::size_t position) const
    {
        return m_kinds.size() == 1 ? m_kinds[0] : m_source->kinds[m_ids[position]];
    }

    /// The kinds that occur, ascending.
    std::span<const SpanKind> kinds() const { return m_kinds; }

    /// The first span that ends after `time`, or is empty and does not begin before it. A few memory
    /// accesses, see TimeLookup; O(log n) at worst.
    std::size_t firstSeenAfter(TimePoint time) const;
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
    /// The time up to each of some ascending times, to the nanosecond: of what is over by then, and of what
    /// runs so far. Each has its place in `before`. What they need is fetched for several together.
    void timesBefore(std::span<const TimePoint> times, std::span<SpanTimes> before) const;
    /// Of what it holds beyond itself and the source.
    std::size_t memoryBytes() const;

private:
    static constexpr std::uint32_t farAway = 0xffffffffU;
    static constexpr std::size_t spansOfMaximum = 2 * SpanIds::blockSize;
    /// When a span begins and ends, in ns from the begin of its block; `farAway` both where the block takes
    /// more than four seconds.
    struct Offsets {
        std::uint32_t begin = farAway;
        std::uint32_t end = farAway;
    };

    void keepTimes();
    TimeRange keptRange(std::size_t position) const;
    /// Calls `visit(spans)` with the quickest way to ask when those of one block begin and end.
    template <class Visit> auto inBlock(std::size_t block, Visit visit) const;
    Duration lengthOrPause(std::size_t position) const;
    /// How many blocks begin before `time`.
    std::size_t blocksBefore(TimePoint time) const;
    std::size_t firstBeginningAt(TimePoint time, std::size_t blocks) const;
    /// Where in a block, which begins before `time`, that would lie if its spans began evenly.
    std::size_t guessIn(std::size_t block, TimePoint time) const;
    /// From such a guess, by neighbours: in a trace most are right to a span or two, and what lies beside the
    /// guess is all of the block that is asked for.
    std::size_t firstBeginningAt(TimePoint time, std::size_t block, std::size_t guess) const;
    /// Which block begins nearest to a position; at most the one that is not full.
    std::size_t nearestSum(std::size_t position) const;
    SpanTimes sumBefore(std::size_t block) const;
    /// From the time of all before `from` to that of all before `to`.
    void walk(SpanTimes& times, std::size_t from, std::size_t to) const;
    /// The same for times that few spans lie between; `next` is the first that begins at the first of them.
    void timesBeforeOneByOne(std::span<const TimePoint> times, std::span<SpanTimes> before,
                             std::size_t next) const;
    /// Has the memory brought when spans begin, or when those of [first, last) end and what they are.
    void fetchBeginsNear(std::size_t position) const;
    void fetchEnds(std::size_t first, std::size_t last) const;

    SpanIds m_ids;
    std::shared_ptr<const SpanSource> m_source;
    std::vector<Offsets> m_kept;     // where times are kept
    std::vector<SpanKind> m_kinds;   // those that occur
    std::vector<Duration> m_before;  // time before each block, for each of m_kinds
    std::vector<TimePoint> m_begins; // of blocks
    TimeLookup m_lookup;             // in these
    RangeMaximum m_longest;          // ns of a span or of the pause before it, in each of some blocks
};

/// Adds the time of the spans in [first, last) to columns: `times[k]` belongs to `columns[firstColumn + k]`.
/// O(times · log n).
void addSpanColumns(const SpanRow& row, std::size_t first, std::size_t last, const PixelColumns& columns,
                    std::size_t firstColumn, std::span<SpanTimes> times);

} // namespace stepscope
