#include "core/analysis/hostactivity.h"

#include <algorithm>
#include <map>
#include <string_view>

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

/// Gives the parts of each of `ranges` that lie in `set`, and returns what is left.
IntervalUnion giveInside(const IntervalUnion& ranges, const IntervalUnion& set, TimeClass owner,
                         const std::function<void(TimeClass, TimeRange)>& give)
{
    if (set.isEmpty())
        return ranges;
    const IntervalUnion inside = ranges.intersectedWith(set);
    for (const TimeRange& part : inside.ranges())
        give(owner, part);
    return ranges.without(inside);
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

void HostActivity::divide(const Trace& trace, std::span<const HostQuestion> questions,
                          const std::function<void(TimeClass, TimeRange)>& give) const
{
    std::map<ThreadId, std::vector<TimeRange>> ofThread;
    for (const HostQuestion& question : questions)
        ofThread[question.thread].push_back(question.range);
    for (auto& [thread, ranges] : ofThread)
        divideThread(trace, thread, std::move(ranges), give);
}

void HostActivity::divideThread(const Trace& trace, ThreadId thread, std::vector<TimeRange> ranges,
                                const std::function<void(TimeClass, TimeRange)>& give) const
{
    const ThreadCalls& calls = m_threads[thread.value()];
    IntervalUnion rest = IntervalUnion::fromIntervals(std::move(ranges));
    rest = giveInside(rest, calls.blocking, TimeClass::Synchronize, give);
    rest = giveInside(rest, calls.allocating, TimeClass::Allocate, give);

    // One sweep over the thread's events: between two changes of the innermost event, one owner.
    struct Open {
        TimePoint end;
        TimeClass owner;
    };
    const CpuEventTable& events = trace.cpuEvents();
    std::vector<Open> open;
    std::vector<TimeRange> untraced;
    std::size_t next = 0; // of rest
    TimePoint cursor = rest.isEmpty() ? TimePoint() : rest[0].begin;
    const auto advance = [&](TimePoint until) {
        const TimeClass owner = open.empty() ? TimeClass::Untraced : open.back().owner;
        while (next < rest.size() && rest[next].begin < until) {
            const TimeRange part = rest[next].intersected({cursor, until});
            if (!part.isEmpty()) {
                if (owner == TimeClass::Untraced)
                    untraced.push_back(part);
                else
                    give(owner, part);
            }
            if (rest[next].end > until)
                break;
            ++next;
        }
        cursor = std::max(cursor, until);
    };
    const auto [first, last] = events.rowsOf(thread);
    for (std::size_t row = first; row < last && next < rest.size(); ++row) {
        const HostFrame& frame = m_frames[events.name(row).value()];
        while (!open.empty() && open.back().end <= events.begin(row)) {
            advance(open.back().end);
            open.pop_back();
        }
        advance(events.begin(row));
        TimeClass owner = open.empty() ? TimeClass::Untraced : open.back().owner;
        if (frame.owner)
            owner = *frame.owner;
        else if (frame.isDriver || (owner == TimeClass::Untraced && !frame.isStepRange))
            owner = TimeClass::OtherHost;
        open.push_back({events.end(row), owner});
    }
    for (; !open.empty(); open.pop_back())
        advance(open.back().end);
    if (next < rest.size())
        advance(rest[rest.size() - 1].end);

    // A call has a name even where no operator or frame was recorded around it.
    const IntervalUnion left = giveInside(IntervalUnion::fromIntervals(std::move(untraced)), calls.calls,
                                          TimeClass::OtherHost, give);
    for (const TimeRange& part : left.ranges())
        give(TimeClass::Untraced, part);
}

} // namespace stepscope
