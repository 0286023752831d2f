#include "app/cli/exportcommand.h"

#include "app/cli/assessedtrace.h"
#include "core/report/errortext.h"
#include "core/report/exportfiles.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

namespace stepscope {

namespace {

/// Whole or not at all: written beside its place, then moved there.
bool writeWhole(const std::filesystem::path& path, const std::string& content)
{
    std::filesystem::path part = path;
    part += ".part";
    std::error_code fault;
    {
        std::ofstream file(part, std::ios::binary | std::ios::trunc);
        file << content;
        file.flush();
        if (!file)
            fault = std::make_error_code(std::errc::io_error);
    }
    if (!fault)
        std::filesystem::rename(part, path, fault);
    if (!fault)
        return true;
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    const Error error{ErrorCode::CannotWrite, path.string() + ": " + fault.message()};
    std::cerr << "stepscope-cli: " << errorSentence(error, path.string()) << "\n";
    return false;
}

} // namespace

int runExport(const std::vector<std::string>& words)
{
    std::vector<std::string_view> valued = assessmentOptions();
    valued.emplace_back("--out");
    const Arguments arguments(words, valued, assessmentSwitches());
    const std::optional<AssessedTrace> trace =
        assessTrace("export", std::string("--out DIR ") + assessmentUsage, arguments,
                    arguments.has("--out") ? "" : "needs --out DIR");
    if (!trace)
        return exitUsageOrUnreadable;
    const std::filesystem::path folder = arguments.value("--out").value_or("");
    std::error_code ignored; // a folder that cannot be made shows in the first file
    std::filesystem::create_directories(folder, ignored);
    for (const ExportFile& file : exportFiles(trace->assessment, *trace->index)) {
        if (!writeWhole(folder / file.name, file.content))
            return exitUsageOrUnreadable;
    }
    return exitCodeOf(trace->assessment, arguments);
}

} // namespace stepscope
