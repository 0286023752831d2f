#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace stepscope {

/// The ids of one sub-row, ascending. Consecutive ones take no room at all; else one or two bytes each, as
/// the distance from the first of some neighbours. Immutable; any thread.
class SpanIds {
public:
    SpanIds() = default;
    /// O(n).
    explicit SpanIds(std::span<const std::uint32_t> ids);

    std::size_t size() const { return m_size; }
    std::uint32_t operator[](std::size_t position) const
    {
        if (isConsecutive())
            return m_first + static_cast<std::uint32_t>(position);
        return m_wide.empty() ? at(m_narrow, position) : at(m_wide, position);
    }
    static constexpr std::size_t blockSize = 32;
    /// The first of a block of neighbours: quicker than by its position.
    std::uint32_t firstOf(std::size_t block) const
    {
        return isConsecutive() ? m_first + static_cast<std::uint32_t>(block * blockSize) : m_firsts[block];
    }
    /// Calls `visit(idOf)` with the quickest way to ask for the ids of one block: `idOf(k)` is the one at
    /// `block · blockSize + k`.
    template <class Visit> auto inBlock(std::size_t block, Visit visit) const
    {
        if (isConsecutive())
            return visit(
                [first = firstOf(block)](std::size_t k) { return first + static_cast<std::uint32_t>(k); });
        return m_wide.empty() ? inBlock(m_narrow, block, visit) : inBlock(m_wide, block, visit);
    }
    /// Of what it holds beyond itself.
    std::size_t memoryBytes() const;

private:
    template <class Offset> static constexpr Offset farAway = std::numeric_limits<Offset>::max();

    bool isConsecutive() const { return m_firsts.empty(); }
    template <class Offset> std::uint32_t at(const std::vector<Offset>& offsets, std::size_t position) const
    {
        const Offset offset = offsets[position];
        return offset == farAway<Offset> ? farAt(position) : m_firsts[position / blockSize] + offset;
    }
    template <class Offset, class Visit>
    auto inBlock(const std::vector<Offset>& offsets, std::size_t block, Visit visit) const
    {
        const std::size_t begin = block * blockSize;
        const Offset* const own = offsets.data() + begin;
        // They ascend: where the last one is near, all are.
        if (own[std::min(blockSize, m_size - begin) - 1] != farAway<Offset>)
            return visit([first = m_firsts[block], own](std::size_t k) { return first + own[k]; });
        return visit([this, begin](std::size_t k) { return (*this)[begin + k]; });
    }
    template <class Offset> void keep(std::span<const std::uint32_t> ids, std::vector<Offset>& offsets);
    std::uint32_t farAt(std::size_t position) const;

    std::size_t m_size = 0;
    std::uint32_t m_first = 0;           // where they are consecutive
    std::vector<std::uint32_t> m_firsts; // of each block, else
    // From the first of the block, farAway beyond: in one of these.
    std::vector<std::uint8_t> m_narrow;
    std::vector<std::uint16_t> m_wide;
    // By position: few.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_far;
};

} // namespace stepscope
