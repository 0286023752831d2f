#include "core/trace/rangetable.h"

#include <algorithm>

namespace stepscope {

void RangeTable::rebase(Duration origin, std::size_t first)
{
    for (std::size_t row = first; row < m_rows.size(); ++row) {
        m_rows[row].begin -= origin;
        m_rows[row].end -= origin;
    }
}

void RangeTable::sort()
{
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const HostRange& a, const HostRange& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
}

} // namespace stepscope
