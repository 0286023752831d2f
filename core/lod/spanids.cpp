#include "core/lod/spanids.h"

#include <algorithm>
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
    m_offsets.reserve(ids.size());
    for (std::size_t position = 0; position < ids.size(); ++position) {
        if (position % blockSize == 0)
            m_firsts.push_back(ids[position]);
        const std::uint32_t offset = ids[position] - m_firsts.back();
        if (offset >= farAway)
            m_far.emplace_back(static_cast<std::uint32_t>(position), ids[position]);
        m_offsets.push_back(static_cast<std::uint16_t>(std::min<std::uint32_t>(offset, farAway)));
    }
    m_far.shrink_to_fit();
}

std::uint32_t SpanIds::farAt(std::size_t position) const
{
    const auto found = std::partition_point(m_far.begin(), m_far.end(),
                                            [position](const auto& far) { return far.first < position; });
    return found->second;
}

std::size_t SpanIds::memoryBytes() const
{
    return m_firsts.capacity() * sizeof(m_firsts[0]) + m_offsets.capacity() * sizeof(m_offsets[0]) +
           m_far.capacity() * sizeof(m_far[0]);
}

} // namespace stepscope
