#include "core/report/tracefigures.h"

#include "core/analysis/intervalunion.h"
#include "core/trace/apicallname.h"

#include <optional>
#include <vector>

namespace stepscope {

namespace {

using namespace std::chrono_literals;

/// The intervals of one device number, from all lanes that carry it.
struct DeviceIntervals {
    std::vector<TimeRange> kernels;
    std::vector<TimeRange> comm;
    std::vector<TimeRange> otherKernels;
    std::vector<TimeRange> busy;
    std::vector<TimeRange> memsets;
};

class CommunicationNames {
public:
    CommunicationNames(const Trace& trace, const std::function<bool(std::string_view)>& matches)
        : m_trace(trace), m_matches(matches), m_known(trace.names().size())
    {}

    bool contains(NameId name)
    {
        std::optional<bool>& known = m_known[name.value()];
        if (!known)
            known = m_matches(m_trace.name(name));
        return *known;
    }

private:
    const Trace& m_trace;
    const std::function<bool(std::string_view)>& m_matches;
    std::vector<std::optional<bool>> m_known;
};

bool isGraphKernel(const Trace& trace, const ActivityTable& table, std::size_t row)
{
    if (table.graphNode(row) != 0)
        return true;
    const CallId launch = table.launch(row);
    return launch.isValid() && trace.calls().kind(launch.value()) == ApiCallKind::GraphLaunch;
}

void addDevice(const Trace& trace, const Device& device, CommunicationNames& communication,
               DeviceFigures& figures, DeviceIntervals& intervals)
{
    const ActivityTable& table = device.activities;
    figures.negativeLength += device.negativeRows;
    figures.kernels += device.negativeRows;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const TimeRange range = table.range(row);
        figures.zeroLength += range.isEmpty() ? 1 : 0;
        figures.streams.insert(table.stream(row));
        figures.pids.insert(trace.processes()[table.process(row).value()].pid);
        switch (table.kind(row)) {
        case ActivityKind::Kernel: {
            ++figures.kernels;
            figures.kernelSum += range.duration();
            figures.graphKernels += isGraphKernel(trace, table, row) ? 1 : 0;
            const bool isComm = communication.contains(table.name(row));
            figures.commKernels += isComm ? 1 : 0;
            intervals.kernels.push_back(range);
            (isComm ? intervals.comm : intervals.otherKernels).push_back(range);
            intervals.busy.push_back(range);
            break;
        }
        case ActivityKind::GraphTrace:
            ++figures.graphTraces;
            intervals.busy.push_back(range);
            break;
        case ActivityKind::Memcpy:
            ++figures.memcpy;
            intervals.busy.push_back(range);
            break;
        case ActivityKind::Memset:
            ++figures.memset;
            intervals.memsets.push_back(range);
            break;
        }
    }
}

void addGaps(const IntervalUnion& busy, DeviceFigures& figures)
{
    for (std::size_t i = 1; i < busy.size(); ++i) {
        const TimeRange gap{busy[i - 1].end, busy[i].begin};
        ++figures.gapCount;
        figures.gapSum += gap.duration();
        figures.gapsOver10Microseconds += gap.duration() > 10us ? 1 : 0;
        figures.gapsOver100Microseconds += gap.duration() > 100us ? 1 : 0;
        figures.gapsOver1Millisecond += gap.duration() > 1ms ? 1 : 0;
        if (gap.duration() > figures.largestGap.duration())
            figures.largestGap = gap;
    }
}

void addUnions(DeviceIntervals intervals, DeviceFigures& figures)
{
    figures.kernelUnion = IntervalUnion::fromIntervals(std::move(intervals.kernels)).total();
    const IntervalUnion comm = IntervalUnion::fromIntervals(std::move(intervals.comm));
    const IntervalUnion others = IntervalUnion::fromIntervals(std::move(intervals.otherKernels));
    figures.commUnion = comm.total();
    figures.exposedComm = comm.without(others).total();
    const IntervalUnion busy = IntervalUnion::fromIntervals(std::move(intervals.busy));
    figures.busyUnion = busy.total();
    figures.span = busy.extent();
    figures.busyMemsetUnion =
        busy.unitedWith(IntervalUnion::fromIntervals(std::move(intervals.memsets))).total();
    addGaps(busy, figures);
}

} // namespace

std::int64_t figuresNumber(const Trace& trace, DeviceId device)
{
    return trace.capture().files.empty() ? trace.device(device).key
                                         : static_cast<std::int64_t>(device.value());
}

TraceFigures traceFigures(const Trace& trace, const std::function<bool(std::string_view)>& isCommunication)
{
    TraceFigures figures;
    CommunicationNames communication(trace, isCommunication);
    std::map<std::int64_t, DeviceIntervals> intervals;
    for (std::size_t lane = 0; lane < trace.devices().size(); ++lane) {
        const std::int64_t number = figuresNumber(trace, DeviceId(lane));
        addDevice(trace, trace.devices()[lane], communication, figures.devices[number], intervals[number]);
    }
    for (auto& [key, deviceIntervals] : intervals)
        addUnions(std::move(deviceIntervals), figures.devices[key]);

    const ApiCallTable& calls = trace.calls();
    for (std::size_t row = 0; row < calls.size(); ++row) {
        const ApiCallKind kind = calls.kind(row);
        if (kind != ApiCallKind::KernelLaunch && kind != ApiCallKind::GraphLaunch)
            continue;
        const std::string name(plainApiName(trace.name(calls.name(row))));
        figures.graphLaunches += kind == ApiCallKind::GraphLaunch ? 1 : 0;
        figures.cudaLaunchKernel += name == "cudaLaunchKernel" ? 1 : 0;
        ++figures.launchCalls[name];
    }
    return figures;
}

} // namespace stepscope
