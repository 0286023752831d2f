#include "core/analysis/intervalunion.h"

#include <algorithm>

namespace stepscope {

namespace {

bool beginsBefore(const TimeRange& a, const TimeRange& b)
{
    return a.begin < b.begin;
}

} // namespace

const std::shared_ptr<const IntervalUnion::Set>& IntervalUnion::emptySet()
{
    static const std::shared_ptr<const Set> empty = std::make_shared<const Set>();
    return empty;
}

IntervalUnion::IntervalUnion() : m_set(emptySet()) {}

IntervalUnion::IntervalUnion(std::vector<TimeRange> disjoint) : m_set(emptySet())
{
    if (disjoint.empty())
        return;
    const auto set = std::make_shared<Set>();
    set->ranges = std::move(disjoint);
    const std::vector<TimeRange>& ranges = set->ranges;
    set->ends = TimeLookup(ranges.size(), [&ranges](std::size_t index) { return ranges[index].end; });
    set->before.reserve(ranges.size() / blockSize + 1);
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        if (i % blockSize == 0)
            set->before.push_back(set->total);
        set->total += ranges[i].end - ranges[i].begin;
    }
    m_set = set;
}

IntervalUnion IntervalUnion::fromIntervals(std::vector<TimeRange> intervals)
{
    if (!std::is_sorted(intervals.begin(), intervals.end(), beginsBefore))
        std::sort(intervals.begin(), intervals.end(), beginsBefore);
    std::size_t kept = 0; // intervals[0, kept) are merged already
    for (const TimeRange& range : intervals) {
        if (range.isEmpty())
            continue;
        if (kept > 0 && range.begin <= intervals[kept - 1].end)
            intervals[kept - 1].end = std::max(intervals[kept - 1].end, range.end);
        else
            intervals[kept++] = range;
    }
    intervals.resize(kept);
    if (kept < intervals.capacity() / 4 * 3)
        intervals.shrink_to_fit();
    return IntervalUnion(std::move(intervals));
}

TimeRange IntervalUnion::extent() const
{
    return isEmpty() ? TimeRange{} : TimeRange{ranges().front().begin, ranges().back().end};
}

std::size_t IntervalUnion::firstEndingAfter(TimePoint time) const
{
    // An end is after `time` when it is not before the next nanosecond.
    return firstEndingAt(time + Duration(1));
}

std::size_t IntervalUnion::firstEndingAt(TimePoint time) const
{
    const std::vector<TimeRange>& ranges = m_set->ranges;
    return m_set->ends.firstNotBefore(time, [&ranges](std::size_t index) { return ranges[index].end; });
}

Duration IntervalUnion::coveredBefore(TimePoint time) const
{
    const std::vector<TimeRange>& ranges = m_set->ranges;
    const std::size_t next = firstEndingAfter(time);
    if (next == ranges.size())
        return total();
    Duration covered = m_set->before[next / blockSize] + TimeRange{ranges[next].begin, time}.duration();
    for (std::size_t i = next / blockSize * blockSize; i < next; ++i)
        covered += ranges[i].end - ranges[i].begin;
    return covered;
}

Duration IntervalUnion::coveredIn(TimeRange window) const
{
    return window.isEmpty() ? Duration::zero() : coveredBefore(window.end) - coveredBefore(window.begin);
}

bool IntervalUnion::contains(TimePoint time) const
{
    const std::size_t next = firstEndingAfter(time);
    return next < size() && (*this)[next].contains(time);
}

IntervalUnion IntervalUnion::unitedWith(const IntervalUnion& other) const
{
    if (isEmpty() || other.isEmpty())
        return isEmpty() ? other : *this;
    Builder both;
    std::size_t mine = 0;
    std::size_t theirs = 0;
    while (mine < size() || theirs < other.size()) {
        const bool isMine =
            theirs == other.size() || (mine < size() && !beginsBefore(other[theirs], (*this)[mine]));
        both.add(isMine ? (*this)[mine++] : other[theirs++]);
    }
    return both.build();
}

IntervalUnion IntervalUnion::intersectedWith(const IntervalUnion& other) const
{
    if (isEmpty() || other.isEmpty())
        return {};
    std::vector<TimeRange> common;
    std::size_t mine = 0;
    std::size_t theirs = 0;
    while (mine < size() && theirs < other.size()) {
        const TimeRange part = (*this)[mine].intersected(other[theirs]);
        if (!part.isEmpty())
            common.push_back(part);
        if ((*this)[mine].end < other[theirs].end)
            ++mine;
        else
            ++theirs;
    }
    return IntervalUnion(std::move(common));
}

IntervalUnion IntervalUnion::without(const IntervalUnion& other) const
{
    if (isEmpty() || other.isEmpty())
        return *this;
    std::vector<TimeRange> rest;
    std::size_t theirs = 0;
    for (TimeRange range : ranges()) {
        while (theirs < other.size() && other[theirs].end <= range.begin)
            ++theirs;
        for (std::size_t cut = theirs; cut < other.size() && other[cut].begin < range.end; ++cut) {
            if (other[cut].begin > range.begin)
                rest.push_back({range.begin, other[cut].begin});
            range.begin = other[cut].end;
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
