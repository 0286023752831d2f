#include "core/lod/spanrow.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr std::size_t blockSize = SpanIds::blockSize;

std::size_t indexOf(SpanKind kind)
{
    return static_cast<std::size_t>(kind);
}

/// Spans of one block whose times are looked up by id.
template <class IdOf> struct LookedUpSpans {
    SpanBounds bounds;
    IdOf idOf;

    TimePoint begin(std::size_t k) const { return bounds.begin(idOf(k)); }
    Duration duration(std::size_t k) const { return bounds(idOf(k)).duration(); }
};

/// Those whose times are kept.
template <class Offsets> struct KeptSpans {
    TimePoint blockBegin;
    const Offsets* offsets;

    TimePoint begin(std::size_t k) const { return blockBegin + Duration(offsets[k].begin); }
    Duration duration(std::size_t k) const { return Duration(offsets[k].end - offsets[k].begin); }
};

constexpr std::size_t lineBytes = 64;

/// Visits an id of each line of memory that holds times of [first, last], as far as they are neighbours: what
/// lies far apart is not worth it.
template <class Visit> void forEachLine(std::uint32_t first, std::uint32_t last, Visit visit)
{
    constexpr auto timesOfLine = static_cast<std::uint32_t>(lineBytes / sizeof(TimePoint));
    last = std::min<std::uint32_t>(last, first + 2 * blockSize);
    for (std::uint32_t id = first; id <= last; id += timesOfLine)
        visit(id);
    visit(last);
}

} // namespace

SpanRow::SpanRow(std::span<const std::uint32_t> ids, std::shared_ptr<const SpanSource> source,
                 SpanStorage storage)
    : m_ids(ids), m_source(std::move(source))
{
    m_begins.reserve((ids.size() + blockSize - 1) / blockSize);
    for (std::size_t first = 0; first < ids.size(); first += blockSize)
        m_begins.push_back(begin(first));
    m_lookup = TimeLookup(
        m_begins.size(), [this](std::size_t block) { return m_begins[block]; }, 2);
    if (storage == SpanStorage::KeepTimes)
        keepTimes();
    std::array<bool, spanKindCount> occurs{};
    for (const std::uint32_t span : ids)
        occurs[indexOf(m_source->kinds[span])] = true;
    for (std::size_t kind = 0; kind < spanKindCount; ++kind) {
        if (occurs[kind])
            m_kinds.push_back(static_cast<SpanKind>(kind));
    }
    m_before.reserve((m_ids.size() / blockSize + 1) * m_kinds.size());
    std::vector<double> longest;
    longest.reserve(m_ids.size() / spansOfMaximum + 1);
    SpanTimes sum{};
    for (std::size_t position = 0; position <= m_ids.size(); ++position) {
        if (position % spansOfMaximum == 0)
            longest.push_back(0.0);
        if (position % blockSize == 0) {
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

void SpanRow::keepTimes()
{
    std::vector<Offsets> kept(size());
    for (std::size_t first = 0; first < size(); first += blockSize) {
        const std::size_t last = std::min(first + blockSize, size());
        const TimePoint begin = range(first).begin;
        if ((range(last - 1).end - begin).count() >= std::int64_t{farAway})
            continue;
        for (std::size_t position = first; position < last; ++position) {
            const TimeRange span = range(position);
            kept[position] = {static_cast<std::uint32_t>((span.begin - begin).count()),
                              static_cast<std::uint32_t>((span.end - begin).count())};
        }
    }
    m_kept = std::move(kept);
}

TimeRange SpanRow::keptRange(std::size_t position) const
{
    const Offsets& offsets = m_kept[position];
    if (offsets.begin == farAway)
        return m_source->bounds(m_ids[position]);
    const TimePoint begin = m_begins[position / blockSize];
    return {begin + Duration(offsets.begin), begin + Duration(offsets.end)};
}

template <class Visit> auto SpanRow::inBlock(std::size_t block, Visit visit) const
{
    if (!m_kept.empty() && m_kept[block * blockSize].begin != farAway)
        return visit(KeptSpans<Offsets>{m_begins[block], m_kept.data() + block * blockSize});
    return m_ids.inBlock(block, [&](auto idOf) {
        return visit(LookedUpSpans<decltype(idOf)>{m_source->bounds, idOf});
    });
}

Duration SpanRow::lengthOrPause(std::size_t position) const
{
    const TimeRange span = range(position);
    return position == 0 ? span.duration() : std::max(span.duration(), span.begin - range(position - 1).end);
}

std::size_t SpanRow::endOfRun(std::size_t position, Duration least) const
{
    const auto inStretch = [&](std::size_t first) {
        const std::size_t last = std::min((first / spansOfMaximum + 1) * spansOfMaximum, size());
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
    const std::size_t near = inStretch(position + 1);
    if (near == size() || near % spansOfMaximum != 0 || lengthOrPause(near) >= least)
        return near;
    const std::size_t stretch =
        m_longest.firstAtLeast(static_cast<double>(least.count()), near / spansOfMaximum);
    return stretch * spansOfMaximum < size() ? inStretch(stretch * spansOfMaximum) : size();
}

std::size_t SpanRow::lastBreak(std::size_t position, Duration least) const
{
    const auto inStretch = [&](std::size_t last) {
        const std::size_t first = last / spansOfMaximum * spansOfMaximum;
        for (std::size_t next = last + 1; next > first; --next) {
            if (lengthOrPause(next - 1) >= least)
                return next - 1;
        }
        return size();
    };
    const std::size_t near = inStretch(position);
    if (near < size())
        return near;
    const std::size_t stretch =
        m_longest.lastAtLeast(static_cast<double>(least.count()), position / spansOfMaximum);
    return stretch * spansOfMaximum < size() ? inStretch((stretch + 1) * spansOfMaximum - 1) : size();
}

std::size_t SpanRow::firstSeenAfter(TimePoint time) const
{
    // Of those that begin before, only the last one can end after.
    const std::size_t next = firstBeginningAt(time);
    return next > 0 && range(next - 1).end > time ? next - 1 : next;
}

std::size_t SpanRow::blocksBefore(TimePoint time) const
{
    return m_lookup.firstNotBefore(time, [this](std::size_t block) { return m_begins[block]; });
}

std::size_t SpanRow::firstBeginningAt(TimePoint time) const
{
    return firstBeginningAt(time, blocksBefore(time));
}

std::size_t SpanRow::firstBeginningAt(TimePoint time, std::size_t blocks) const
{
    return blocks == 0 ? 0 : firstBeginningAt(time, blocks - 1, guessIn(blocks - 1, time));
}

std::size_t SpanRow::guessIn(std::size_t block, TimePoint time) const
{
    const std::size_t first = block * blockSize;
    const std::size_t next = first + blockSize;
    if (next >= size())
        return size() - 1;
    const TimePoint begin = m_begins[block];
    const TimePoint end = m_begins[block + 1];
    const float share =
        static_cast<float>((time - begin).count()) / static_cast<float>((end - begin).count());
    return first + std::min(static_cast<std::size_t>(share * blockSize), blockSize - 1);
}

std::size_t SpanRow::firstBeginningAt(TimePoint time, std::size_t block, std::size_t guess) const
{
    const std::size_t first = block * blockSize;
    return first + inBlock(block, [&](auto spans) {
               const std::size_t count = std::min(blockSize, size() - first);
               std::size_t next = guess - first;
               if (spans.begin(next) < time) {
                   do {
                       ++next;
                   } while (next < count && spans.begin(next) < time);
                   return next;
               }
               while (spans.begin(next - 1) >= time) // the first of the block begins before
                   --next;
               return next;
           });
}

std::size_t SpanRow::positionOf(std::uint32_t span) const
{
    const TimePoint begin = m_source->bounds.begin(span);
    std::size_t position = firstBeginningAt(begin);
    while (position < size() && range(position).begin == begin && id(position) != span)
        ++position;
    return position < size() && id(position) == span ? position : size();
}

std::size_t SpanRow::nearestSum(std::size_t position) const
{
    return std::min((position + blockSize / 2) / blockSize, size() / blockSize);
}

SpanTimes SpanRow::sumBefore(std::size_t block) const
{
    SpanTimes times{};
    for (std::size_t k = 0; k < m_kinds.size(); ++k)
        times[indexOf(m_kinds[k])] = m_before[block * m_kinds.size() + k];
    return times;
}

void SpanRow::walk(SpanTimes& times, std::size_t from, std::size_t to) const
{
    const Duration::rep sign = from <= to ? 1 : -1;
    for (std::size_t next = std::min(from, to), last = std::max(from, to); next < last;) {
        const std::size_t block = next / blockSize;
        const std::size_t end = std::min(last, (block + 1) * blockSize);
        inBlock(block, [&, from = next - block * blockSize, to = end - block * blockSize](auto spans) {
            if (m_kinds.size() == 1) {
                Duration sum = Duration::zero();
                for (std::size_t k = from; k < to; ++k)
                    sum += spans.duration(k);
                times[indexOf(m_kinds[0])] += sign * sum;
                return;
            }
            m_ids.inBlock(block, [&](auto idOf) {
                const SpanKinds& kinds = m_source->kinds;
                for (std::size_t k = from; k < to; ++k)
                    times[indexOf(kinds[idOf(k)])] += sign * spans.duration(k);
            });
        });
        next = end;
    }
}

SpanTimes SpanRow::timesBefore(std::size_t position) const
{
    const std::size_t block = nearestSum(position);
    SpanTimes times = sumBefore(block);
    walk(times, block * blockSize, position);
    return times;
}

SpanTimes SpanRow::timesOf(std::size_t first, std::size_t last) const
{
    SpanTimes times{};
    if (last - first <= blockSize / 2) {
        walk(times, first, last);
        return times;
    }
    times = timesBefore(last);
    const SpanTimes before = timesBefore(first);
    for (std::size_t kind = 0; kind < spanKindCount; ++kind)
        times[kind] -= before[kind];
    return times;
}

void SpanRow::fetchBeginsNear(std::size_t position) const
{
    constexpr std::size_t around = 3;
    const std::size_t first = position - std::min(position % blockSize, around);
    const std::size_t last =
        std::min({position + around, position / blockSize * blockSize + blockSize - 1, size() - 1});
    for (const std::size_t each : {first, last}) {
        if (m_kept.empty())
            m_source->bounds.fetchBegin(m_ids[each]);
        else
            __builtin_prefetch(&m_kept[each]);
    }
}

void SpanRow::fetchEnds(std::size_t first, std::size_t last) const
{
    if (first >= last)
        return;
    if (m_kinds.size() > 1)
        m_source->kinds.fetch(m_ids[first]);
    if (m_kept.empty())
        forEachLine(m_ids[first], m_ids[last - 1],
                    [this](std::uint32_t id) { m_source->bounds.fetchEnd(id); });
}

void SpanRow::timesBeforeOneByOne(std::span<const TimePoint> times, std::span<SpanTimes> before,
                                  std::size_t next) const
{
    SpanTimes sum = timesBefore(next);
    TimeRange last = next > 0 ? range(next - 1) : TimeRange{};
    for (std::size_t k = 0; k < times.size(); ++k) {
        for (; next < size(); ++next) {
            const TimeRange span = range(next);
            if (span.begin >= times[k])
                break;
            sum[indexOf(kind(next))] += span.duration();
            last = span;
        }
        before[k] = sum;
        if (next > 0 && last.end > times[k]) // has begun and still runs
            before[k][indexOf(kind(next - 1))] -= last.end - times[k];
    }
}

void SpanRow::timesBefore(std::span<const TimePoint> times, std::span<SpanTimes> before) const
{
    if (times.empty())
        return;
    constexpr std::size_t fewSpans = 8; // from one time to the next: to look for each would cost more
    const std::size_t first = firstBeginningAt(times.front());
    if (firstBeginningAt(times.back()) - first < fewSpans * times.size()) {
        timesBeforeOneByOne(times, before, first);
        return;
    }
    constexpr std::size_t together = 16;
    std::array<std::size_t, together> positions{}; // first of blocks, then of spans
    std::array<std::size_t, together> guesses{};
    std::size_t known = 0; // where `sum` is the time of all before
    SpanTimes sum{};
    for (std::size_t begin = 0; begin < times.size(); begin += together) {
        const std::size_t count = std::min(together, times.size() - begin);
        // What many searches need is fetched for several together, from one thing that must be known to the
        // next.
        for (std::size_t k = 0; k < count; ++k) {
            __builtin_prefetch(m_begins.data() + m_lookup.placeNear(times[begin + k]));
        }
        for (std::size_t k = 0; k < count; ++k) {
            const std::size_t blocks = blocksBefore(times[begin + k]);
            positions[k] = blocks;
            if (blocks == 0)
                continue;
            __builtin_prefetch(m_before.data() + (blocks - 1) * m_kinds.size());
            guesses[k] = guessIn(blocks - 1, times[begin + k]);
            fetchBeginsNear(guesses[k]);
        }
        for (std::size_t k = 0; k < count; ++k) {
            const std::size_t blocks = positions[k];
            const std::size_t position =
                blocks == 0 ? 0 : firstBeginningAt(times[begin + k], blocks - 1, guesses[k]);
            positions[k] = position;
            const std::size_t at = nearestSum(position) * blockSize;
            const std::size_t from = std::min(at, std::max<std::size_t>(position, 1) - 1);
            fetchEnds(std::min(from, size() - 1), std::min(std::max(at, position) + 1, size()));
        }
        for (std::size_t k = 0; k < count; ++k) {
            const std::size_t position = positions[k];
            const std::size_t block = nearestSum(position);
            const std::size_t at = block * blockSize;
            if (position - known > std::max(at, position) - std::min(at, position)) {
                sum = sumBefore(block);
                known = at;
            }
            walk(sum, known, position);
            known = position;
            before[begin + k] = sum;
            // One that has begun may still run.
            if (position > 0 && range(position - 1).end > times[begin + k])
                before[begin + k][indexOf(kind(position - 1))] -= range(position - 1).end - times[begin + k];
        }
    }
}

std::size_t SpanRow::memoryBytes() const
{
    return m_ids.memoryBytes() + m_kept.capacity() * sizeof(m_kept[0]) +
           m_kinds.capacity() * sizeof(m_kinds[0]) + m_before.capacity() * sizeof(m_before[0]) +
           m_begins.capacity() * sizeof(m_begins[0]) + m_lookup.memoryBytes() + m_longest.memoryBytes();
}

void addSpanColumns(const SpanRow& row, std::size_t first, std::size_t last, const PixelColumns& columns,
                    std::size_t firstColumn, std::span<SpanTimes> times)
{
    if (first >= last)
        return;
    const std::span<const TimePoint> edges = columns.edges().subspan(firstColumn, times.size() + 1);
    // At an edge before them none has gone by, at one behind them all have.
    const auto inside = static_cast<std::size_t>(
        std::upper_bound(edges.begin(), edges.end(), row.begin(first)) - edges.begin());
    const auto behind = static_cast<std::size_t>(
        std::lower_bound(edges.begin(), edges.end(), row.range(last - 1).end) - edges.begin());
    SpanTimes previous = row.timesBefore(first);
    const auto reach = [&](std::size_t edge, const SpanTimes& before) {
        for (const SpanKind kind : row.kinds()) {
            const std::size_t k = indexOf(kind);
            if (edge > 0)
                times[edge - 1][k] += before[k] - previous[k];
            previous[k] = before[k];
        }
    };
    std::array<SpanTimes, 64> some;
    for (std::size_t edge = inside; edge < behind; edge += some.size()) {
        const std::size_t count = std::min(some.size(), behind - edge);
        row.timesBefore(edges.subspan(edge, count), some);
        for (std::size_t k = 0; k < count; ++k)
            reach(edge + k, some[k]);
    }
    if (behind < edges.size())
        reach(behind, row.timesBefore(last));
}

} // namespace stepscope
