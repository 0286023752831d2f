#include "core/trace/cpueventtable.h"

#include "core/trace/columnorder.h"

#include <algorithm>

namespace stepscope {

std::pair<std::size_t, std::size_t> CpuEventTable::rowsOf(ThreadId thread) const
{
    if (thread.value() + 1 >= m_firstOfThread.size() || !thread.isValid())
        return {0, 0};
    return {m_firstOfThread[thread.value()], m_firstOfThread[thread.value() + 1]};
}

std::size_t CpuEventTable::firstBeginningAfter(ThreadId thread, TimePoint time) const
{
    const auto [first, last] = rowsOf(thread);
    const auto from = m_begin.begin() + static_cast<std::ptrdiff_t>(first);
    const auto until = m_begin.begin() + static_cast<std::ptrdiff_t>(last);
    return static_cast<std::size_t>(std::upper_bound(from, until, time) - m_begin.begin());
}

std::uint32_t CpuEventTable::innermostAt(ThreadId thread, TimePoint time) const
{
    const std::size_t after = firstBeginningAfter(thread, time);
    if (after == rowsOf(thread).first)
        return noParent;
    auto row = static_cast<std::uint32_t>(after - 1);
    while (row != noParent && m_end[row] <= time)
        row = m_parent[row];
    return row;
}

void CpuEventTable::append(const CpuEvent& event)
{
    m_begin.push_back(event.begin);
    m_end.push_back(event.end);
    m_name.push_back(event.name);
    m_thread.push_back(event.thread);
    m_kind.push_back(event.kind);
}

void CpuEventTable::rebase(Duration origin, std::size_t first)
{
    for (std::size_t row = first; row < size(); ++row) {
        m_begin[row] -= origin;
        m_end[row] -= origin;
    }
}

void CpuEventTable::arrange(std::size_t threads)
{
    const std::vector<std::uint32_t> order = stableOrder(size(), [this](std::uint32_t a, std::uint32_t b) {
        if (m_thread[a] != m_thread[b])
            return m_thread[a] < m_thread[b];
        return m_begin[a] != m_begin[b] ? m_begin[a] < m_begin[b] : m_end[a] > m_end[b];
    });
    if (!order.empty()) {
        reorderColumn(m_begin, order);
        reorderColumn(m_end, order);
        reorderColumn(m_name, order);
        reorderColumn(m_thread, order);
        reorderColumn(m_kind, order);
    }
    m_firstOfThread.assign(threads + 1, 0);
    for (const ThreadId thread : m_thread)
        ++m_firstOfThread[thread.value() + 1];
    for (std::size_t thread = 0; thread < threads; ++thread)
        m_firstOfThread[thread + 1] += m_firstOfThread[thread];

    m_parent.assign(size(), noParent);
    std::vector<std::uint32_t> open;
    for (std::size_t row = 0; row < size(); ++row) {
        if (row > 0 && m_thread[row] != m_thread[row - 1])
            open.clear();
        while (!open.empty() && m_end[open.back()] <= m_begin[row])
            open.pop_back();
        if (!open.empty())
            m_parent[row] = open.back();
        open.push_back(static_cast<std::uint32_t>(row));
    }
}

} // namespace stepscope
