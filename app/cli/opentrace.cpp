#include "app/cli/opentrace.h"

#include "app/cli/importanswers.h"
#include "app/cli/openedtrace.h"
#include "core/import/emptytrace.h"
#include "core/import/traceimporter.h"

#include <new>

namespace stepscope {

namespace {

using Index = std::shared_ptr<const TraceIndex>;

Result<Index> indexOf(const std::shared_ptr<OpenedTrace>& opened, const std::string& path,
                      const StepOptions& options)
{
    const std::shared_ptr<const Trace> trace = OpenedTrace::traceOf(opened);
    if (const std::optional<Error> nothing = whyNothingToShow(*trace, path))
        return *nothing;
    return TraceIndex::build(trace, KernelClassifier::standard(), opened->progress(), options);
}

Result<Index> openUnguarded(const std::vector<std::string>& paths, const StepOptions& options,
                            const ImportOptions& answers, bool usesCache)
{
    for (;;) {
        Result<std::shared_ptr<OpenedTrace>> opened = OpenedTrace::open(paths, answers, usesCache);
        if (!opened)
            return opened.error();
        Result<Index> index = indexOf(*opened, shownPathOf(paths), options);
        switch ((*opened)->settle()) {
        case TraceOpening::Check::Same:
            return index;
        case TraceOpening::Check::Changed:
            usesCache = false; // not even where what was kept cannot be deleted
            break;
        case TraceOpening::Check::Cancelled:
            return Error{ErrorCode::Cancelled, {}};
        }
    }
}

} // namespace

std::shared_ptr<const TraceIndex> openTrace(const std::vector<std::string>& paths, const StepOptions& options,
                                            const ImportOptions& answers, bool usesCache)
{
    const auto refuse = [&paths](const Error& error) {
        printRefusal(error, shownPathOf(paths));
        return nullptr;
    };
    try { // the job boundary: the only place where running out of memory is caught
        const Result<Index> index = openUnguarded(paths, options, answers, usesCache);
        return index ? *index : refuse(index.error());
    } catch (const std::bad_alloc&) {
        return refuse({ErrorCode::OutOfMemory, {}});
    }
}

} // namespace stepscope
