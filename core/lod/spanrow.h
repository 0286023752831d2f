#pragma once

#include "core/base/time.h"

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

/// Where spans come from: time and kind by id.
struct SpanSource {
    std::function<TimeRange(std::uint32_t id)> range;
    std::function<SpanKind(std::uint32_t id)> kind;
};

/// The spans of one sub-row by id: disjoint and in order, empty ones included. Positions count from 0. Holds
/// four bytes a span and sums for each 16 of them, so that the time of any stretch is exact at the cost of
/// a few lookups. Immutable; safe to read from any thread.
class SpanRow {
public:
    /// O(n).
    SpanRow(std::vector<std::uint32_t> ids, std::shared_ptr<const SpanSource> source);

    std::size_t size() const { return m_ids.size(); }
    std::uint32_t id(std::size_t position) const { return m_ids[position]; }
    TimeRange range(std::size_t position) const { return m_source->range(m_ids[position]); }
    SpanKind kind(std::size_t position) const { return m_source->kind(m_ids[position]); }

    /// The first span at or after `from` that ends after `time`, or is empty and does not begin before it.
    /// Looked for from `guess` on: O(log distance).
    std::size_t firstSeenAfter(TimePoint time, std::size_t from = 0, std::size_t guess = 0) const;
    /// The first span at or after `from` that begins at `time` or later. Looked for from `guess` on:
    /// O(log distance).
    std::size_t firstBeginningAt(TimePoint time, std::size_t from = 0, std::size_t guess = 0) const;
    /// The position of a span, or size() when it is not in this row. O(log n).
    std::size_t positionOf(std::uint32_t id) const;

    /// The time of the spans in [first, last). O(1): at most two blocks are looked up.
    SpanTimes timesOf(std::size_t first, std::size_t last) const;
    SpanTimes total() const { return timesOf(0, size()); }
    /// The time of the spans before `position`. O(1): one block is looked up.
    SpanTimes timesBefore(std::size_t position) const;

private:
    std::vector<std::uint32_t> m_ids;
    std::shared_ptr<const SpanSource> m_source;
    std::vector<SpanKind> m_kinds;  // those that occur
    std::vector<Duration> m_before; // time before each block, for each of m_kinds
};

/// Adds the time of the spans in [first, last) to columns of `view`: `times[k]` belongs to the column
/// `firstColumn + k` of `columns`. O(columns · log n).
void addSpanColumns(const SpanRow& row, std::size_t first, std::size_t last, TimeRange view,
                    std::size_t columns, std::size_t firstColumn, std::span<SpanTimes> times);

} // namespace stepscope
