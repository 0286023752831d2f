#include "core/nsysexport/nsysexport.h"

#include "core/nsysexport/childprocess.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include <glob.h>
#include <unistd.h>

namespace stepscope {

namespace {

namespace fs = std::filesystem;

constexpr int outputMilliseconds = 100;
constexpr std::size_t keptOutput = 4096;
constexpr std::uintmax_t usualGrowth = 10; // of the report's bytes, so that the export has room
constexpr auto leftoverAge = std::chrono::hours(24);

std::optional<std::string> newestMatch(const char* pattern)
{
    glob_t found{};
    std::optional<std::string> newest;
    if (::glob(pattern, 0, nullptr, &found) == 0) {
        for (std::size_t i = 0; i < found.gl_pathc; ++i) {
            const char* const path = found.gl_pathv[i];
            if (::access(path, X_OK) == 0 && (!newest || ::strverscmp(newest->c_str(), path) < 0))
                newest = path;
        }
    }
    ::globfree(&found);
    return newest;
}

/// Exports that a run which was killed left behind.
void removeLeftovers(const fs::path& folder)
{
    std::error_code fault;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, fault)) {
        const auto age = fs::file_time_type::clock::now() - entry.last_write_time(fault);
        if (!fault && age > leftoverAge)
            fs::remove_all(entry.path(), fault);
    }
}

/// Beside the user's other caches, for nsys needs file locks and room; elsewhere when there is too little.
std::optional<std::string> newFolder(std::uintmax_t reportBytes)
{
    std::vector<fs::path> places;
    if (const char* const cache = std::getenv("XDG_CACHE_HOME"); cache && *cache == '/')
        places.emplace_back(cache);
    else if (const char* const home = std::getenv("HOME"); home && *home == '/')
        places.emplace_back(fs::path(home) / ".cache");
    std::error_code fault;
    places.push_back(fs::temp_directory_path(fault));
    const auto room = [](const fs::path& place) {
        std::error_code unknown;
        const fs::space_info space = fs::space(place, unknown);
        return unknown ? 0 : space.available;
    };
    for (fs::path& place : places) {
        place = place / "stepscope" / "exports";
        fs::create_directories(place, fault);
        removeLeftovers(place);
    }
    std::stable_sort(places.begin(), places.end(), [&](const fs::path& a, const fs::path& b) {
        const std::uintmax_t enough = reportBytes * usualGrowth;
        return std::min(room(a), enough) > std::min(room(b), enough);
    });
    for (const fs::path& place : places) {
        std::string name = (place / "XXXXXX").string();
        if (::mkdtemp(name.data()))
            return name;
    }
    return std::nullopt;
}

/// The number before the last "%" of what nsys prints over and over: "Processing [==  37%]".
std::optional<int> lastPercent(const std::string& text)
{
    const std::size_t sign = text.rfind('%');
    std::size_t first = sign;
    while (first != std::string::npos && first > 0 &&
           std::isdigit(static_cast<unsigned char>(text[first - 1])) && sign - first < 3)
        --first;
    if (sign == std::string::npos || first == sign)
        return std::nullopt;
    return std::min(100, std::atoi(text.c_str() + first));
}

/// The last lines without the progress, as one line.
std::string lastWords(const std::string& text)
{
    constexpr std::size_t mostLines = 3;
    std::vector<std::string> lines(1);
    for (const char c : text) {
        if (c == '\n' || c == '\r')
            lines.emplace_back();
        else
            lines.back() += c;
    }
    std::erase_if(lines, [](const std::string& line) {
        return line.find_first_not_of(" \t") == std::string::npos || line.find("%]") != std::string::npos;
    });
    std::string words;
    for (std::size_t i = lines.size() - std::min(mostLines, lines.size()); i < lines.size(); ++i)
        words += (words.empty() ? "" : " ") + lines[i].substr(lines[i].find_first_not_of(" \t"));
    return words;
}

} // namespace

bool NsysExport::isReport(const std::string& path)
{
    std::string extension = fs::path(path).extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension == ".nsys-rep" || extension == ".qdrep";
}

std::optional<std::string> NsysExport::tool()
{
    const char* const variable = std::getenv("PATH");
    std::string folders = variable ? variable : "";
    for (folders += ':'; !folders.empty(); folders.erase(0, folders.find(':') + 1)) {
        const std::string candidate = folders.substr(0, folders.find(':')) + "/nsys";
        if (candidate.front() == '/' && candidate.size() > 5 && ::access(candidate.c_str(), X_OK) == 0)
            return candidate;
    }
    constexpr std::array patterns = {
        "/opt/nvidia/nsight-systems*/bin/nsys", "/opt/nvidia/nsight-systems*/*/bin/nsys",
        "/opt/nvidia/nsight-systems*/*/target-linux-*/nsys", "/usr/local/cuda*/bin/nsys"};
    for (const char* const pattern : patterns) {
        if (const std::optional<std::string> newest = newestMatch(pattern))
            return newest;
    }
    return std::nullopt;
}

Result<NsysExport> NsysExport::run(const std::string& tool, const std::string& report, Progress& progress)
{
    std::error_code fault;
    const fs::path absolute = fs::absolute(report, fault);
    const std::uintmax_t reportBytes = fs::file_size(absolute, fault);
    if (fault)
        return Error{ErrorCode::FileNotReadable, fault.message()};
    const std::optional<std::string> folder = newFolder(reportBytes);
    if (!folder)
        return Error{ErrorCode::NsysExportFailed, "there is no place for a temporary file"};
    NsysExport made(*folder, *folder + '/' + absolute.stem().string() + ".sqlite");
    // The path is absolute: it cannot be taken for an option.
    std::optional<ChildProcess> nsys =
        ChildProcess::start({tool, "export", "--type=sqlite", "--force-overwrite=true",
                             "--output=" + made.m_database, absolute.string()});
    if (!nsys)
        return Error{ErrorCode::NsysExportFailed, tool + " cannot be started"};
    std::string said;
    bool saysPercent = false;
    while (!nsys->hasEnded()) {
        if (progress.isCancelled())
            return Error{ErrorCode::Cancelled, {}};
        said += nsys->output(outputMilliseconds);
        if (said.size() > 2 * keptOutput)
            said.erase(0, said.size() - keptOutput);
        if (const std::optional<int> percent = lastPercent(said)) {
            saysPercent = true;
            progress.report(static_cast<std::uint64_t>(*percent), 100);
        } else if (const std::uintmax_t grown = fs::file_size(made.m_database, fault);
                   !saysPercent && !fault) {
            progress.report(grown, grown + reportBytes); // never full: how far it will grow nobody knows
        }
    }
    if (nsys->exitCode() != 0 || !fs::exists(made.m_database, fault)) {
        const std::string words = lastWords(said);
        return Error{ErrorCode::NsysExportFailed,
                     tool + ": " + (words.empty() ? "exit code " + std::to_string(nsys->exitCode()) : words)};
    }
    return made;
}

NsysExport::NsysExport(NsysExport&& other) noexcept
    : m_folder(std::exchange(other.m_folder, {})), m_database(std::move(other.m_database))
{}

NsysExport::~NsysExport()
{
    std::error_code ignored;
    if (!m_folder.empty())
        fs::remove_all(m_folder, ignored);
}

} // namespace stepscope
