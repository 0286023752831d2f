#include "core/trace/apicalltable.h"

#include "core/trace/columnorder.h"

namespace stepscope {

void ApiCallTable::append(const ApiCall& call)
{
    m_begin.push_back(call.begin);
    m_end.push_back(call.end);
    m_name.push_back(call.name);
    m_thread.push_back(call.thread);
    m_correlation.push_back(call.correlation);
    m_kind.push_back(call.kind);
}

void ApiCallTable::rebase(Duration origin, std::size_t first)
{
    for (std::size_t row = first; row < size(); ++row) {
        m_begin[row] -= origin;
        m_end[row] -= origin;
    }
}

void ApiCallTable::sort()
{
    const std::vector<std::uint32_t> order = stableOrder(size(), [this](std::uint32_t a, std::uint32_t b) {
        return m_begin[a] != m_begin[b] ? m_begin[a] < m_begin[b] : m_end[a] > m_end[b];
    });
    if (order.empty())
        return;
    reorderColumn(m_begin, order);
    reorderColumn(m_end, order);
    reorderColumn(m_name, order);
    reorderColumn(m_thread, order);
    m_correlation.reorder(order);
    reorderColumn(m_kind, order);
}

} // namespace stepscope
