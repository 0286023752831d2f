#pragma once

#include "core/analysis/hostactivity.h"
#include "core/analysis/ownedtime.h"

#include <memory>
#include <vector>

namespace stepscope {

/// Divides stretches of a device's idle time, which end with a launch, among what the launching thread was
/// doing (definitions.md §3.5, §3.7 and §3.8). It walks along with them through the thread's calls and
/// events, so that many cost O(calls + events) together, and one alone O(log n). Not thread-safe; several may
/// work on the same trace.
class HostDivision {
public:
    /// All must outlive it.
    HostDivision(const Trace& trace, const HostActivity& host, OwnedTime& owned);
    ~HostDivision();
    HostDivision(const HostDivision&) = delete;
    HostDivision& operator=(const HostDivision&) = delete;

    /// Gives all of `range`, each nanosecond once. It begins where the one before ended, or later.
    void divide(TimeRange range, ThreadId thread);

private:
    class SetWalk;
    class EventWalk;
    class ThreadWalk;

    const Trace& m_trace;
    const HostActivity& m_host;
    OwnedTime& m_owned;
    std::vector<std::unique_ptr<ThreadWalk>> m_walks; // by thread, of those that were asked for
};

} // namespace stepscope
