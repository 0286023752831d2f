#include "core/lod/spanids.h"

#include <cassert>

namespace stepscope {

SpanIds::SpanIds(std::span<const std::uint32_t> ids) : m_size(ids.size())
{
    if (ids.empty())
        return;
    assert(std::is_sorted(ids.begin(), ids.end()));
    m_first = ids.front();
    if (ids.back() - ids.front() + 1 == ids.size())
        return;
    m_firsts.reserve((ids.size() + blockSize - 1) / blockSize);
    std::size_t beyondAByte = 0;
    for (std::size_t position = 0; position < ids.size(); ++position) {
        if (position % blockSize == 0)
            m_firsts.push_back(ids[position]);
        beyondAByte += ids[position] - m_firsts.back() >= farAway<std::uint8_t> ? 1U : 0U;
    }
    if (beyondAByte * sizeof(m_far[0]) < ids.size()) // less than what wider ones would take
        keep(ids, m_narrow);
    else
        keep(ids, m_wide);
    m_far.shrink_to_fit();
}

template <class Offset> void SpanIds::keep(std::span<const std::uint32_t> ids, std::vector<Offset>& offsets)
{
    offsets.reserve(ids.size());
    for (std::size_t position = 0; position < ids.size(); ++position) {
        const std::uint32_t offset = ids[position] - m_firsts[position / blockSize];
        if (offset >= farAway<Offset>)
            m_far.emplace_back(static_cast<std::uint32_t>(position), ids[position]);
        offsets.push_back(static_cast<Offset>(std::min<std::uint32_t>(offset, farAway<Offset>)));
    }
}

std::uint32_t SpanIds::farAt(std::size_t position) const
{
    const auto found = std::partition_point(m_far.begin(), m_far.end(),
                                            [position](const auto& far) { return far.first < position; });
    return found->second;
}

std::size_t SpanIds::memoryBytes() const
{
    return m_firsts.capacity() * sizeof(m_firsts[0]) + m_narrow.capacity() * sizeof(m_narrow[0]) +
           m_wide.capacity() * sizeof(m_wide[0]) + m_far.capacity() * sizeof(m_far[0]);
}

} // namespace stepscope
