#include "app/cli/openedtrace.h"

#include <new>
#include <system_error>

namespace stepscope {

OpenedTrace::OpenedTrace(const std::vector<std::string>& paths, const ImportOptions& answers, bool usesCache)
    : m_cache(TraceCache::standardFolder()), m_opening(paths, answers, usesCache ? &m_cache : nullptr)
{}

OpenedTrace::~OpenedTrace()
{
    if (m_rest.joinable())
        m_rest.join();
}

Result<std::shared_ptr<OpenedTrace>> OpenedTrace::open(const std::vector<std::string>& paths,
                                                       const ImportOptions& answers, bool usesCache)
{
    std::shared_ptr<OpenedTrace> opened(new OpenedTrace(paths, answers, usesCache));
    Result<Trace> trace = opened->m_opening.open(opened->m_progress);
    if (!trace)
        return trace.error();
    opened->m_trace.emplace(std::move(*trace));
    opened->begin();
    return opened;
}

void OpenedTrace::begin()
{
    const auto work = [this] {
        try {
            if (m_opening.isFromCache())
                m_check = m_opening.check(*m_trace, m_progress);
            else
                m_opening.keep(*m_trace, m_progress);
        } catch (const std::bad_alloc&) {
            m_check = m_opening.isFromCache() ? TraceOpening::Check::Changed : m_check; // as far as is known
        }
    };
    try {
        m_rest = std::thread(work);
    } catch (const std::system_error&) { // no second thread: one does it
        work();
    }
}

std::shared_ptr<const Trace> OpenedTrace::traceOf(const std::shared_ptr<OpenedTrace>& opened)
{
    return {opened, &*opened->m_trace};
}

TraceOpening::Check OpenedTrace::settle()
{
    if (m_opening.isFromCache() && m_rest.joinable())
        m_rest.join();
    return m_check;
}

} // namespace stepscope
