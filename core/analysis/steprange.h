#pragma once

#include "core/analysis/step.h"
#include "core/trace/trace.h"

#include <map>
#include <optional>
#include <vector>

namespace stepscope {

/// What frames one step on the host: the engine's annotation, or the Python frame that runs a step.
struct StepRange {
    TimeRange range;
    std::optional<StepTokens> tokens; ///< what an annotation says
};

/// Where one step begins on a device.
struct StepBoundary {
    TimePoint begin; ///< of the first operation launched inside the range
    std::optional<StepTokens> tokens;
};

/// The ranges that frame steps, by the thread whose calls they frame: a range whose thread calls nothing
/// stands for the calls of the thread of its process that launches most. `trace` must outlive it.
class StepRanges {
public:
    /// O(n) in the calls.
    explicit StepRanges(const Trace& trace);

    /// Ranges of one thread in order of begin, a caller before what it calls: the outermost counts.
    void add(ThreadId thread, const StepRange& range);
    bool isEmpty() const { return m_byThread.empty(); }

    /// Projects the ranges to one device: for each the first operation whose launch call lies inside it on
    /// its thread (definitions.md §4 A). Ranges without GPU work there are no steps. In order of begin.
    /// O(n log n).
    std::vector<StepBoundary> boundariesOn(const ActivityTable& work) const;

private:
    const Trace* m_trace;
    std::vector<bool> m_hasCalls;              // by thread
    std::map<ProcessId, ThreadId> m_launchers; // which launch most
    std::map<ThreadId, std::vector<StepRange>> m_byThread;
};

} // namespace stepscope
