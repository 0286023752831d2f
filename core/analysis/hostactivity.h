#pragma once

#include "core/analysis/gaplaunch.h"
#include "core/analysis/hostframes.h"
#include "core/analysis/intervalunion.h"
#include "core/analysis/timeclass.h"
#include "core/trace/trace.h"

#include <vector>

namespace stepscope {

/// What the host threads of a trace did while a device waited (definitions.md §3.5, §3.7 and §3.8). Prepared
/// once per trace; HostDivision asks it for each device. Immutable; safe to read from any thread.
class HostActivity {
public:
    /// The calls of one thread, those that wait for the device and those that allocate among them.
    struct ThreadCalls {
        IntervalUnion blocking;
        IntervalUnion allocating;
        IntervalUnion calls;
    };

    /// O(n log n) in calls and CPU events; each name is classified once.
    static HostActivity build(const Trace& trace);

    /// The profiler's own work in a process; rows that name no thread count for every process.
    const IntervalUnion& profiler(ProcessId process) const { return m_profiler[process.value()]; }
    const ThreadCalls& callsOf(ThreadId thread) const { return m_threads[thread.value()]; }
    /// The calls that wait for the device.
    const BlockingCalls& blockingCalls() const { return m_blockingCalls; }
    /// The frame class of a CPU event's name.
    const HostFrame& frame(NameId name) const { return m_frames[name.value()]; }
    /// The CPU event that says who owns time in which `row` is the innermost: itself or its nearest ancestor
    /// below a driver that has a class, else the innermost one that is no step range. noParent when none of
    /// them says anything. O(depth).
    std::uint32_t decidingEvent(const Trace& trace, std::uint32_t row) const;

private:
    std::vector<IntervalUnion> m_profiler; // by process
    std::vector<ThreadCalls> m_threads;
    BlockingCalls m_blockingCalls;
    std::vector<HostFrame> m_frames; // by name
};

} // namespace stepscope
