#include "core/import/emptytrace.h"

#include "core/import/tracefolder.h"

#include <filesystem>

namespace stepscope {

namespace {

constexpr std::size_t siblingsNamed = 3;

} // namespace

std::optional<Error> whyNothingToShow(const Trace& trace, const std::string& path)
{
    if (trace.activityCount() > 0)
        return std::nullopt;
    std::uint64_t launches = 0;
    for (std::size_t row = 0; row < trace.calls().size(); ++row) {
        const ApiCallKind kind = trace.calls().kind(row);
        launches += kind == ApiCallKind::KernelLaunch || kind == ApiCallKind::GraphLaunch ? 1 : 0;
    }
    if (launches > 0)
        return Error{ErrorCode::NoGpuRecords, std::to_string(launches)};
    const std::filesystem::path file(path.empty() ? trace.capture().path : path);
    const std::string name = file.filename().string();
    const std::string siblings = joinedNames(traceNamesIn(file.parent_path().string(), name, siblingsNamed));
    const bool isKineto = trace.capture().format == TraceFormat::KinetoJson;
    if (isKineto && (isFrontEndName(name) || trace.calls().isEmpty()))
        return Error{ErrorCode::FrontEndTrace, siblings};
    return Error{ErrorCode::NoGpuWork, siblings};
}

} // namespace stepscope
