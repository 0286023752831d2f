#include "core/import/busyraster.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stepscope {

namespace {

constexpr std::uint16_t wholeShare = std::numeric_limits<std::uint16_t>::max();

/// How far `to` is behind `from`, whatever lies between them.
std::uint64_t distance(std::int64_t from, std::int64_t to)
{
    return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
}

std::uint16_t shareOf(std::int64_t part, std::int64_t whole)
{
    if (part <= 0)
        return 0;
    if (part >= whole)
        return wholeShare;
    const double share = static_cast<double>(part) / static_cast<double>(whole) * wholeShare;
    return static_cast<std::uint16_t>(std::clamp(std::lround(share), 1L, wholeShare - 1L));
}

} // namespace

void BusyRaster::addLane()
{
    m_lanes.emplace_back();
}

std::size_t BusyRaster::slotOf(std::int64_t stretch) const
{
    return static_cast<std::size_t>(distance(m_base, stretch));
}

std::size_t BusyRaster::stretches() const
{
    return m_isEmpty ? 0 : static_cast<std::size_t>(distance(m_first, m_last)) + 1;
}

TimePoint BusyRaster::begin() const
{
    return timePointAt(m_first * stretchLength());
}

std::optional<Duration> BusyRaster::length() const
{
    const auto longest = std::uint64_t{std::numeric_limits<std::int64_t>::max()} >> m_shift;
    if (stretches() > longest)
        return std::nullopt;
    return Duration(static_cast<std::int64_t>(stretches()) << m_shift);
}

void BusyRaster::add(std::size_t lane, TimeRange range)
{
    if (range.isEmpty())
        return;
    const std::int64_t from = nanosecondsOf(range.begin);
    const std::int64_t last = nanosecondsOf(range.end) - 1;
    makeRoom(from, last);
    const std::int64_t mask = stretchLength() - 1;
    const std::size_t begin = slotOf(from >> m_shift);
    const std::size_t end = slotOf(last >> m_shift);
    Lane& into = m_lanes[lane];
    if (begin == end) {
        addPart(into, begin, last - from + 1);
        return;
    }
    addPart(into, begin, stretchLength() - (from & mask));
    addPart(into, end, (last & mask) + 1);
    ++into.whole[begin + 1];
    --into.whole[end];
}

void BusyRaster::addPart(Lane& lane, std::size_t slot, std::int64_t length) const
{
    lane.part[slot] = std::min(lane.part[slot] + length, stretchLength());
}

/// So that the slots of nanoseconds `from` to `last` exist.
void BusyRaster::makeRoom(std::int64_t from, std::int64_t last)
{
    for (;;) {
        const std::int64_t begin = from >> m_shift;
        const std::int64_t end = last >> m_shift;
        const std::int64_t first = m_isEmpty ? begin : std::min(begin, m_first);
        const std::int64_t final = m_isEmpty ? end : std::max(end, m_last);
        const std::uint64_t span = distance(first, final);
        if (span < mostStretches) {
            if (distance(m_base, first) >= mostStretches || distance(m_base, final) >= mostStretches) {
                // Room on both sides: rows come in any order.
                const auto room = static_cast<std::int64_t>((mostStretches - 1 - span) / 2);
                const std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
                moveTo(first < 0 && first - lowest < room ? lowest : first - room);
            }
            m_first = first;
            m_last = final;
            m_isEmpty = false;
            return;
        }
        doubleLength();
    }
}

void BusyRaster::moveTo(std::int64_t base)
{
    for (Lane& lane : m_lanes) {
        settle(lane);
        if (m_isEmpty)
            continue;
        std::vector<std::int64_t> moved(mostStretches);
        const auto begin = lane.part.begin() + static_cast<std::ptrdiff_t>(slotOf(m_first));
        std::copy(begin, begin + static_cast<std::ptrdiff_t>(stretches()),
                  moved.begin() + static_cast<std::ptrdiff_t>(distance(base, m_first)));
        lane.part = std::move(moved);
    }
    m_base = base;
}

void BusyRaster::doubleLength()
{
    const std::int64_t base = m_base >> 1;
    const bool isOdd = (m_base & 1) != 0;
    for (Lane& lane : m_lanes) {
        settle(lane);
        // Slot 2k and the one behind it, of an odd base 2k - 1 and 2k, become slot k.
        const std::size_t half = mostStretches / 2 + (isOdd ? 1 : 0);
        for (std::size_t slot = 0; slot < half; ++slot) {
            const std::size_t second = 2 * slot + (isOdd ? 0 : 1);
            const std::int64_t behind = second < mostStretches ? lane.part[second] : 0;
            lane.part[slot] = (second > 0 ? lane.part[second - 1] : 0) + behind;
        }
        std::fill(lane.part.begin() + static_cast<std::ptrdiff_t>(half), lane.part.end(), 0);
    }
    m_base = base;
    m_first >>= 1;
    m_last >>= 1;
    ++m_shift;
}

/// The stretches that are covered as a whole get their length.
void BusyRaster::settle(Lane& lane) const
{
    std::int64_t open = 0;
    for (std::size_t slot = 0; slot < mostStretches; ++slot) {
        open += lane.whole[slot];
        lane.whole[slot] = 0;
        if (open > 0)
            lane.part[slot] = stretchLength();
    }
    lane.whole[mostStretches] = 0;
}

std::vector<std::uint16_t> BusyRaster::sharesOf(std::size_t lane) const
{
    const Lane& from = m_lanes[lane];
    std::vector<std::uint16_t> shares;
    shares.reserve(stretches());
    std::int64_t open = 0;
    const std::size_t begin = m_isEmpty ? 0 : slotOf(m_first);
    for (std::size_t slot = begin; slot < begin + stretches(); ++slot) {
        open += from.whole[slot];
        shares.push_back(open > 0 ? wholeShare : shareOf(from.part[slot], stretchLength()));
    }
    return shares;
}

} // namespace stepscope
