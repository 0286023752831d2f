#include "core/lod/gapcolumns.h"

#include <algorithm>

namespace stepscope {

namespace {

/// Columns and nanoseconds of a view, on the same edges as columnRange().
class ColumnGrid {
public:
    ColumnGrid(TimeRange view, std::size_t columns)
        : m_view(view), m_columns(static_cast<std::int64_t>(columns))
    {}

    /// The first column that holds the nanosecond at `time`, which is in the view.
    std::int64_t firstAt(TimePoint time) const
    {
        const std::int64_t offset = (time - m_view.begin).count();
        return m_columns > length() ? roundedUp(offset) : lastBefore(time + Duration(1));
    }
    /// The last column that holds the nanosecond before `time`.
    std::int64_t lastBefore(TimePoint time) const { return roundedUp((time - m_view.begin).count()) - 1; }
    TimePoint beginOf(std::int64_t column) const
    {
        return m_view.begin + Duration(length() * column / m_columns);
    }

private:
    std::int64_t length() const { return m_view.duration().count(); }
    /// offset · columns / length; a trace of days on a wide screen stays far below 2^63.
    std::int64_t roundedUp(std::int64_t offset) const
    {
        return (offset * m_columns + length() - 1) / length();
    }

    TimeRange m_view;
    std::int64_t m_columns;
};

} // namespace

std::vector<ColumnRun> gapColumns(const GapIndex& gaps, TimeRange window, BandRange bands, TimeRange view,
                                  std::size_t columns)
{
    std::vector<ColumnRun> runs;
    if (view.isEmpty() || columns == 0)
        return runs;
    const ColumnGrid grid(view, columns);
    const auto [first, last] = gaps.insideOf(window);
    TimePoint from = view.begin;
    std::size_t next = first;
    while (true) {
        next = gaps.firstOf(bands, std::max(next, gaps.firstEndingAfter(from)), last);
        if (next >= last)
            break;
        const TimeRange gap = gaps[next].intersected(view);
        if (gap.isEmpty())
            break;
        const auto begin = static_cast<std::size_t>(grid.firstAt(gap.begin));
        const auto end = static_cast<std::size_t>(grid.lastBefore(gap.end)) + 1;
        if (!runs.empty() && begin <= runs.back().last)
            runs.back().last = std::max(runs.back().last, end);
        else
            runs.push_back({begin, end});
        if (end >= columns)
            break;
        from = std::max(gap.end, grid.beginOf(static_cast<std::int64_t>(end)));
        ++next;
    }
    return runs;
}

} // namespace stepscope
