#include "core/columnfile/tracecache.h"

#include "core/columnfile/columnfilewriter.h"
#include "core/trace/tracecolumns.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stepscope {

namespace {

namespace fs = std::filesystem;

constexpr const char* columnSuffix = ".columns";
constexpr const char* unfinishedSuffix = ".part";
constexpr auto abandonedAfter = std::chrono::hours(1); // nobody writes for so long

/// About what its column file takes, not less.
std::uint64_t columnFileBytes(const Trace& trace, const TracePreview& preview)
{
    constexpr std::uint64_t beside = 1 << 20; // facts, and what is left over of pages
    std::uint64_t bytes = beside + trace.names().bytes() + trace.ranges().size() * sizeof(HostRange);
    TraceColumns::visit(trace, [&bytes](const std::string&, const auto& column, ColumnLength) {
        bytes += column.size() * sizeof column[0];
    });
    for (const TracePreview::Lane& lane : preview.lanes)
        bytes += lane.busy.size() * sizeof lane.busy[0];
    return bytes + bytes / 64;
}

struct KeptFile {
    fs::path path;
    std::uint64_t bytes = 0;
    fs::file_time_type used;
};

/// Those in the folder, the one used longest ago first.
std::vector<KeptFile> keptFiles(const std::string& folder)
{
    std::vector<KeptFile> files;
    std::error_code fault;
    for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
        const fs::path path = entry->path();
        if (path.extension() != columnSuffix && path.extension() != unfinishedSuffix)
            continue;
        std::error_code gone; // another program deletes, too
        KeptFile file{path, fs::file_size(path, gone), fs::last_write_time(path, gone)};
        if (!gone)
            files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(),
              [](const KeptFile& a, const KeptFile& b) { return a.used < b.used; });
    return files;
}

/// A new file in the folder, empty and for its owner alone; an empty path where there can be none.
std::string newFileIn(const std::string& folder, const std::string& name)
{
    std::string path = folder + '/' + name + ".XXXXXX" + unfinishedSuffix;
    const int file =
        ::mkostemps(path.data(), static_cast<int>(std::string_view(unfinishedSuffix).size()), O_CLOEXEC);
    if (file < 0)
        return {};
    ::close(file);
    return path;
}

} // namespace

std::string TraceCache::standardFolder()
{
    const auto folderIn = [](const char* variable) {
        const char* const value = std::getenv(variable); // NOLINT: nobody sets it while the program runs
        return std::string(value && *value == '/' ? value : "");
    };
    if (const std::string cache = folderIn("XDG_CACHE_HOME"); !cache.empty())
        return cache + "/stepscope/traces";
    const std::string home = folderIn("HOME");
    return home.empty() ? home : home + "/.cache/stepscope/traces";
}

std::string TraceCache::pathOf(const CacheKey& key) const
{
    return m_folder + '/' + key.name() + columnSuffix;
}

std::optional<ColumnFileReader> TraceCache::find(const CacheKey& key) const
{
    if (m_folder.empty())
        return std::nullopt;
    Result<ColumnFileReader> reader = ColumnFileReader::open(pathOf(key));
    if (!reader || reader->head().identity != key.identity()) {
        if (reader || reader.error().code != ErrorCode::FileNotFound)
            discard(key);
        return std::nullopt;
    }
    ::utimensat(AT_FDCWD, pathOf(key).c_str(), nullptr, 0);
    return std::move(*reader);
}

void TraceCache::discard(const CacheKey& key) const
{
    if (!m_folder.empty())
        ::unlink(pathOf(key).c_str());
}

bool TraceCache::makeRoom(std::uint64_t bytes) const
{
    std::vector<KeptFile> files = keptFiles(m_folder);
    std::error_code fault;
    const std::uint64_t free = fs::space(m_folder, fault).available;
    if (fault)
        return false;
    std::uint64_t kept = 0;
    std::erase_if(files, [&kept](const KeptFile& file) {
        const bool isUnfinished = file.path.extension() == unfinishedSuffix;
        const bool isAbandoned =
            isUnfinished && fs::file_time_type::clock::now() - file.used > abandonedAfter;
        std::error_code gone;
        if (!isAbandoned || !fs::remove(file.path, gone))
            kept += file.bytes;
        return isUnfinished; // somebody is at it
    });
    const std::uint64_t most = std::min(m_limits.mostBytes, (free + kept) / m_limits.partsOfFree);
    if (bytes > most)
        return false;
    for (const KeptFile& file : files) {
        if (kept + bytes <= most)
            break;
        std::error_code gone;
        fs::remove(file.path, gone);
        kept -= file.bytes;
    }
    return kept + bytes <= most;
}

bool TraceCache::keep(const CacheKey& key, const Trace& trace, const TracePreview& preview,
                      Progress& progress) const
{
    if (m_folder.empty())
        return false;
    std::error_code fault;
    fs::create_directories(fs::path(m_folder).parent_path(), fault);
    ::mkdir(m_folder.c_str(), 0700);
    if (!makeRoom(columnFileBytes(trace, preview)))
        return false;
    const std::string unfinished = newFileIn(m_folder, key.name());
    if (unfinished.empty())
        return false;
    const Result<Done> done = writeColumnFile(unfinished, trace, preview, key.identity(), progress);
    if (done && std::rename(unfinished.c_str(), pathOf(key).c_str()) == 0)
        return true;
    ::unlink(unfinished.c_str());
    return false;
}

} // namespace stepscope
