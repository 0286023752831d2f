#include "core/analysis/gapautopsy.h"

#include "core/analysis/gaplaunch.h"

#include <algorithm>
#include <map>

namespace stepscope {

namespace {

/// Walks a stretch of one thread's time from one change of the innermost CPU event to the next.
template <class Visit>
void eachInnermost(const CpuEventTable& events, ThreadId thread, TimeRange range, Visit visit)
{
    const std::size_t last = events.rowsOf(thread).second;
    std::size_t next = events.firstBeginningAfter(thread, range.begin);
    for (TimePoint at = range.begin; at < range.end;) {
        const std::uint32_t row = events.innermostAt(thread, at);
        TimePoint until = range.end;
        if (row != CpuEventTable::noParent)
            until = std::min(until, events.end(row));
        while (next < last && events.begin(next) <= at)
            ++next;
        if (next < last)
            until = std::min(until, events.begin(next));
        visit(row, TimeRange{at, until});
        at = until;
    }
}

/// The call of `thread` that covers `time`, the innermost; invalid when there is none. A driver call lies in
/// a runtime call, so a few steps back are enough.
CallId callAt(const ApiCallTable& calls, ThreadId thread, TimePoint time)
{
    constexpr int mostSteps = 256; // other threads' calls lie between
    const auto after = std::upper_bound(calls.begins().begin(), calls.begins().end(), time);
    auto row = static_cast<std::size_t>(after - calls.begins().begin());
    for (int step = 0; row > 0 && step < mostSteps; ++step) {
        --row;
        if (calls.thread(row) == thread && calls.end(row) > time)
            return CallId(row);
    }
    return {};
}

class PartList {
public:
    PartList(const TraceIndex& index, GapAutopsy& autopsy) : m_index(index), m_autopsy(autopsy)
    {
        if (m_autopsy.launch.isValid())
            m_thread = index.trace().calls().thread(m_autopsy.launch.value());
    }

    void add(TimeClass owner, TimeRange range)
    {
        switch (owner) {
        case TimeClass::Launch:
        case TimeClass::GraphLaunch:
            return append(owner, range, callName(m_autopsy.launch));
        case TimeClass::Synchronize:
            return append(owner, range, callName(m_index.host().blockingCalls().longestIn(m_thread, range)));
        case TimeClass::Allocate:
        case TimeClass::Sampling:
        case TimeClass::Scheduler:
        case TimeClass::Prepare:
        case TimeClass::Draft:
        case TimeClass::OtherHost:
            return addByEvent(owner, range);
        default:
            return append(owner, range, NameId());
        }
    }

private:
    NameId callName(CallId call) const
    {
        return call.isValid() ? m_index.trace().calls().name(call.value()) : NameId();
    }

    void addByEvent(TimeClass owner, TimeRange range)
    {
        const Trace& trace = m_index.trace();
        eachInnermost(trace.cpuEvents(), m_thread, range, [&](std::uint32_t row, TimeRange part) {
            const std::uint32_t deciding = m_index.host().decidingEvent(trace, row);
            const bool isEvent = deciding != CpuEventTable::noParent && owner != TimeClass::Allocate;
            append(owner, part,
                   isEvent ? trace.cpuEvents().name(deciding)
                           : callName(callAt(trace.calls(), m_thread, part.begin)));
        });
    }

    void append(TimeClass owner, TimeRange range, NameId reason)
    {
        std::vector<GapPart>& parts = m_autopsy.parts;
        if (!parts.empty() && parts.back().owner == owner && parts.back().reason == reason &&
            parts.back().range.end == range.begin)
            parts.back().range.end = range.end;
        else
            parts.push_back({range, owner, reason});
    }

    const TraceIndex& m_index;
    GapAutopsy& m_autopsy;
    ThreadId m_thread;
};

std::vector<SelfTime> selfTimesIn(const CpuEventTable& events, ThreadId thread, TimeRange range)
{
    std::map<NameId, Duration> times;
    eachInnermost(events, thread, range, [&](std::uint32_t row, TimeRange part) {
        if (row != CpuEventTable::noParent)
            times[events.name(row)] += part.duration();
    });
    std::vector<SelfTime> sorted;
    for (const auto& [name, time] : times)
        sorted.push_back({name, time});
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const SelfTime& a, const SelfTime& b) { return a.time > b.time; });
    return sorted;
}

} // namespace

Duration GapAutopsy::timeOf(TimeClass owner) const
{
    Duration sum = Duration::zero();
    for (const GapPart& part : parts)
        sum += part.owner == owner ? part.range.duration() : Duration::zero();
    return sum;
}

GapAutopsy autopsyOf(const TraceIndex& index, DeviceId device, TimeRange gap)
{
    const Trace& trace = index.trace();
    const ActivityTable& work = trace.device(device).activities;
    GapAutopsy autopsy;
    autopsy.gap = gap;
    autopsy.before = operationBeforeGap(work, gap);
    autopsy.next = operationEndingGap(work, work.firstAtOrAfter(gap.end), gap.end);
    if (autopsy.next)
        autopsy.launch = work.launch(*autopsy.next);

    struct Owned {
        TimeRange range;
        TimeClass owner;
    };
    std::vector<Owned> owned;
    const DeviceOccupancy& occupancy = index.device(device).occupancy;
    for (const TimeClass timeClass : allTimeClasses) {
        const IntervalUnion& set = occupancy.of(timeClass);
        for (std::size_t i = isBusy(timeClass) ? set.size() : set.firstEndingAfter(gap.begin);
             i < set.size() && set[i].begin < gap.end; ++i)
            owned.push_back({set[i].intersected(gap), timeClass});
    }
    std::sort(owned.begin(), owned.end(),
              [](const Owned& a, const Owned& b) { return a.range.begin < b.range.begin; });
    if (autopsy.launch.isValid()) {
        const ApiCallTable& calls = trace.calls();
        const std::size_t launch = autopsy.launch.value();
        const TimeRange before{gap.begin, std::min(calls.begin(launch), gap.end)};
        autopsy.isPrequeued = calls.end(launch) <= gap.begin;
        autopsy.blocking = index.host().blockingCalls().longestIn(calls.thread(launch), before);
        autopsy.selfTimes = selfTimesIn(trace.cpuEvents(), calls.thread(launch), before);
    }
    PartList list(index, autopsy);
    for (const Owned& part : owned)
        list.add(part.owner, part.range);
    return autopsy;
}

} // namespace stepscope
