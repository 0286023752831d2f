#pragma once

#include "core/base/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace stepscope {

/// How busy lanes are over equal stretches of time, which double in length as what they hold grows, so that
/// there are never more than `mostStretches`. Takes ranges of any order and any times. What overlaps inside
/// a stretch counts twice, up to the whole stretch.
class BusyRaster {
public:
    static constexpr std::size_t mostStretches = 4096;

    void addLane();
    std::size_t lanes() const { return m_lanes.size(); }
    /// An empty range adds nothing. O(1) but for the doublings, each O(lanes · mostStretches).
    void add(std::size_t lane, TimeRange range);

    bool isEmpty() const { return m_isEmpty; }
    /// From the first stretch with work to the last, of all lanes.
    std::size_t stretches() const;
    /// Where the first of them begins, and how long they are together; none beyond 64 bits.
    TimePoint begin() const;
    std::optional<Duration> length() const;
    /// Of each of them, 65535 for all of it, 0 and 65535 never for less and more than that. O(mostStretches).
    std::vector<std::uint16_t> sharesOf(std::size_t lane) const;

private:
    /// Of one lane: what ranges cover of each stretch in part, and where ranges that cover whole ones begin
    /// and end.
    struct Lane {
        std::vector<std::int64_t> part = std::vector<std::int64_t>(mostStretches);
        std::vector<std::int32_t> whole = std::vector<std::int32_t>(mostStretches + 1);
    };

    std::int64_t stretchLength() const { return std::int64_t{1} << m_shift; }
    std::size_t slotOf(std::int64_t stretch) const;
    void makeRoom(std::int64_t first, std::int64_t last);
    void moveTo(std::int64_t base);
    void doubleLength();
    void addPart(Lane& lane, std::size_t slot, std::int64_t length) const;
    void settle(Lane& lane) const;

    int m_shift = 0;         // stretches are 2^m_shift ns long, and begin at multiples of that
    std::int64_t m_base = 0; // the stretch of slot 0
    std::int64_t m_first = 0;
    std::int64_t m_last = 0;
    bool m_isEmpty = true;
    std::vector<Lane> m_lanes;
};

} // namespace stepscope
