#pragma once

#include "app/cli/interruptprogress.h"
#include "core/base/result.h"
#include "core/opening/traceopening.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace stepscope {

/// A trace that a verb works with, while another thread does what is left to do: confirm that the files of a
/// trace from the cache are what they were, or keep a trace that was read from them. Whoever holds trace()
/// keeps that going; the last one waits for its end.
class OpenedTrace {
public:
    /// Ctrl-C cancels.
    static Result<std::shared_ptr<OpenedTrace>> open(const std::vector<std::string>& paths,
                                                     const ImportOptions& answers, bool usesCache);
    OpenedTrace(const OpenedTrace&) = delete;
    OpenedTrace& operator=(const OpenedTrace&) = delete;
    ~OpenedTrace();

    static std::shared_ptr<const Trace> traceOf(const std::shared_ptr<OpenedTrace>& opened);

    /// Waits. Same: what was computed of the trace may be printed. Changed: the trace has to be opened again,
    /// which reads the files. Call once, before anything is printed.
    TraceOpening::Check settle();
    InterruptProgress& progress() { return m_progress; }

private:
    OpenedTrace(const std::vector<std::string>& paths, const ImportOptions& answers, bool usesCache);
    void begin();

    InterruptProgress m_progress;
    TraceCache m_cache;
    TraceOpening m_opening;
    std::optional<Trace> m_trace;
    TraceOpening::Check m_check = TraceOpening::Check::Same;
    std::thread m_rest;
};

} // namespace stepscope
