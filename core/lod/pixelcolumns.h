#pragma once

#include "core/base/time.h"

#include <cstddef>
#include <span>
#include <vector>

namespace stepscope {

/// The time of column `column` of `columns` in `view`, on whole nanoseconds, so that neighbouring columns
/// share an edge and all together cover the view. Empty where a column is narrower than a nanosecond.
TimeRange columnRange(TimeRange view, std::size_t columns, std::size_t column);

/// The pixel columns of a view, each with its columnRange(): once for all that is drawn in them. O(columns).
/// Immutable; any thread.
class PixelColumns {
public:
    PixelColumns(TimeRange view, std::size_t columns);

    TimeRange view() const { return m_view; }
    std::size_t size() const { return m_edges.size() - 1; }
    TimeRange operator[](std::size_t column) const { return {m_edges[column], m_edges[column + 1]}; }
    /// Where they begin, and where the last one ends.
    std::span<const TimePoint> edges() const { return m_edges; }
    /// Whether some are narrower than a nanosecond, and so hold none or a point.
    bool hasPoints() const { return m_view.duration().count() < static_cast<std::int64_t>(size()); }

private:
    TimeRange m_view;
    std::vector<TimePoint> m_edges;
};

} // namespace stepscope
