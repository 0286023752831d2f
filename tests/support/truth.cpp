#include "tests/support/truth.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>

namespace stepscope::testsupport {

namespace {

enum Layer : std::size_t { Compute, Comm, Memory, Opaque, Replay, layerCount };

struct LayerSpan {
    TimeSpan span;
    Layer layer;
};

bool counts(const GpuOp& op, DeviceKey device)
{
    return op.pid == device.pid && op.device == device.device && op.fault == RowFault::None &&
           op.end > op.begin;
}

std::vector<LayerSpan> layersOf(const GeneratedTrace& trace, DeviceKey device, GraphDetail detail,
                                const CommPredicate& isComm)
{
    std::vector<LayerSpan> spans;
    for (const GpuOp& op : trace.gpuOps) {
        if (!counts(op, device) || (detail == GraphDetail::Spans && op.graphId != 0))
            continue;
        Layer layer = Compute;
        if (op.kind != GpuOpKind::Kernel)
            layer = Memory;
        else if (isComm(op))
            layer = Comm;
        spans.push_back({{op.begin, op.end}, layer});
    }
    for (const TimeSpan& replay : replaySpans(trace, device))
        spans.push_back({replay, detail == GraphDetail::Spans ? Opaque : Replay});
    return spans;
}

} // namespace

bool isFlaggedComm(const GpuOp& op)
{
    return op.isComm;
}

std::vector<DeviceKey> devicesOf(const GeneratedTrace& trace)
{
    std::set<DeviceKey> keys;
    for (const GpuOp& op : trace.gpuOps)
        keys.insert({op.pid, op.device});
    return {keys.begin(), keys.end()};
}

TimeSpan extentOf(const GeneratedTrace& trace, DeviceKey device)
{
    const std::vector<TimeSpan> busy = busySpans(trace, device);
    return busy.empty() ? TimeSpan{} : TimeSpan{busy.front().begin, busy.back().end};
}

std::vector<TimeSpan> mergedSpans(std::vector<TimeSpan> spans)
{
    std::sort(spans.begin(), spans.end(),
              [](const TimeSpan& left, const TimeSpan& right) { return left.begin < right.begin; });
    std::vector<TimeSpan> merged;
    for (const TimeSpan& span : spans) {
        if (span.end <= span.begin)
            continue;
        if (!merged.empty() && span.begin <= merged.back().end)
            merged.back().end = std::max(merged.back().end, span.end);
        else
            merged.push_back(span);
    }
    return merged;
}

std::vector<TimeSpan> busySpans(const GeneratedTrace& trace, DeviceKey device, GraphDetail detail)
{
    std::vector<TimeSpan> spans;
    for (const LayerSpan& part : layersOf(trace, device, detail, isFlaggedComm)) {
        if (part.layer != Replay)
            spans.push_back(part.span);
    }
    return mergedSpans(std::move(spans));
}

std::vector<TimeSpan> replaySpans(const GeneratedTrace& trace, DeviceKey device)
{
    std::map<std::pair<std::int64_t, std::int64_t>, TimeSpan> replays;
    for (const GpuOp& op : trace.gpuOps) {
        if (op.graphId == 0 || !counts(op, device))
            continue;
        const auto [place, isNew] =
            replays.try_emplace({op.correlation, op.graphId}, TimeSpan{op.begin, op.end});
        if (!isNew) {
            place->second.begin = std::min(place->second.begin, op.begin);
            place->second.end = std::max(place->second.end, op.end);
        }
    }
    std::vector<TimeSpan> spans;
    for (const auto& [key, span] : replays)
        spans.push_back(span);
    std::sort(spans.begin(), spans.end(),
              [](const TimeSpan& left, const TimeSpan& right) { return left.begin < right.begin; });
    return spans;
}

GapTruth gapsOf(const GeneratedTrace& trace, DeviceKey device, GraphDetail detail)
{
    GapTruth truth;
    const std::vector<TimeSpan> busy = busySpans(trace, device, detail);
    for (std::size_t i = 1; i < busy.size(); ++i) {
        const TimeSpan gap{busy[i - 1].end, busy[i].begin};
        truth.gaps.push_back(gap);
        truth.sum += gap.length();
        if (gap.length() > truth.largest.length())
            truth.largest = gap;
    }
    return truth;
}

// Between two neighbouring edges nothing changes, so each such piece belongs to exactly one class.
WindowTruth budgetOf(const GeneratedTrace& trace, DeviceKey device, TimeSpan window, GraphDetail detail,
                     const CommPredicate& isComm)
{
    std::map<Nanos, std::array<std::int64_t, layerCount>> edges;
    edges[window.begin];
    edges[window.end];
    for (const LayerSpan& part : layersOf(trace, device, detail, isComm)) {
        const Nanos begin = std::clamp(part.span.begin, window.begin, window.end);
        const Nanos end = std::clamp(part.span.end, window.begin, window.end);
        edges[begin][part.layer] += 1;
        edges[end][part.layer] -= 1;
    }

    WindowTruth truth;
    truth.window = window.length();
    std::array<std::int64_t, layerCount> open{};
    Nanos last = window.begin;
    for (const auto& [time, changes] : edges) {
        const Nanos length = time - last;
        const bool busy = open[Compute] + open[Comm] + open[Memory] + open[Opaque] > 0;
        if (busy)
            truth.busy += length;
        if (open[Compute] > 0)
            truth.compute += length;
        else if (open[Comm] > 0)
            truth.exposedComm += length;
        else if (open[Memory] > 0)
            truth.exposedMem += length;
        else if (open[Opaque] > 0)
            truth.graphOpaque += length;
        else
            truth.idle += length;
        if (open[Comm] > 0)
            truth.commUnion += length;
        if (!busy && open[Replay] > 0)
            truth.inGraphIdle += length;
        for (std::size_t layer = 0; layer < layerCount; ++layer)
            open[layer] += changes[layer];
        last = time;
    }
    return truth;
}

} // namespace stepscope::testsupport
