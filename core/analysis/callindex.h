#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace stepscope {

/// What the gates ask of the host calls, prepared once so that a window costs two binary searches.
/// Immutable; safe to read from any thread.
class CallIndex {
public:
    /// Launch calls of kernels and graphs, and how many of them have a GPU record.
    struct Coverage {
        std::uint64_t launches = 0;
        std::uint64_t recorded = 0;
        std::uint64_t graphLaunches = 0;
        std::uint64_t recordedGraphs = 0;

        friend bool operator==(const Coverage&, const Coverage&) = default;
    };

    static CallIndex build(const Trace& trace);

    /// Launch calls of `process` that begin in the window; those inside a stream capture launch nothing and
    /// are left out. O(log n).
    Coverage coverageIn(ProcessId process, TimeRange window) const;
    Coverage coverageOf(ProcessId process) const;
    /// The end of the last launch call of `process`; the trace start when there is none.
    TimePoint lastLaunch(ProcessId process) const;

    /// Module loads (a kernel's own at its first use among them), graph instantiation, allocations and copies
    /// to the device of 64 MiB or more, by begin: what a server does while it starts up (definitions.md §11,
    /// gate 4).
    const std::vector<TimeRange>& startUpWork() const { return m_startUpWork; }

private:
    /// Coverage::launches is the number of calls itself.
    struct Sums {
        std::uint32_t recorded = 0;
        std::uint32_t graphLaunches = 0;
        std::uint32_t recordedGraphs = 0;
    };
    struct ProcessCalls {
        std::vector<TimePoint> begins; // of launch calls
        std::vector<Sums> until;       // each of them, and itself
        TimePoint lastEnd{};

        Coverage first(std::size_t calls) const;
    };

    std::vector<ProcessCalls> m_processes;
    std::vector<TimeRange> m_startUpWork;
};

} // namespace stepscope
