#pragma once

#include "tests/support/generatedtrace.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace stepscope::testsupport {

// True figures of a trace in the simplest way that is obviously right: nothing clever, nothing shared with
// core. Definitions: definitions.md 2. Rows with a fault and rows that end at or before their begin take no
// part.

/// Half-open.
struct TimeSpan {
    Nanos begin = 0;
    Nanos end = 0;
    Nanos length() const { return end - begin; }
    bool operator==(const TimeSpan&) const = default;
};

struct DeviceKey {
    int pid = 0;
    int device = 0;
    auto operator<=>(const DeviceKey&) const = default;
};

/// How graph replays are recorded: node by node, or as one opaque span a replay (nsys graph level).
enum class GraphDetail { Nodes, Spans };

using CommPredicate = std::function<bool(const GpuOp&)>;

/// The flag that the generator set on the operation.
bool isFlaggedComm(const GpuOp& op);

/// The budget of one device in one window. compute + exposedComm + exposedMem + graphOpaque + idle = window.
struct WindowTruth {
    Nanos window = 0;
    Nanos busy = 0;
    Nanos compute = 0;
    Nanos exposedComm = 0;
    Nanos exposedMem = 0;
    Nanos graphOpaque = 0;
    Nanos idle = 0;
    Nanos commUnion = 0;   ///< exposed or not
    Nanos inGraphIdle = 0; ///< idle inside a replay's span; busy + inGraphIdle = busy with graph spans filled
    auto operator<=>(const WindowTruth&) const = default;
};

/// Gaps of the whole device: between its first and its last operation.
struct GapTruth {
    std::vector<TimeSpan> gaps;
    Nanos sum = 0;
    TimeSpan largest; ///< the first of equals
};

/// Sorted by (pid, device).
std::vector<DeviceKey> devicesOf(const GeneratedTrace& trace);

/// First begin to last end of the device's operations; empty when it has none.
TimeSpan extentOf(const GeneratedTrace& trace, DeviceKey device);

/// Overlapping and touching spans merged, sorted; empty ones left out.
std::vector<TimeSpan> mergedSpans(std::vector<TimeSpan> spans);

/// When the device did anything.
std::vector<TimeSpan> busySpans(const GeneratedTrace& trace, DeviceKey device,
                                GraphDetail detail = GraphDetail::Nodes);

/// One span per replay: first start to last end of the rows of a (correlation, graph), in order of begin.
std::vector<TimeSpan> replaySpans(const GeneratedTrace& trace, DeviceKey device);

GapTruth gapsOf(const GeneratedTrace& trace, DeviceKey device, GraphDetail detail = GraphDetail::Nodes);

WindowTruth budgetOf(const GeneratedTrace& trace, DeviceKey device, TimeSpan window,
                     GraphDetail detail = GraphDetail::Nodes, const CommPredicate& isComm = isFlaggedComm);

} // namespace stepscope::testsupport
