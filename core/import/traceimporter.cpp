#include "core/import/traceimporter.h"

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

Result<Trace> importTrace(const std::string& path, Progress& progress)
{
    std::error_code fault;
    if (std::filesystem::is_directory(path, fault)) {
        if (const std::vector<std::string> paths = rankSetIn(path); !paths.empty())
            return importTraceSet(paths, path, progress);
    }
    const Result<TraceFormatProbe> probe = probeTrace(path);
    if (!probe)
        return probe.error();
    TraceBuilder builder(probe->format);
    const Result<Done> done = readTraceFile(path, *probe, progress, builder);
    return done ? Result<Trace>(builder.build()) : done.error();
}

Result<Trace> importTraces(const std::vector<std::string>& paths, Progress& progress)
{
    return paths.size() == 1 ? importTrace(paths.front(), progress)
                             : importTraceSet(paths, shownPathOf(paths), progress);
}

} // namespace stepscope
