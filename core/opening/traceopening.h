#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/columnfile/tracecache.h"
#include "core/import/importoptions.h"
#include "core/trace/trace.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace stepscope {

/// One opening of a trace as the programs do it: from what the cache kept of its files, else from the files,
/// to be kept afterwards. Blocks; for a worker thread, one at a time.
class TraceOpening {
public:
    /// As importReportOrTraces(). Without a cache nothing is looked up or kept. `cache` has to outlive this.
    TraceOpening(std::vector<std::string> paths, ImportOptions options, const TraceCache* cache);

    /// A trace of the cache is what the files held when it was kept, which check() has to confirm. Its
    /// preview is shown at once, before the columns are read.
    Result<Trace> open(Progress& progress);
    bool isFromCache() const { return m_isFromCache; }

    enum class Check { Same, Changed, Cancelled };
    /// Whether the files still hold what `trace`, of open(), was read from, by the SHA-256 of all their
    /// bytes. Where they do not, what was kept is discarded: open() again reads the files.
    Check check(const Trace& trace, Progress& progress);

    /// Keeps `trace`, of open(), where that is worth it and the files were left alone since before they were
    /// read. Whether it was kept.
    bool keep(const Trace& trace, Progress& progress) const;

private:
    std::optional<CacheKey> currentKey() const;
    std::optional<Trace> openKept(Progress& progress);
    bool isWorthKeeping(const Trace& trace) const;

    std::vector<std::string> m_paths;
    ImportOptions m_options;
    const TraceCache* m_cache;
    std::vector<std::string> m_files; // of a folder those in it
    std::optional<CacheKey> m_key;    // of the files before they were read
    bool m_isFromCache = false;
    std::chrono::steady_clock::duration m_took{};
};

} // namespace stepscope
