#include "core/trace/activitytable.h"

#include "core/trace/columnorder.h"

namespace stepscope {

Activity ActivityTable::row(std::size_t row) const
{
    return {m_begin[row],  m_end[row],   m_name[row],  m_process[row],   m_launch[row], m_correlation[row],
            m_stream[row], m_bytes[row], m_graph[row], m_graphNode[row], m_kind[row],   m_copy[row]};
}

std::size_t ActivityTable::firstAtOrAfter(TimePoint time) const
{
    return static_cast<std::size_t>(std::lower_bound(m_begin.begin(), m_begin.end(), time) - m_begin.begin());
}

void ActivityTable::append(const Activity& activity)
{
    m_begin.push_back(activity.begin);
    m_end.push_back(activity.end);
    m_name.push_back(activity.name);
    m_process.push_back(activity.process);
    m_launch.push_back(activity.launch);
    m_correlation.push_back(activity.correlation);
    m_stream.push_back(activity.stream);
    m_bytes.push_back(activity.bytes);
    m_graph.push_back(activity.graph);
    m_graphNode.push_back(activity.graphNode);
    m_kind.push_back(activity.kind);
    m_copy.push_back(activity.copy);
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
    reorderColumn(m_begin, order);
    reorderColumn(m_end, order);
    reorderColumn(m_name, order);
    reorderColumn(m_process, order);
    reorderColumn(m_launch, order);
    reorderColumn(m_correlation, order);
    reorderColumn(m_stream, order);
    reorderColumn(m_bytes, order);
    reorderColumn(m_graph, order);
    reorderColumn(m_graphNode, order);
    reorderColumn(m_kind, order);
    reorderColumn(m_copy, order);
}

} // namespace stepscope
