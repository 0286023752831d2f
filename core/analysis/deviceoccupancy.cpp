#include "core/analysis/deviceoccupancy.h"

#include "core/analysis/gaplaunch.h"
#include "core/analysis/hostdivision.h"
#include "core/base/inparallel.h"

#include <algorithm>
#include <optional>

namespace stepscope {

namespace {

constexpr Duration microGap = std::chrono::microseconds(5);        // definitions.md §3.2
constexpr Duration dispatchLatency = std::chrono::microseconds(8); // definitions.md §3.4

/// From when on the device and not the host is waited for, and who launched what ends the gap
/// (definitions.md §3, steps 3 and 4).
struct GapEnd {
    std::optional<TimeClass> whole; ///< the class of the whole gap, where no launch explains it
    TimePoint released{};           ///< within the gap
    CallId launch;
};

GapEnd endOf(const TimeRange& gap, const ApiCallTable& calls, CallId launch)
{
    if (!launch.isValid())
        return {TimeClass::Unattributed, gap.end, launch};
    const TimePoint launchBegin = calls.begin(launch.value());
    const TimePoint launchEnd = calls.end(launch.value());
    if (gap.end < launchBegin)
        return {TimeClass::ClockFault, gap.end, launch};
    TimePoint released = launchEnd + dispatchLatency;
    if (launchEnd >= gap.end) { // the call returned only after its operation had begun
        const bool queuedBefore =
            calls.kind(launch.value()) == ApiCallKind::Copy && launchBegin + dispatchLatency <= gap.begin;
        released = queuedBefore ? gap.begin : gap.end;
    }
    return {std::nullopt, std::clamp(released, gap.begin, gap.end), launch};
}

} // namespace

DeviceOccupancy DeviceOccupancy::build(const Trace& trace, DeviceId device, const CommNames& comm,
                                       const HostActivity& host)
{
    const ActivityTable& work = trace.device(device).activities;
    DeviceOccupancy occupancy;
    Parts parts;
    inParallel(
        work.size() >= rowsWorthAThread,
        [&] {
            IntervalUnion::Builder all;
            all.reserve(work.size());
            for (std::size_t row = 0; row < work.size(); ++row)
                all.add(work.range(row));
            occupancy.m_busy = all.build();
            occupancy.m_gaps = GapIndex::between(occupancy.m_busy);
        },
        [&] {
            parts = occupancy.classifyWork(work, comm);
            occupancy.m_replays = findReplays(trace, work);
        });
    if (parts.hasGraphs) // what they cover beyond the others
        occupancy.at(TimeClass::GraphOpaque) = occupancy.m_busy.without(parts.kernels).without(parts.copies);
    occupancy.classifyIdle(trace, work, host);
    return occupancy;
}

DeviceOccupancy::Parts DeviceOccupancy::classifyWork(const ActivityTable& work, const CommNames& comm)
{
    Parts parts;
    IntervalUnion::Builder compute;
    IntervalUnion::Builder communication;
    IntervalUnion::Builder memory;
    compute.reserve(work.size());
    for (std::size_t row = 0; row < work.size(); ++row) {
        switch (work.kind(row)) {
        case ActivityKind::Kernel:
            (comm.contains(work.name(row)) ? communication : compute).add(work.range(row));
            break;
        case ActivityKind::Memcpy:
        case ActivityKind::Memset:
            memory.add(work.range(row));
            break;
        case ActivityKind::GraphTrace:
            parts.hasGraphs = true;
            break;
        }
    }
    m_compute = compute.build();
    m_comm = communication.build();
    parts.kernels = m_compute.unitedWith(m_comm);
    parts.copies = memory.build();
    m_hiddenComm = m_comm.intersectedWith(m_compute);
    at(TimeClass::Compute) = m_compute;
    at(TimeClass::ExposedComm) = m_comm.without(m_compute);
    at(TimeClass::ExposedMemory) = parts.copies.without(parts.kernels);
    return parts;
}

void DeviceOccupancy::divideGaps(const Trace& trace, const ActivityTable& work, const HostActivity& host,
                                 const IntervalUnion& replaySpans, Gaps gaps, OwnedTime& owned) const
{
    const ApiCallTable& calls = trace.calls();
    HostDivision hostDivision(trace, host, owned);
    const auto giveHostPart = [&](TimeRange part, CallId launch) {
        const TimePoint launching = std::clamp(calls.begin(launch.value()), part.begin, part.end);
        const bool isGraph = calls.kind(launch.value()) == ApiCallKind::GraphLaunch;
        hostDivision.divide({part.begin, launching}, calls.thread(launch.value()));
        owned.give(isGraph ? TimeClass::GraphLaunch : TimeClass::Launch, {launching, part.end});
    };
    const TimePoint begin = gaps.first < gaps.last ? m_gaps[gaps.first].begin : TimePoint();
    std::size_t row = work.firstAtOrAfter(begin);
    std::size_t span = replaySpans.firstEndingAfter(begin);
    for (std::size_t index = gaps.first; index < gaps.last; ++index) {
        const TimeRange gap = m_gaps[index];
        while (span < replaySpans.size() && replaySpans[span].end <= gap.begin)
            ++span;
        if (span < replaySpans.size() && replaySpans[span].begin <= gap.begin) {
            // Spans begin and end with work: the gap is inside as a whole.
            owned.give(TimeClass::InGraph, gap);
            continue;
        }
        if (gap.duration() < microGap) {
            owned.give(TimeClass::Micro, gap);
            continue;
        }
        while (row < work.size() && work.begin(row) < gap.end)
            ++row;
        const std::optional<std::size_t> next = operationEndingGap(work, row, gap.end);
        const GapEnd end = endOf(gap, calls, next ? work.launch(*next) : CallId());
        if (end.whole) {
            owned.give(*end.whole, gap);
            continue;
        }
        const IntervalUnion& profiler = host.profiler(trace.thread(calls.thread(end.launch.value())).process);
        TimePoint from = gap.begin;
        for (std::size_t i = profiler.firstEndingAfter(from);
             i < profiler.size() && profiler[i].begin < end.released; ++i) {
            const TimeRange own = profiler[i].intersected({from, end.released});
            giveHostPart({from, own.begin}, end.launch);
            owned.give(TimeClass::Profiler, own);
            from = own.end;
        }
        giveHostPart({from, end.released}, end.launch);
        owned.give(TimeClass::Device, {end.released, gap.end});
    }
}

void DeviceOccupancy::classifyIdle(const Trace& trace, const ActivityTable& work, const HostActivity& host)
{
    IntervalUnion::Builder spans;
    for (const GraphReplay& replay : m_replays)
        spans.add(replay.span);
    const IntervalUnion replaySpans = spans.build();

    const std::size_t middle = m_gaps.size() / 2;
    OwnedTime owned;
    OwnedTime later;
    inParallel(
        m_gaps.size() >= rowsWorthAThread,
        [&] {
            divideGaps(trace, work, host, replaySpans, {0, middle}, owned);
        },
        [&] {
            divideGaps(trace, work, host, replaySpans, {middle, m_gaps.size()}, later);
        });
    owned.append(later);
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isBusy(timeClass))
            at(timeClass) = owned.take(timeClass);
    }
    m_hostIdle = owned.takeHost();
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
