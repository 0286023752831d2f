#include "core/analysis/intervalunion.h"

#include <algorithm>
#include <array>

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

TimeRange IntervalUnion::Set::farAt(std::size_t index) const
{
    return std::partition_point(far.begin(), far.end(),
                                [index](const auto& entry) { return entry.first < index; })
        ->second;
}

void IntervalUnion::Builder::reserve(std::size_t intervals)
{
    m_offsets.reserve(intervals);
    m_blocks.reserve(intervals / blockSize + 1);
}

void IntervalUnion::Builder::appendLast()
{
    if (m_last.isEmpty())
        return;
    const std::size_t index = m_offsets.size();
    if (index % blockSize == 0)
        m_blocks.push_back({m_last.begin, m_total});
    const TimePoint begin = m_blocks.back().begin;
    if ((m_last.end - begin).count() < std::int64_t{farAway}) {
        m_offsets.push_back({static_cast<std::uint32_t>((m_last.begin - begin).count()),
                             static_cast<std::uint32_t>((m_last.end - begin).count())});
    } else {
        m_offsets.push_back({farAway, farAway});
        m_far.emplace_back(index, m_last);
    }
    m_total += m_last.end - m_last.begin;
}

void IntervalUnion::Builder::append(const IntervalUnion& later)
{
    for (const TimeRange& range : later.ranges())
        add(range);
}

IntervalUnion IntervalUnion::Builder::build()
{
    appendLast();
    if (m_offsets.empty())
        return {};
    const auto set = std::make_shared<Set>();
    set->blocks = std::move(m_blocks);
    set->offsets = std::move(m_offsets);
    set->far = std::move(m_far);
    set->total = m_total;
    set->begins = TimeLookup(set->blocks.size(),
                             [&blocks = set->blocks](std::size_t block) { return blocks[block].begin; });
    return IntervalUnion(set);
}

IntervalUnion IntervalUnion::fromIntervals(std::vector<TimeRange> intervals)
{
    if (!std::is_sorted(intervals.begin(), intervals.end(), beginsBefore))
        std::sort(intervals.begin(), intervals.end(), beginsBefore);
    Builder builder;
    for (const TimeRange& range : intervals)
        builder.add(range);
    return builder.build();
}

bool operator==(const IntervalUnion& a, const IntervalUnion& b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] != b[i])
            return false;
    }
    return true;
}

std::size_t IntervalUnion::memoryBytes() const
{
    return sizeof(Set) + m_set->blocks.capacity() * sizeof(Block) +
           m_set->offsets.capacity() * sizeof(Offsets) + m_set->far.capacity() * sizeof(m_set->far[0]) +
           m_set->begins.memoryBytes();
}

TimeRange IntervalUnion::extent() const
{
    return isEmpty() ? TimeRange{} : TimeRange{(*this)[0].begin, (*this)[size() - 1].end};
}

std::size_t IntervalUnion::firstEndingAfter(TimePoint time) const
{
    // An end is after `time` when it is not before the next nanosecond.
    return firstEndingAt(time + Duration(1));
}

std::size_t IntervalUnion::firstEndingAt(TimePoint time) const
{
    const Set& set = *m_set;
    const std::size_t block =
        set.begins.firstNotBefore(time, [&set](std::size_t index) { return set.blocks[index].begin; });
    if (block == 0) // or there are none
        return 0;
    // All blocks before that one end before the next begins; of its own intervals some may.
    std::size_t index = (block - 1) * blockSize;
    const std::size_t last = std::min(index + blockSize, size());
    while (index < last && set.at(index).end < time)
        ++index;
    return index;
}

Duration IntervalUnion::coveredBefore(TimePoint time) const
{
    const std::size_t next = firstEndingAfter(time);
    if (next == size())
        return total();
    Duration covered =
        m_set->blocks[next / blockSize].before + TimeRange{(*this)[next].begin, time}.duration();
    for (std::size_t i = next / blockSize * blockSize; i < next; ++i) {
        const TimeRange range = (*this)[i];
        covered += range.end - range.begin;
    }
    return covered;
}

std::size_t IntervalUnion::Set::blockAt(TimePoint time) const
{
    const std::size_t next =
        begins.firstNotBefore(time + Duration(1), [this](std::size_t index) { return blocks[index].begin; });
    return next == 0 ? 0 : next - 1;
}

Duration IntervalUnion::Set::walk(TimePoint time, std::size_t& next, Duration& before) const
{
    for (; next < offsets.size(); ++next) {
        const TimeRange range = at(next);
        if (range.end > time)
            return before + std::max(time - range.begin, Duration::zero());
        before += range.end - range.begin;
    }
    return before;
}

void IntervalUnion::coveredBefore(std::span<const TimePoint> times, std::span<Duration> covered) const
{
    constexpr std::size_t together = 16;
    const Set& set = *m_set;
    if (isEmpty() || times.empty()) {
        std::fill(covered.begin(), covered.end(), Duration::zero());
        return;
    }
    const std::size_t first = set.blockAt(times.front());
    if (set.blockAt(times.back()) - first < 2 * times.size()) {
        std::size_t next = first * blockSize;
        Duration before = set.blocks[first].before;
        for (std::size_t k = 0; k < times.size(); ++k)
            covered[k] = set.walk(times[k], next, before);
        return;
    }
    std::array<std::size_t, together> blocks{};
    for (std::size_t begin = 0; begin < times.size(); begin += together) {
        const std::size_t count = std::min(together, times.size() - begin);
        for (std::size_t k = 0; k < count; ++k)
            __builtin_prefetch(set.blocks.data() + set.begins.placeNear(times[begin + k]));
        for (std::size_t k = 0; k < count; ++k) {
            blocks[k] = set.blockAt(times[begin + k]);
            __builtin_prefetch(set.offsets.data() + blocks[k] * blockSize);
        }
        for (std::size_t k = 0; k < count; ++k) {
            std::size_t next = blocks[k] * blockSize;
            Duration before = set.blocks[blocks[k]].before;
            covered[begin + k] = set.walk(times[begin + k], next, before);
        }
    }
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
    Builder common;
    std::size_t mine = 0;
    std::size_t theirs = 0;
    while (mine < size() && theirs < other.size()) {
        const TimeRange ours = (*this)[mine];
        const TimeRange their = other[theirs];
        common.add(ours.intersected(their));
        ++(ours.end < their.end ? mine : theirs);
    }
    return common.build();
}

IntervalUnion IntervalUnion::without(const IntervalUnion& other) const
{
    if (isEmpty() || other.isEmpty())
        return *this;
    Builder rest;
    std::size_t theirs = 0;
    for (TimeRange range : ranges()) {
        while (theirs < other.size() && other[theirs].end <= range.begin)
            ++theirs;
        for (std::size_t cut = theirs; cut < other.size() && other[cut].begin < range.end; ++cut) {
            rest.add({range.begin, other[cut].begin});
            range.begin = other[cut].end;
        }
        rest.add(range);
    }
    return rest.build();
}

IntervalUnion IntervalUnion::complementIn(TimeRange window) const
{
    if (window.isEmpty())
        return {};
    return fromIntervals({window}).without(*this);
}

} // namespace stepscope
