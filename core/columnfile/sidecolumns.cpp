#include "core/columnfile/sidecolumns.h"

#include "core/base/utf8.h"

#include <string_view>

namespace stepscope {

SideColumns::SideColumns(const Trace& trace)
{
    for (std::size_t name = 0; name < trace.names().size(); ++name) {
        const std::string_view text = trace.name(NameId(name));
        m_text.insert(m_text.end(), text.begin(), text.end());
        m_textEnd.push_back(m_text.size());
    }
    for (const HostRange& range : trace.ranges()) {
        m_begin.push_back(range.begin);
        m_end.push_back(range.end);
        m_name.push_back(range.name);
        m_thread.push_back(range.thread);
        m_kind.push_back(range.kind);
        m_file.push_back(range.file);
    }
}

bool SideColumns::putInto(Trace& trace) const
{
    const TraceColumns::Parts parts = TraceColumns::partsOf(trace);
    return putNamesInto(parts.names) && putRangesInto(parts.ranges);
}

bool SideColumns::putNamesInto(StringPool& names) const
{
    const std::string_view text(m_text.data(), m_text.size());
    std::uint64_t begin = 0;
    for (const std::uint64_t end : m_textEnd) {
        if (end < begin || end > text.size())
            return false;
        const std::string_view name = text.substr(begin, end - begin);
        const NameId next(names.size());
        if (!isValidUtf8(name) || names.intern(name) != next)
            return false;
        begin = end;
    }
    return begin == text.size();
}

bool SideColumns::putRangesInto(RangeTable& ranges) const
{
    const std::size_t rows = m_begin.size();
    if (m_end.size() != rows || m_name.size() != rows || m_thread.size() != rows || m_kind.size() != rows ||
        m_file.size() != rows)
        return false;
    for (std::size_t row = 0; row < rows; ++row)
        ranges.append({m_begin[row], m_end[row], m_name[row], m_thread[row], m_kind[row], m_file[row]});
    return true;
}

} // namespace stepscope
