#include "app/cli/opentrace.h"

#include "app/cli/importanswers.h"
#include "app/cli/interruptprogress.h"
#include "core/import/emptytrace.h"
#include "core/import/traceimporter.h"
#include "core/nsysexport/reportimporter.h"

#include <new>

namespace stepscope {

namespace {

std::shared_ptr<const TraceIndex> refuse(const Error& error, const std::string& path)
{
    printRefusal(error, path);
    return nullptr;
}

std::shared_ptr<const TraceIndex> openUnguarded(const std::vector<std::string>& paths,
                                                const StepOptions& options, const ImportOptions& answers)
{
    InterruptProgress progress;
    const std::string path = shownPathOf(paths);
    Result<Trace> imported = importReportOrTraces(paths, progress, answers);
    if (!imported)
        return refuse(imported.error(), path);
    auto trace = std::make_shared<const Trace>(std::move(*imported));
    if (const std::optional<Error> nothing = whyNothingToShow(*trace, path))
        return refuse(*nothing, path);
    Result<std::shared_ptr<const TraceIndex>> index =
        TraceIndex::build(trace, KernelClassifier::standard(), progress, options);
    return index ? *index : refuse(index.error(), path);
}

} // namespace

std::shared_ptr<const TraceIndex> openTrace(const std::vector<std::string>& paths, const StepOptions& options,
                                            const ImportOptions& answers)
{
    try { // the job boundary: the only place where running out of memory is caught
        return openUnguarded(paths, options, answers);
    } catch (const std::bad_alloc&) {
        return refuse({ErrorCode::OutOfMemory, {}}, shownPathOf(paths));
    }
}

} // namespace stepscope
