#include "core/nsysexport/reportimporter.h"

#include "core/import/traceformat.h"
#include "core/import/traceimporter.h"
#include "core/nsysexport/nsysexport.h"

#include <algorithm>

namespace stepscope {

namespace {

/// Exporting is the first half of the work, reading the second.
class HalfProgress final : public Progress {
public:
    HalfProgress(Progress& whole, int half) : m_whole(whole), m_half(half) {}

    void report(std::uint64_t done, std::uint64_t total) override
    {
        constexpr std::uint64_t steps = 1000;
        const double share =
            total > 0 ? std::min(1.0, static_cast<double>(done) / static_cast<double>(total)) : 0.0;
        m_whole.report(static_cast<std::uint64_t>((m_half + share) * steps), 2 * steps);
    }
    bool isCancelled() const override { return m_whole.isCancelled(); }

private:
    Progress& m_whole;
    int m_half;
};

} // namespace

Result<Trace> importReportOrTraces(const std::vector<std::string>& paths, Progress& progress,
                                   const ImportOptions& options)
{
    const std::string& report = paths.front();
    if (paths.size() > 1 || !NsysExport::isReport(report))
        return importTraces(paths, progress, options);
    const Result<TraceFormatProbe> probe = probeTrace(report); // by content: it may be a database by now
    const std::optional<std::string> tool = NsysExport::tool();
    if (probe || probe.error().code != ErrorCode::NsysReport || !tool)
        return importTraces(paths, progress, options);
    HalfProgress exporting(progress, 0);
    const Result<NsysExport> made = NsysExport::run(*tool, report, exporting);
    if (!made)
        return made.error();
    HalfProgress reading(progress, 1);
    ImportOptions ofExport = options;
    ofExport.original = report;
    Result<Trace> trace = importTrace(made->database(), reading, ofExport);
    if (trace)
        return trace;
    Error error = trace.error();
    error.path = report;
    return error;
}

} // namespace stepscope
