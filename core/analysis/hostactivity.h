#pragma once

#include "core/analysis/hostframes.h"
#include "core/analysis/intervalunion.h"
#include "core/analysis/timeclass.h"
#include "core/trace/trace.h"

#include <functional>
#include <span>
#include <vector>

namespace stepscope {

/// A part of one device's idle time that its host is asked about: `range` lies before the launch that ends
/// the gap, on the thread that made that launch.
struct HostQuestion {
    TimeRange range;
    ThreadId thread;
};

/// What the host threads of a trace did while a device waited (definitions.md §3.5, §3.7 and §3.8). Prepared
/// once per trace, then asked for each device. Immutable; safe to read from any thread.
class HostActivity {
public:
    /// O(n log n) in calls and CPU events; each name is classified once.
    static HostActivity build(const Trace& trace);

    /// The profiler's own work in a process; rows that name no thread count for every process.
    const IntervalUnion& profiler(ProcessId process) const { return m_profiler[process.value()]; }
    /// Time inside calls that wait for the device (definitions.md §3.7).
    const IntervalUnion& blocking(ThreadId thread) const { return m_threads[thread.value()].blocking; }
    bool isBlockingCall(CallId call) const { return m_isBlocking[call.value()]; }
    /// The frame class of a CPU event's name.
    const HostFrame& frame(NameId name) const { return m_frames[name.value()]; }
    /// The owner of time in which CPU event `row` is the innermost: its class, else that of its nearest
    /// ancestor below a driver, else OtherHost. `noParent` and step ranges: Untraced. O(depth).
    TimeClass ownerOf(const Trace& trace, std::uint32_t row) const;

    /// Divides the questions into their owners, `give(owner, part)`: all parts of a question together cover
    /// it, each ns once. Questions must be disjoint. O(questions + events of their threads).
    void divide(const Trace& trace, std::span<const HostQuestion> questions,
                const std::function<void(TimeClass, TimeRange)>& give) const;

private:
    struct ThreadCalls {
        IntervalUnion blocking;
        IntervalUnion allocating;
        IntervalUnion calls;
    };

    void divideThread(const Trace& trace, ThreadId thread, std::vector<TimeRange> ranges,
                      const std::function<void(TimeClass, TimeRange)>& give) const;

    std::vector<IntervalUnion> m_profiler; // by process
    std::vector<ThreadCalls> m_threads;
    std::vector<bool> m_isBlocking;  // by call
    std::vector<HostFrame> m_frames; // by name
};

} // namespace stepscope
