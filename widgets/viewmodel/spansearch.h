#pragma once

#include "core/analysis/traceindex.h"
#include "core/base/progress.h"
#include "widgets/viewmodel/spanneighbours.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace stepscope {

/// The spans of a trace whose name holds a text: operations of all devices, calls of the threads that launch,
/// and ranges of the host; in order of begin. Four bytes for each that is found. Immutable; any thread.
class SpanSearch {
public:
    /// Finds nothing.
    SpanSearch() = default;
    /// Whatever the case of letters; of several words each must be in the name, in any order. Names are asked
    /// once each, then all rows are gone through: O(names + rows). Nothing when `progress` is cancelled.
    static std::optional<SpanSearch> of(std::shared_ptr<const TraceIndex> index, const QString& text,
                                        const Progress& progress);

    /// What it searched in; nothing when it finds nothing because it was not asked.
    const std::shared_ptr<const TraceIndex>& index() const { return m_index; }
    std::size_t names() const { return m_names; }
    std::size_t spans() const;

    /// The nearest one after, or before, another span in order of begin; that may be of any name. None when
    /// there is none. O(tables · log n).
    SpanRef nextOf(const SpanRef& span, Neighbour direction) const;
    /// The first that begins at `time` or later. None when there is none.
    SpanRef firstFrom(TimePoint time) const;
    /// The first, or last, of all.
    SpanRef outermost(Neighbour direction) const;
    /// How many are found up to this one in their order; nothing when it is none of them.
    std::optional<std::size_t> numberOf(const SpanRef& span) const;

private:
    /// What is found in one table of the trace.
    struct Found {
        SpanRef::Kind kind = SpanRef::Kind::None;
        DeviceId device;
        std::vector<std::uint32_t> rows; // ascending, and so by begin
    };
    /// Where a span stands among all: by begin, then as tables and rows come.
    struct Place {
        TimePoint begin;
        std::size_t table = 0;
        std::uint32_t row = 0;
        friend auto operator<=>(const Place&, const Place&) = default;
    };

    TimePoint beginOf(const Found& found, std::uint32_t row) const;
    std::optional<Place> placeOf(const SpanRef& span) const;
    SpanRef refAt(std::size_t table, std::size_t position) const;
    /// How many of a table come before a place.
    std::size_t before(std::size_t table, const Place& place) const;
    SpanRef earliestFrom(const Place& place) const;

    std::shared_ptr<const TraceIndex> m_index;
    std::vector<Found> m_found; // one for each table
    std::size_t m_names = 0;
};

} // namespace stepscope
