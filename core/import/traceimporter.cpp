#include "core/import/traceimporter.h"

#include "core/import/memoryestimate.h"
#include "core/import/tracefile.h"
#include "core/import/tracefolder.h"
#include "core/import/traceset.h"

#include <filesystem>

namespace stepscope {

std::string shownPathOf(const std::vector<std::string>& paths)
{
    const std::size_t others = paths.size() - 1;
    return others == 0 ? paths.front() : paths.front() + " and " + std::to_string(others) + " more";
}

Result<Trace> importTrace(const std::string& path, Progress& progress, const ImportOptions& options)
{
    std::error_code fault;
    if (std::filesystem::is_directory(path, fault)) {
        if (const std::vector<std::string> paths = rankSetIn(path); !paths.empty())
            return importTraceSet(paths, path, progress, options);
    }
    const Result<TraceFormatProbe> probe = probeTrace(path);
    if (!probe)
        return probe.error();
    if (const std::optional<Error> over = memoryQuestion({{path, *probe}}, options))
        return *over;
    TraceBuilder builder(probe->format);
    const Result<Done> done = readTraceFile(path, *probe, progress, builder, options);
    return done ? builder.build(progress) : done.error();
}

Result<Trace> importTraces(const std::vector<std::string>& paths, Progress& progress,
                           const ImportOptions& options)
{
    return paths.size() == 1 ? importTrace(paths.front(), progress, options)
                             : importTraceSet(paths, shownPathOf(paths), progress, options);
}

} // namespace stepscope
