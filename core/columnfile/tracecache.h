#pragma once

#include "core/base/progress.h"
#include "core/columnfile/cachekey.h"
#include "core/columnfile/columnfilereader.h"
#include "core/trace/trace.h"
#include "core/trace/tracepreview.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stepscope {

/// Column files of the traces that were opened last, in one folder of which anything may be deleted at any
/// time. Files are put there whole, by renaming, and are for their owner alone; several programs may use the
/// folder at once. Whatever goes wrong only means that nothing is kept. Any thread; each call reads or writes
/// files.
class TraceCache {
public:
    struct Limits {
        std::uint64_t mostBytes = std::uint64_t{4} << 30;
        /// Of what would be free without it, the cache takes no more than one part in so many.
        std::uint64_t partsOfFree = 4;
        /// Below both, opening the files themselves is a matter of some tenths of a second, and keeping it
        /// would only fill the disk. Bytes of the files, or of their text; the time that opening took: a
        /// report of Nsight Systems or a slow disk takes it whatever the size.
        std::uint64_t leastFileBytes = 16 << 20;
        std::chrono::milliseconds leastTime{1000};
    };

    explicit TraceCache(std::string folder) : TraceCache(std::move(folder), Limits()) {}
    TraceCache(std::string folder, const Limits& limits) : m_folder(std::move(folder)), m_limits(limits) {}

    /// $XDG_CACHE_HOME, else ~/.cache, and there stepscope/traces; empty where there is neither: such a cache
    /// keeps nothing.
    static std::string standardFolder();

    const Limits& limits() const { return m_limits; }

    /// What was kept for the very same key; marks it as used now. Anything else in its place is deleted.
    std::optional<ColumnFileReader> find(const CacheKey& key) const;
    /// Keeps it, unless it is too large; what was used longest ago makes room. False where it was not kept.
    bool keep(const CacheKey& key, const Trace& trace, const TracePreview& preview, Progress& progress) const;
    void discard(const CacheKey& key) const;

private:
    std::string pathOf(const CacheKey& key) const;
    bool makeRoom(std::uint64_t bytes) const;

    std::string m_folder;
    Limits m_limits;
};

} // namespace stepscope
