#include "core/trace/activitytable.h"

#include "core/base/inparallel.h"
#include "core/trace/columnorder.h"

namespace stepscope {

std::size_t ActivityTable::OriginHash::operator()(const Origin& origin) const noexcept
{
    const auto what = static_cast<std::uint64_t>(origin.kind) << 8 | static_cast<std::uint64_t>(origin.copy);
    const std::uint64_t mixed = static_cast<std::uint64_t>(origin.stream) * 0x9e3779b97f4a7c15U +
                                (static_cast<std::uint64_t>(origin.process.value()) << 16 | what);
    return std::hash<std::uint64_t>{}(mixed * 0x9e3779b97f4a7c15U >> 16);
}

std::uint32_t ActivityTable::originOf(const Activity& activity)
{
    const Origin origin = {activity.stream, activity.process, activity.kind, activity.copy};
    if (m_lastOrigin < m_origins.size() && m_origins[m_lastOrigin] == origin)
        return m_lastOrigin;
    const auto [known, isNew] =
        m_numberOfOrigin.try_emplace(origin, static_cast<std::uint32_t>(m_origins.size()));
    if (isNew)
        m_origins.push_back(origin);
    m_lastOrigin = known->second;
    return m_lastOrigin;
}

bool ActivityTable::isSound() const
{
    if (!m_correlation.isSound(size()) || !m_origin.isSound(size()) || !m_bytes.isSound(size()) ||
        !m_graph.isSound(size()) || !m_graphNode.isSound(size()))
        return false;
    for (std::size_t row = 0; row < size(); ++row) {
        if (m_origin[row] >= m_origins.size())
            return false;
    }
    return true;
}

Activity ActivityTable::row(std::size_t row) const
{
    const Origin& origin = m_origins[m_origin[row]];
    return {m_begin[row],  m_end[row],   m_name[row],  origin.process,   m_launch[row], m_correlation[row],
            origin.stream, m_bytes[row], m_graph[row], m_graphNode[row], origin.kind,   origin.copy};
}

std::size_t ActivityTable::firstAtOrAfter(TimePoint time) const
{
    return static_cast<std::size_t>(std::lower_bound(m_begin.begin(), m_begin.end(), time) - m_begin.begin());
}

void ActivityTable::reserve(std::size_t rows)
{
    m_begin.reserve(rows);
    m_end.reserve(rows);
    m_name.reserve(rows);
    m_launch.reserve(rows);
    m_correlation.reserve(rows);
    m_origin.reserve(rows);
}

void ActivityTable::append(const Activity& activity)
{
    m_begin.push_back(activity.begin);
    m_end.push_back(activity.end);
    m_name.push_back(activity.name);
    m_launch.push_back(activity.launch);
    m_correlation.push_back(activity.correlation);
    m_origin.push_back(originOf(activity));
    m_bytes.push_back(activity.bytes);
    m_graph.push_back(activity.graph);
    m_graphNode.push_back(activity.graphNode);
}

void ActivityTable::rebase(Duration origin)
{
    for (TimePoint& time : m_begin)
        time -= origin;
    for (TimePoint& time : m_end)
        time -= origin;
}

void ActivityTable::sort()
{
    const std::vector<std::uint32_t> order = stableOrder(size(), [this](std::uint32_t a, std::uint32_t b) {
        return m_begin[a] != m_begin[b] ? m_begin[a] < m_begin[b] : m_end[a] < m_end[b];
    });
    if (order.empty())
        return;
    inParallel(
        size() >= rowsWorthAThread,
        [&] {
            reorderColumn(m_begin, order);
            reorderColumn(m_end, order);
            reorderColumn(m_name, order);
            reorderColumn(m_launch, order);
            m_correlation.reorder(order);
            m_origin.reorder(order);
        },
        [&] {
            m_bytes.reorder(order);
            m_graph.reorder(order);
            m_graphNode.reorder(order);
        });
}

} // namespace stepscope
