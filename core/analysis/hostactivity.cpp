#include "core/analysis/hostactivity.h"

#include <utility>

namespace stepscope {

namespace {

std::vector<IntervalUnion> profilerWork(const Trace& trace)
{
    std::vector<std::vector<TimeRange>> ranges(trace.processes().size());
    for (const HostRange& range : trace.ranges()) {
        if (range.kind != RangeKind::Overhead)
            continue;
        if (range.thread.isValid()) {
            ranges[trace.thread(range.thread).process.value()].push_back(range.range());
        } else {
            for (std::size_t process = 0; process < ranges.size(); ++process) {
                if (trace.processes()[process].file == range.file)
                    ranges[process].push_back(range.range());
            }
        }
    }
    std::vector<IntervalUnion> unions;
    unions.reserve(ranges.size());
    for (std::vector<TimeRange>& all : ranges)
        unions.push_back(IntervalUnion::fromIntervals(std::move(all)));
    return unions;
}

} // namespace

HostActivity HostActivity::build(const Trace& trace)
{
    HostActivity activity;
    activity.m_profiler = profilerWork(trace);
    activity.m_blockingCalls = BlockingCalls::of(trace);

    struct Ranges { // in order of begin, as calls are
        IntervalUnion::Builder blocking;
        IntervalUnion::Builder allocating;
        IntervalUnion::Builder calls;
    };
    std::vector<Ranges> ofThread(trace.threads().size());
    const ApiCallTable& calls = trace.calls();
    for (std::size_t call = 0; call < calls.size(); ++call) {
        Ranges& ranges = ofThread[calls.thread(call).value()];
        ranges.calls.add(calls.range(call));
        if (calls.kind(call) == ApiCallKind::Allocate)
            ranges.allocating.add(calls.range(call));
    }
    for (std::size_t thread = 0; thread < ofThread.size(); ++thread) {
        for (const CallId call : activity.m_blockingCalls.ofThread(ThreadId(thread)))
            ofThread[thread].blocking.add(calls.range(call.value()));
    }
    for (Ranges& ranges : ofThread)
        activity.m_threads.push_back(
            {ranges.blocking.build(), ranges.allocating.build(), ranges.calls.build()});

    const HostFrameClassifier classifier;
    activity.m_frames.resize(trace.names().size());
    std::vector<bool> isKnown(trace.names().size(), false);
    const CpuEventTable& events = trace.cpuEvents();
    for (std::size_t row = 0; row < events.size(); ++row) {
        const std::uint32_t name = events.name(row).value();
        if (!isKnown[name])
            activity.m_frames[name] = classifier.classify(trace.name(events.name(row)));
        isKnown[name] = true;
    }
    return activity;
}

std::uint32_t HostActivity::decidingEvent(const Trace& trace, std::uint32_t row) const
{
    const CpuEventTable& events = trace.cpuEvents();
    std::uint32_t named = CpuEventTable::noParent;
    for (; row != CpuEventTable::noParent; row = events.parent(row)) {
        const HostFrame& frame = m_frames[events.name(row).value()];
        if (frame.owner)
            return row;
        if (named == CpuEventTable::noParent && !frame.isStepRange)
            named = row;
        if (frame.isDriver)
            break;
    }
    return named;
}

} // namespace stepscope
