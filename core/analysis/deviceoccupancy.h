#pragma once

#include "core/analysis/gapindex.h"
#include "core/analysis/graphreplay.h"
#include "core/analysis/hostactivity.h"
#include "core/analysis/intervalunion.h"
#include "core/analysis/timeclass.h"
#include "core/trace/trace.h"

#include <array>
#include <vector>

namespace stepscope {

class OwnedTime;

/// Which names are communication, by NameId.
class CommNames {
public:
    CommNames() = default;
    explicit CommNames(std::vector<bool> isComm) : m_isComm(std::move(isComm)) {}
    bool contains(NameId name) const { return name.value() < m_isComm.size() && m_isComm[name.value()]; }

private:
    std::vector<bool> m_isComm;
};

/// One device's whole time divided into the classes of TimeClass, each a set with prefix sums: any window is
/// answered in O(log n), exactly, and the classes always sum to the window. Immutable.
class DeviceOccupancy {
public:
    static DeviceOccupancy build(const Trace& trace, DeviceId device, const CommNames& comm,
                                 const HostActivity& host);

    /// The same with the host's activity made for the occasion: for a single device.
    static DeviceOccupancy build(const Trace& trace, DeviceId device, const CommNames& comm)
    {
        return build(trace, device, comm, HostActivity::build(trace));
    }

    /// All GPU work: kernels, graph spans, copies and memsets, each nanosecond once.
    const IntervalUnion& busy() const { return m_busy; }
    const IntervalUnion& compute() const { return m_compute; }
    /// All communication, exposed or hidden behind compute.
    const IntervalUnion& comm() const { return m_comm; }
    const IntervalUnion& hiddenComm() const { return m_hiddenComm; }
    /// The time that belongs to one class. Idle before the first and after the last operation is in none of
    /// the sets; timesIn() counts it as Unattributed.
    const IntervalUnion& of(TimeClass timeClass) const
    {
        return m_classes[static_cast<std::size_t>(timeClass)];
    }
    /// Idle that the host owns: the classes from Synchronize to Untraced together.
    const IntervalUnion& hostIdle() const { return m_hostIdle; }
    const GapIndex& gaps() const { return m_gaps; }
    const std::vector<GraphReplay>& replays() const { return m_replays; }
    /// Whether graph spans without node records exist: busy is an upper bound then, and what is inside a
    /// graph is unknown.
    bool isGraphLevel() const { return !of(TimeClass::GraphOpaque).isEmpty(); }

    ClassTimes timesIn(TimeRange window) const;

private:
    /// What the busy time is made of.
    struct Parts {
        IntervalUnion kernels;
        IntervalUnion copies; ///< and memsets
        bool hasGraphs = false;
    };
    Parts classifyWork(const ActivityTable& work, const CommNames& comm);
    /// Some neighbouring gaps of m_gaps.
    struct Gaps {
        std::size_t first = 0;
        std::size_t last = 0;
    };
    void divideGaps(const Trace& trace, const ActivityTable& work, const HostActivity& host,
                    const IntervalUnion& replaySpans, Gaps gaps, OwnedTime& owned) const;
    void classifyIdle(const Trace& trace, const ActivityTable& work, const HostActivity& host);
    IntervalUnion& at(TimeClass timeClass) { return m_classes[static_cast<std::size_t>(timeClass)]; }

    IntervalUnion m_busy;
    IntervalUnion m_compute;
    IntervalUnion m_comm;
    IntervalUnion m_hiddenComm;
    IntervalUnion m_hostIdle;
    std::array<IntervalUnion, timeClassCount> m_classes;
    GapIndex m_gaps;
    std::vector<GraphReplay> m_replays;
};

} // namespace stepscope
