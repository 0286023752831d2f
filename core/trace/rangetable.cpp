#include "core/trace/rangetable.h"

#include <algorithm>

namespace stepscope {

void RangeTable::rebase(Duration origin)
{
    for (HostRange& range : m_rows) {
        range.begin -= origin;
        range.end -= origin;
    }
}

void RangeTable::sort()
{
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const HostRange& a, const HostRange& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
}

} // namespace stepscope
