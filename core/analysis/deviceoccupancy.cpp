#include "core/analysis/deviceoccupancy.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr Duration microGap = std::chrono::microseconds(5);        // definitions.md §3.2
constexpr Duration dispatchLatency = std::chrono::microseconds(8); // definitions.md §3.4

/// What a gap's parts belong to, found from the operation that ends it.
struct GapParts {
    TimeClass whole = TimeClass::Host; ///< the class of what is not `device`
    TimeRange device;                  ///< the part in which the GPU side is waited for
};

/// definitions.md §3, steps 3 and 4.
GapParts divideGap(const TimeRange& gap, const ApiCallTable& calls, CallId launch)
{
    if (!launch.isValid())
        return {TimeClass::Unattributed, {gap.end, gap.end}};
    const TimePoint launchBegin = calls.begin(launch.value());
    const TimePoint launchEnd = calls.end(launch.value());
    if (gap.end < launchBegin)
        return {TimeClass::ClockFault, {gap.end, gap.end}};
    TimePoint released = launchEnd + dispatchLatency;
    if (launchEnd >= gap.end) { // the call returned only after its operation had begun
        const bool queuedBefore =
            calls.kind(launch.value()) == ApiCallKind::Copy && launchBegin + dispatchLatency <= gap.begin;
        released = queuedBefore ? gap.begin : gap.end;
    }
    released = std::clamp(released, gap.begin, gap.end);
    return {TimeClass::Host, {released, gap.end}};
}

} // namespace

DeviceOccupancy DeviceOccupancy::build(const Trace& trace, DeviceId device, const CommNames& comm)
{
    const ActivityTable& work = trace.device(device).activities;
    DeviceOccupancy occupancy;
    occupancy.m_replays = findReplays(trace, work);
    occupancy.classifyWork(work, comm);
    occupancy.m_gaps = GapIndex::between(occupancy.m_busy);
    occupancy.classifyIdle(trace, work);
    return occupancy;
}

void DeviceOccupancy::classifyWork(const ActivityTable& work, const CommNames& comm)
{
    std::vector<TimeRange> all;
    std::vector<TimeRange> compute;
    std::vector<TimeRange> communication;
    std::vector<TimeRange> memory;
    all.reserve(work.size());
    for (std::size_t row = 0; row < work.size(); ++row) {
        const TimeRange range = work.range(row);
        all.push_back(range);
        switch (work.kind(row)) {
        case ActivityKind::Kernel:
            (comm.contains(work.name(row)) ? communication : compute).push_back(range);
            break;
        case ActivityKind::Memcpy:
        case ActivityKind::Memset:
            memory.push_back(range);
            break;
        case ActivityKind::GraphTrace:
            break; // what it covers beyond the others is opaque
        }
    }
    m_busy = IntervalUnion::fromIntervals(std::move(all));
    m_compute = IntervalUnion::fromIntervals(std::move(compute));
    m_comm = IntervalUnion::fromIntervals(std::move(communication));
    const IntervalUnion kernels = m_compute.unitedWith(m_comm);
    const IntervalUnion copies = IntervalUnion::fromIntervals(std::move(memory));
    m_hiddenComm = m_comm.intersectedWith(m_compute);
    at(TimeClass::Compute) = m_compute;
    at(TimeClass::ExposedComm) = m_comm.without(m_compute);
    at(TimeClass::ExposedMemory) = copies.without(kernels);
    at(TimeClass::GraphOpaque) = m_busy.without(kernels).without(copies);
}

void DeviceOccupancy::classifyIdle(const Trace& trace, const ActivityTable& work)
{
    std::vector<TimeRange> spans;
    for (const GraphReplay& replay : m_replays)
        spans.push_back(replay.span);
    const IntervalUnion replaySpans = IntervalUnion::fromIntervals(std::move(spans));

    std::array<std::vector<TimeRange>, timeClassCount> parts;
    const auto give = [&parts](TimeClass timeClass, TimeRange range) {
        parts[static_cast<std::size_t>(timeClass)].push_back(range);
    };
    std::size_t row = 0;
    for (std::size_t index = 0; index < m_gaps.size(); ++index) {
        const TimeRange gap = m_gaps[index];
        if (replaySpans.contains(gap.begin)) { // spans begin and end with work: the gap is inside as a whole
            give(TimeClass::InGraph, gap);
            continue;
        }
        if (gap.duration() < microGap) {
            give(TimeClass::Micro, gap);
            continue;
        }
        while (row < work.size() && work.begin(row) < gap.end)
            ++row;
        CallId launch; // of the operations that end the gap, the one launched first; empty ones end no gap
        for (std::size_t next = row; next < work.size() && work.begin(next) == gap.end; ++next) {
            const CallId candidate = work.range(next).isEmpty() ? CallId() : work.launch(next);
            if (candidate.isValid() && (!launch.isValid() || candidate < launch))
                launch = candidate;
        }
        const GapParts divided = divideGap(gap, trace.calls(), launch);
        give(divided.whole, {gap.begin, divided.device.begin});
        give(TimeClass::Device, divided.device);
    }

    std::vector<TimeRange> overhead;
    for (const HostRange& range : trace.ranges()) {
        if (range.kind == RangeKind::Overhead)
            overhead.push_back(range.range());
    }
    const IntervalUnion profiler = IntervalUnion::fromIntervals(std::move(overhead));
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isBusy(timeClass))
            at(timeClass) =
                IntervalUnion::fromIntervals(std::move(parts[static_cast<std::size_t>(timeClass)]));
    }
    at(TimeClass::Profiler) = at(TimeClass::Host).intersectedWith(profiler);
    at(TimeClass::Host) = at(TimeClass::Host).without(profiler);
}

ClassTimes DeviceOccupancy::timesIn(TimeRange window) const
{
    ClassTimes times;
    for (const TimeClass timeClass : allTimeClasses)
        times[timeClass] = of(timeClass).coveredIn(window);
    times[TimeClass::Unattributed] += window.duration() - times.sum();
    return times;
}

} // namespace stepscope
