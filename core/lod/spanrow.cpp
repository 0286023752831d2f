#include "core/lod/spanrow.h"

#include "core/lod/pixelcoverage.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::size_t blockSize = SpanIds::blockSize;
// Up to this many spans in a column are added one by one; beyond, the sums are quicker.
constexpr std::size_t fewSpans = blockSize / 2;

std::size_t indexOf(SpanKind kind)
{
    return static_cast<std::size_t>(kind);
}

} // namespace

SpanRow::SpanRow(std::span<const std::uint32_t> ids, std::shared_ptr<const SpanSource> source)
    : m_ids(ids), m_source(std::move(source)),
      m_begins((ids.size() + blockSize - 1) / blockSize,
               [this](std::size_t block) { return begin(block * blockSize); }, 2)
{
    std::array<bool, spanKindCount> occurs{};
    for (const std::uint32_t span : ids)
        occurs[indexOf(m_source->kind(span))] = true;
    for (std::size_t kind = 0; kind < spanKindCount; ++kind) {
        if (occurs[kind])
            m_kinds.push_back(static_cast<SpanKind>(kind));
    }
    m_before.reserve((m_ids.size() / blockSize + 1) * m_kinds.size());
    std::vector<double> longest;
    longest.reserve(m_ids.size() / blockSize + 1);
    SpanTimes sum{};
    for (std::size_t position = 0; position <= m_ids.size(); ++position) {
        if (position % blockSize == 0) {
            longest.push_back(0.0);
            for (const SpanKind kind : m_kinds)
                m_before.push_back(sum[indexOf(kind)]);
        }
        if (position < m_ids.size()) {
            sum[indexOf(kind(position))] += range(position).duration();
            longest.back() = std::max(longest.back(), static_cast<double>(lengthOrPause(position).count()));
        }
    }
    m_longest = RangeMaximum(std::move(longest));
}

Duration SpanRow::lengthOrPause(std::size_t position) const
{
    const TimeRange span = range(position);
    return position == 0 ? span.duration() : std::max(span.duration(), span.begin - range(position - 1).end);
}

std::size_t SpanRow::endOfRun(std::size_t position, Duration least) const
{
    const auto inBlock = [&](std::size_t first) {
        const std::size_t last = std::min((first / blockSize + 1) * blockSize, size());
        if (first == 0)
            return lengthOrPause(0) >= least ? 0 : std::min<std::size_t>(1, last);
        TimePoint end = range(first - 1).end;
        for (; first < last; ++first) {
            const TimeRange span = range(first);
            if (span.begin - end >= least || span.duration() >= least)
                break;
            end = span.end;
        }
        return first;
    };
    const std::size_t near = inBlock(position + 1);
    if (near == size() || near % blockSize != 0 || lengthOrPause(near) >= least)
        return near;
    const std::size_t block = m_longest.firstAtLeast(static_cast<double>(least.count()), near / blockSize);
    return block * blockSize < size() ? inBlock(block * blockSize) : size();
}

std::size_t SpanRow::lastBreak(std::size_t position, Duration least) const
{
    const auto inBlock = [&](std::size_t last) {
        const std::size_t first = last / blockSize * blockSize;
        for (std::size_t next = last + 1; next > first; --next) {
            if (lengthOrPause(next - 1) >= least)
                return next - 1;
        }
        return size();
    };
    const std::size_t near = inBlock(position);
    if (near < size())
        return near;
    const std::size_t block = m_longest.lastAtLeast(static_cast<double>(least.count()), position / blockSize);
    return block * blockSize < size() ? inBlock((block + 1) * blockSize - 1) : size();
}

std::size_t SpanRow::firstSeenAfter(TimePoint time) const
{
    return firstSeenAfter(time, blocksBefore(time));
}

std::size_t SpanRow::firstSeenAfter(TimePoint time, std::size_t blocks) const
{
    // Of those that begin before, only the last one can end after.
    const std::size_t next = firstBeginningAt(time, blocks);
    return next > 0 && range(next - 1).end > time ? next - 1 : next;
}

void SpanRow::firstSeenAfter(std::span<const TimePoint> times, std::span<std::size_t> positions) const
{
    constexpr std::size_t together = 16;
    constexpr std::size_t perFetch = 8; // times in a line of memory, where ids are consecutive
    for (std::size_t begin = 0; begin < times.size(); begin += together) {
        const std::size_t end = std::min(begin + together, times.size());
        for (std::size_t k = begin; k < end; ++k) {
            const std::size_t near = std::max<std::size_t>(m_begins.placeNear(times[k]), 1) - 1;
            if (near * blockSize < size())
                m_source->bounds.fetch(m_ids.firstOf(near));
        }
        for (std::size_t k = begin; k < end; ++k) {
            positions[k] = blocksBefore(times[k]);
            if (positions[k] == 0)
                continue;
            // What timesBefore() will ask for, too.
            __builtin_prefetch(m_before.data() + (positions[k] - 1) * m_kinds.size());
            const std::uint32_t first = m_ids.firstOf(positions[k] - 1);
            const std::uint32_t last = m_ids[std::min(positions[k] * blockSize, size()) - 1];
            for (std::uint32_t id = first; id <= last && id < first + blockSize + perFetch; id += perFetch)
                m_source->bounds.fetch(id);
        }
        for (std::size_t k = begin; k < end; ++k)
            positions[k] = firstSeenAfter(times[k], positions[k]);
    }
}

std::size_t SpanRow::blocksBefore(TimePoint time) const
{
    return m_begins.firstNotBefore(
        time, [this](std::size_t block) { return m_source->bounds.begin(m_ids.firstOf(block)); });
}

std::size_t SpanRow::firstBeginningAt(TimePoint time) const
{
    return firstBeginningAt(time, blocksBefore(time));
}

std::size_t SpanRow::firstBeginningAt(TimePoint time, std::size_t blocks) const
{
    if (blocks == 0)
        return 0;
    // The first of the block before begins earlier, that of the next does not.
    std::size_t low = (blocks - 1) * blockSize + 1;
    std::size_t length = std::min(blocks * blockSize, size()) - low;
    while (length > 0) { // without a branch to guess, as in TimeLookup
        const std::size_t half = length / 2;
        const bool isBefore = begin(low + half) < time;
        low = isBefore ? low + half + 1 : low;
        length = isBefore ? length - half - 1 : half;
    }
    return low;
}

std::size_t SpanRow::positionOf(std::uint32_t span) const
{
    const TimePoint begin = m_source->bounds.begin(span);
    std::size_t position = firstBeginningAt(begin);
    while (position < size() && range(position).begin == begin && id(position) != span)
        ++position;
    return position < size() && id(position) == span ? position : size();
}

SpanTimes SpanRow::timesBefore(std::size_t position) const
{
    SpanTimes times{};
    // On from the nearest sum, or back.
    const std::size_t block = std::min((position + blockSize / 2) / blockSize, size() / blockSize);
    for (std::size_t k = 0; k < m_kinds.size(); ++k)
        times[indexOf(m_kinds[k])] = m_before[block * m_kinds.size() + k];
    for (std::size_t next = block * blockSize; next < position; ++next)
        times[indexOf(kind(next))] += range(next).duration();
    for (std::size_t next = position; next < block * blockSize; ++next)
        times[indexOf(kind(next))] -= range(next).duration();
    return times;
}

SpanTimes SpanRow::timesOf(std::size_t first, std::size_t last) const
{
    SpanTimes times{};
    if (last - first <= blockSize / 2) {
        for (std::size_t position = first; position < last; ++position)
            times[indexOf(kind(position))] += range(position).duration();
        return times;
    }
    times = timesBefore(last);
    const SpanTimes before = timesBefore(first);
    for (std::size_t kind = 0; kind < spanKindCount; ++kind)
        times[kind] -= before[kind];
    return times;
}

std::size_t SpanRow::memoryBytes() const
{
    return m_ids.memoryBytes() + m_kinds.capacity() * sizeof(m_kinds[0]) +
           m_before.capacity() * sizeof(m_before[0]) + m_begins.memoryBytes() + m_longest.memoryBytes();
}

void addSpanColumns(const SpanRow& row, std::size_t first, std::size_t last, TimeRange view,
                    std::size_t columns, std::size_t firstColumn, std::span<SpanTimes> times)
{
    // What ends before the first column is in none of them.
    const TimePoint firstBegin = columnRange(view, columns, firstColumn).begin;
    std::size_t next = first;
    if (first < last && row.begin(first) < firstBegin)
        next = std::max(first, row.firstSeenAfter(firstBegin));
    const TimePoint lastEnd = first < last ? row.range(last - 1).end : TimePoint();
    // Where columns end, as far as the spans reach beyond.
    std::vector<TimePoint> ends;
    for (std::size_t k = 0; k < times.size(); ++k) {
        const TimePoint end = columnRange(view, columns, firstColumn + k).end;
        if (end >= lastEnd)
            break;
        ends.push_back(end);
    }
    std::vector<std::size_t> beyonds(ends.size());
    row.firstSeenAfter(ends, beyonds);
    std::size_t summed = row.size(); // where `before` was taken
    SpanTimes before{};
    for (std::size_t k = 0; k < times.size() && next < last; ++k) {
        const TimeRange column = columnRange(view, columns, firstColumn + k);
        const auto add = [&](std::size_t position) {
            times[k][indexOf(row.kind(position))] += row.range(position).intersected(column).duration();
        };
        const TimeRange cut = row.range(next); // by the column's begin, if by anything
        if (cut.begin >= column.end)
            continue;
        if (cut.end > column.end) {
            add(next);
            continue;
        }
        const std::size_t beyond = k < ends.size() ? std::clamp(beyonds[k], next + 1, last) : last;
        if (beyond - next <= fewSpans) {
            for (std::size_t position = next; position < beyond; ++position)
                add(position);
        } else {
            if (summed != next)
                before = row.timesBefore(next);
            const SpanTimes until = row.timesBefore(beyond);
            for (std::size_t kind = 0; kind < spanKindCount; ++kind)
                times[k][kind] += until[kind] - before[kind];
            times[k][indexOf(row.kind(next))] -= cut.duration() - cut.intersected(column).duration();
            before = until;
            summed = beyond;
        }
        next = beyond;
        if (next < last && row.range(next).begin < column.end)
            add(next);
    }
}

} // namespace stepscope
