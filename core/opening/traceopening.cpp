#include "core/opening/traceopening.h"

#include "core/base/sha256.h"
#include "core/import/filereader.h"
#include "core/import/memoryestimate.h"
#include "core/import/tracefolder.h"
#include "core/import/traceimporter.h"
#include "core/nsysexport/reportimporter.h"
#include "core/report/budgetreport.h"
#include "core/trace/tracecolumns.h"
#include "core/trace/tracepreviewof.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace stepscope {

namespace {

/// What importTraces() reads of `paths`.
std::vector<std::string> filesOf(const std::vector<std::string>& paths)
{
    std::error_code fault;
    if (paths.size() == 1 && std::filesystem::is_directory(paths.front(), fault))
        return rankSetIn(paths.front());
    return paths;
}

/// What of the options decides which rows come of a file, or whether it is read at all.
std::string readingOf(const ImportOptions& options)
{
    return std::string(options.keepsPythonFrame ? "Python frames that decide" : "all Python frames") +
           (options.acceptsExpansion ? ", any expansion" : "");
}

/// The SHA-256 of a file as it is now; nullopt when it cannot be read to its end, or on cancel.
std::optional<std::string> hashOf(const std::string& path, std::uint64_t& done, std::uint64_t all,
                                  Progress& progress)
{
    Result<FileReader> file = FileReader::open(path);
    if (!file)
        return std::nullopt;
    std::vector<unsigned char> piece(std::size_t{1} << 20);
    while (const std::size_t count = file->read(piece)) {
        if (progress.isCancelled())
            return std::nullopt;
        progress.report(done += count, all);
    }
    return file->fault().empty() ? std::optional(file->sha256()) : std::nullopt;
}

/// The trace calls its files as they were called this time. False where it is of another number of files.
bool callFiles(Trace& trace, const std::string& shownPath, const std::vector<std::string>& files)
{
    CaptureInfo& capture = TraceColumns::partsOf(trace).capture;
    if (capture.files.size() != (files.size() == 1 ? 0 : files.size()))
        return false;
    capture.path = shownPath;
    for (std::size_t file = 0; file < capture.files.size(); ++file)
        capture.files[file].path = files[file];
    return true;
}

} // namespace

TraceOpening::TraceOpening(std::vector<std::string> paths, ImportOptions options, const TraceCache* cache)
    : m_paths(std::move(paths)), m_options(std::move(options)), m_cache(cache)
{}

std::optional<CacheKey> TraceOpening::currentKey() const
{
    return m_cache && !m_files.empty() ? CacheKey::of(m_files, readingOf(m_options)) : std::nullopt;
}

Result<Trace> TraceOpening::open(Progress& progress)
{
    const auto start = std::chrono::steady_clock::now();
    m_isFromCache = false;
    m_files = filesOf(m_paths);
    m_key = currentKey();
    if (std::optional<Trace> kept = openKept(progress)) {
        m_isFromCache = true;
        return *std::move(kept);
    }
    if (progress.isCancelled())
        return Error{ErrorCode::Cancelled, {}};
    Result<Trace> imported = importReportOrTraces(m_paths, progress, m_options);
    m_took = std::chrono::steady_clock::now() - start;
    return imported;
}

std::optional<Trace> TraceOpening::openKept(Progress& progress)
{
    std::optional<ColumnFileReader> reader = m_key ? m_cache->find(*m_key) : std::nullopt;
    if (!reader)
        return std::nullopt;
    // A trace that asks for more memory than there is asks as it does without a cache.
    if (m_options.memoryLimit != 0 &&
        MemoryEstimate::peakOf(reader->head().columnBytes) > m_options.memoryLimit)
        return std::nullopt;
    if (m_options.showPreview) {
        if (const Result<TracePreview> preview = reader->preview())
            m_options.showPreview(*preview);
    }
    Result<Trace> trace = reader->trace(progress);
    if (trace && callFiles(*trace, shownPathOf(m_paths), m_files))
        return std::move(*trace);
    if (!progress.isCancelled())
        m_cache->discard(*m_key);
    return std::nullopt;
}

TraceOpening::Check TraceOpening::check(const Trace& trace, Progress& progress)
{
    const CaptureInfo& capture = trace.capture();
    std::uint64_t done = 0;
    bool isSame = true;
    for (std::size_t file = 0; file < m_files.size() && isSame; ++file) {
        const FileHash& expected = capture.files.empty() ? capture.sha256 : capture.files[file].sha256;
        isSame = hashOf(m_files[file], done, capture.fileBytes, progress) == expected.text();
    }
    if (isSame)
        return Check::Same;
    if (progress.isCancelled())
        return Check::Cancelled;
    if (m_key)
        m_cache->discard(*m_key);
    return Check::Changed;
}

bool TraceOpening::isWorthKeeping(const Trace& trace) const
{
    return std::max(trace.capture().fileBytes, trace.capture().textBytes) >=
               m_cache->limits().leastFileBytes ||
           m_took >= m_cache->limits().leastTime;
}

bool TraceOpening::keep(const Trace& trace, Progress& progress) const
{
    if (m_isFromCache || !m_key || !isWorthKeeping(trace) || m_key != currentKey() ||
        !TraceColumns::isTrace(trace)) // else it would be refused, and kept again, each time
        return false;
    if (trace.capture().sha256.find(progress).value_or(std::string()).empty()) // what was read is gone
        return false;
    const TracePreview preview =
        tracePreviewOf(trace, [&trace](DeviceId device) { return deviceLabel(trace, device); });
    return m_cache->keep(*m_key, trace, preview, progress);
}

} // namespace stepscope
