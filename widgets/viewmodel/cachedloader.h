#pragma once

#include "core/columnfile/tracecache.h"
#include "core/opening/traceopening.h"
#include "widgets/viewmodel/traceloader.h"

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace stepscope {

/// loadTrace() by way of what is kept of traces, and what is left to do once a trace is shown. Any thread,
/// several at a time.
class CachedLoader {
public:
    /// Null: without a cache. It has to outlive this.
    explicit CachedLoader(const TraceCache* cache) : m_cache(cache) {}

    /// As loadTrace().
    Result<IndexedTrace> load(const std::vector<std::string>& paths, const LoadAnswers& answers,
                              Progress& progress, const TraceLoader::ShowPreview& showPreview = {});

    /// After load(), for its index: keeps the trace, or makes sure that its files still hold it. False where
    /// they do not: load() gives another one now. Reads or writes as much as there is; ends soon on cancel.
    bool settle(const IndexedTrace& index, Progress& progress);

private:
    using Opening = std::shared_ptr<TraceOpening>;

    const TraceCache* m_cache;
    std::mutex m_mutex;
    std::vector<std::pair<std::weak_ptr<const TraceIndex>, Opening>> m_unsettled;
};

} // namespace stepscope
