#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace stepscope {

/// The ids of one sub-row, ascending. Consecutive ones take no room at all; else two bytes each, as the
/// distance from the first of some neighbours. Immutable; any thread.
class SpanIds {
public:
    SpanIds() = default;
    /// O(n).
    explicit SpanIds(std::span<const std::uint32_t> ids);

    std::size_t size() const { return m_size; }
    std::uint32_t operator[](std::size_t position) const
    {
        if (m_offsets.empty())
            return m_first + static_cast<std::uint32_t>(position);
        const std::uint16_t offset = m_offsets[position];
        return offset == farAway ? farAt(position) : m_firsts[position / blockSize] + offset;
    }
    static constexpr std::size_t blockSize = 32;
    /// The first of a block of neighbours: quicker than by its position.
    std::uint32_t firstOf(std::size_t block) const
    {
        return m_offsets.empty() ? m_first + static_cast<std::uint32_t>(block * blockSize) : m_firsts[block];
    }
    /// Of what it holds beyond itself.
    std::size_t memoryBytes() const;

private:
    static constexpr std::uint16_t farAway = 0xffffU;

    std::uint32_t farAt(std::size_t position) const;

    std::size_t m_size = 0;
    std::uint32_t m_first = 0;            // where they are consecutive
    std::vector<std::uint32_t> m_firsts;  // of each block
    std::vector<std::uint16_t> m_offsets; // from the first of the block; `farAway` beyond 16 bits
    // By position: at most a block for each 65535 ids that are elsewhere.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_far;
};

} // namespace stepscope
