#include "core/import/pythonframefilter.h"

namespace stepscope {

bool PythonFrameFilter::decides(NameId name, std::string_view text)
{
    if (const auto known = m_known.find(name.value()); known != m_known.end())
        return known->second;
    return m_known.emplace(name.value(), m_decides(text)).first->second;
}

bool PythonFrameFilter::keeps(NameId name, std::string_view text, ThreadId thread, TimeRange range)
{
    if (!m_decides || decides(name, text))
        return true;
    if (m_outermost.size() <= thread.value())
        m_outermost.resize(thread.value() + 1, TimeRange{});
    TimeRange& outermost = m_outermost[thread.value()];
    if (!outermost.isEmpty() && outermost.contains(range)) {
        ++m_leftOut;
        return false;
    }
    outermost = range;
    return true;
}

} // namespace stepscope
