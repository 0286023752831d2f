#include "core/analysis/intervalunion.h"

#include <algorithm>

namespace stepscope {

namespace {

bool beginsBefore(const TimeRange& a, const TimeRange& b)
{
    return a.begin < b.begin;
}

} // namespace

IntervalUnion::IntervalUnion(std::vector<TimeRange> disjoint)
    : m_ranges(std::move(disjoint)),
      m_ends(m_ranges.size(), [this](std::size_t index) { return m_ranges[index].end; })
{
    m_before.reserve(m_ranges.size() / blockSize + 1);
    for (std::size_t i = 0; i < m_ranges.size(); ++i) {
        if (i % blockSize == 0)
            m_before.push_back(m_total);
        m_total += m_ranges[i].duration();
    }
}

IntervalUnion IntervalUnion::fromIntervals(std::vector<TimeRange> intervals)
{
    std::erase_if(intervals, [](const TimeRange& range) { return range.isEmpty(); });
    if (!std::is_sorted(intervals.begin(), intervals.end(), beginsBefore))
        std::sort(intervals.begin(), intervals.end(), beginsBefore);
    std::size_t kept = 0; // intervals[0, kept) are merged already
    for (const TimeRange& range : intervals) {
        if (kept > 0 && range.begin <= intervals[kept - 1].end)
            intervals[kept - 1].end = std::max(intervals[kept - 1].end, range.end);
        else
            intervals[kept++] = range;
    }
    intervals.resize(kept);
    intervals.shrink_to_fit();
    return IntervalUnion(std::move(intervals));
}

TimeRange IntervalUnion::extent() const
{
    return m_ranges.empty() ? TimeRange{} : TimeRange{m_ranges.front().begin, m_ranges.back().end};
}

std::size_t IntervalUnion::firstEndingAfter(TimePoint time) const
{
    // An end is after `time` when it is not before the next nanosecond.
    return m_ends.firstNotBefore(time + Duration(1),
                                 [this](std::size_t index) { return m_ranges[index].end; });
}

Duration IntervalUnion::coveredBefore(TimePoint time) const
{
    const std::size_t next = firstEndingAfter(time);
    if (next == m_ranges.size())
        return total();
    Duration covered = m_before[next / blockSize] + TimeRange{m_ranges[next].begin, time}.duration();
    for (std::size_t i = next / blockSize * blockSize; i < next; ++i)
        covered += m_ranges[i].end - m_ranges[i].begin;
    return covered;
}

Duration IntervalUnion::coveredIn(TimeRange window) const
{
    return window.isEmpty() ? Duration::zero() : coveredBefore(window.end) - coveredBefore(window.begin);
}

bool IntervalUnion::contains(TimePoint time) const
{
    const std::size_t next = firstEndingAfter(time);
    return next < m_ranges.size() && m_ranges[next].contains(time);
}

IntervalUnion IntervalUnion::unitedWith(const IntervalUnion& other) const
{
    std::vector<TimeRange> both(m_ranges.size() + other.m_ranges.size());
    std::merge(m_ranges.begin(), m_ranges.end(), other.m_ranges.begin(), other.m_ranges.end(), both.begin(),
               beginsBefore);
    return fromIntervals(std::move(both));
}

IntervalUnion IntervalUnion::intersectedWith(const IntervalUnion& other) const
{
    std::vector<TimeRange> common;
    std::size_t mine = 0;
    std::size_t theirs = 0;
    while (mine < m_ranges.size() && theirs < other.m_ranges.size()) {
        const TimeRange part = m_ranges[mine].intersected(other.m_ranges[theirs]);
        if (!part.isEmpty())
            common.push_back(part);
        if (m_ranges[mine].end < other.m_ranges[theirs].end)
            ++mine;
        else
            ++theirs;
    }
    return IntervalUnion(std::move(common));
}

IntervalUnion IntervalUnion::without(const IntervalUnion& other) const
{
    std::vector<TimeRange> rest;
    std::size_t theirs = 0;
    for (TimeRange range : m_ranges) {
        while (theirs < other.m_ranges.size() && other.m_ranges[theirs].end <= range.begin)
            ++theirs;
        for (std::size_t cut = theirs; cut < other.m_ranges.size() && other.m_ranges[cut].begin < range.end;
             ++cut) {
            if (other.m_ranges[cut].begin > range.begin)
                rest.push_back({range.begin, other.m_ranges[cut].begin});
            range.begin = other.m_ranges[cut].end;
        }
        if (!range.isEmpty())
            rest.push_back(range);
    }
    return IntervalUnion(std::move(rest));
}

IntervalUnion IntervalUnion::complementIn(TimeRange window) const
{
    if (window.isEmpty())
        return {};
    return IntervalUnion(std::vector<TimeRange>{window}).without(*this);
}

} // namespace stepscope
