#include "core/analysis/callindex.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace stepscope {

namespace {

constexpr std::string_view lazyLoading = "Lazy Function Loading"; // of a kernel's module, at its first use
constexpr std::int64_t weightsCopy = std::int64_t{64} << 20;      // bytes: weights, not a step's inputs

/// Whether each call has a GPU record.
std::vector<bool> recordedCalls(const Trace& trace)
{
    std::vector<bool> recorded(trace.calls().size(), false);
    for (const Device& device : trace.devices()) {
        for (std::size_t row = 0; row < device.activities.size(); ++row) {
            if (device.activities.launch(row).isValid())
                recorded[device.activities.launch(row).value()] = true;
        }
    }
    return recorded;
}

} // namespace

CallIndex CallIndex::build(const Trace& trace)
{
    CallIndex index;
    index.m_processes.resize(trace.processes().size());
    const std::vector<bool> recorded = recordedCalls(trace);
    const ApiCallTable& calls = trace.calls();
    std::vector<bool> isCapturing(trace.threads().size(), false);
    for (std::size_t call = 0; call < calls.size(); ++call) {
        const ThreadId thread = calls.thread(call);
        const ApiCallKind kind = calls.kind(call);
        if (kind == ApiCallKind::StreamCapture)
            isCapturing[thread.value()] =
                trace.name(calls.name(call)).find("Begin") != std::string_view::npos;
        if (kind == ApiCallKind::Build || kind == ApiCallKind::Allocate)
            index.m_startUpWork.push_back(calls.range(call));
        if ((kind != ApiCallKind::KernelLaunch && kind != ApiCallKind::GraphLaunch) ||
            isCapturing[thread.value()])
            continue;
        ProcessCalls& process = index.m_processes[trace.thread(thread).process.value()];
        Sums sum = process.until.empty() ? Sums() : process.until.back();
        const std::uint32_t isRecorded = recorded[call] ? 1 : 0;
        const std::uint32_t isGraph = kind == ApiCallKind::GraphLaunch ? 1 : 0;
        sum.recorded += isRecorded;
        sum.graphLaunches += isGraph;
        sum.recordedGraphs += isGraph * isRecorded;
        process.begins.push_back(calls.begin(call));
        process.until.push_back(sum);
        process.lastEnd = std::max(process.lastEnd, calls.end(call));
    }
    for (const Device& device : trace.devices()) {
        for (std::size_t row = 0; row < device.activities.size(); ++row) {
            if (device.activities.copy(row) == CopyKind::HostToDevice &&
                device.activities.bytes(row) >= weightsCopy)
                index.m_startUpWork.push_back(device.activities.range(row));
        }
    }
    for (const HostRange& range : trace.ranges()) {
        if (range.kind == RangeKind::Overhead && trace.name(range.name) == lazyLoading)
            index.m_startUpWork.push_back({range.begin, range.end});
    }
    std::sort(index.m_startUpWork.begin(), index.m_startUpWork.end(),
              [](const TimeRange& a, const TimeRange& b) { return a.begin < b.begin; });
    return index;
}

CallIndex::Coverage CallIndex::ProcessCalls::first(std::size_t calls) const
{
    if (calls == 0)
        return {};
    const Sums& sum = until[calls - 1];
    return {calls, sum.recorded, sum.graphLaunches, sum.recordedGraphs};
}

CallIndex::Coverage CallIndex::coverageIn(ProcessId process, TimeRange window) const
{
    const ProcessCalls& calls = m_processes[process.value()];
    const auto countBefore = [&calls](TimePoint time) {
        return static_cast<std::size_t>(std::lower_bound(calls.begins.begin(), calls.begins.end(), time) -
                                        calls.begins.begin());
    };
    const Coverage until = calls.first(countBefore(window.end));
    const Coverage before = calls.first(countBefore(window.begin));
    return {until.launches - before.launches, until.recorded - before.recorded,
            until.graphLaunches - before.graphLaunches, until.recordedGraphs - before.recordedGraphs};
}

CallIndex::Coverage CallIndex::coverageOf(ProcessId process) const
{
    const ProcessCalls& calls = m_processes[process.value()];
    return calls.first(calls.begins.size());
}

TimePoint CallIndex::lastLaunch(ProcessId process) const
{
    return m_processes[process.value()].lastEnd;
}

} // namespace stepscope
