#include "core/analysis/steprange.h"

#include <algorithm>
#include <iterator>

namespace stepscope {

StepRanges::StepRanges(const Trace& trace) : m_trace(&trace), m_hasCalls(trace.threads().size(), false)
{
    std::vector<std::uint64_t> launches(trace.threads().size(), 0);
    const ApiCallTable& calls = trace.calls();
    for (std::size_t row = 0; row < calls.size(); ++row) {
        m_hasCalls[calls.thread(row).value()] = true;
        const ApiCallKind kind = calls.kind(row);
        if (kind == ApiCallKind::KernelLaunch || kind == ApiCallKind::GraphLaunch)
            ++launches[calls.thread(row).value()];
    }
    for (std::size_t thread = 0; thread < launches.size(); ++thread) {
        const auto [best, isFirst] =
            m_launchers.try_emplace(trace.threads()[thread].process, ThreadId(thread));
        if (!isFirst && launches[thread] > launches[best->second.value()])
            best->second = ThreadId(thread);
    }
}

void StepRanges::add(ThreadId thread, const StepRange& range)
{
    if (!m_hasCalls[thread.value()]) {
        const auto launcher = m_launchers.find(m_trace->thread(thread).process);
        thread = launcher == m_launchers.end() ? thread : launcher->second;
    }
    std::vector<StepRange>& ranges = m_byThread[thread];
    if (ranges.empty() || range.range.begin >= ranges.back().range.end)
        ranges.push_back(range);
}

std::vector<StepBoundary> StepRanges::boundariesOn(const ActivityTable& work) const
{
    std::map<std::pair<ThreadId, std::size_t>, TimePoint> firstWork; // of a thread's n-th range
    const ApiCallTable& calls = m_trace->calls();
    CallId last;     // whose first operation was met
    TimeRange known; // a range whose first operation was met
    ThreadId threadOfKnown;
    for (std::size_t row = 0; row < work.size(); ++row) {
        if (!work.launch(row).isValid() || work.launch(row) == last)
            continue;
        last = work.launch(row);
        const std::size_t call = last.value();
        if (known.contains(calls.begin(call)) && calls.thread(call) == threadOfKnown)
            continue;
        const auto ranges = m_byThread.find(calls.thread(call));
        if (ranges == m_byThread.end())
            continue;
        const auto after =
            std::upper_bound(ranges->second.begin(), ranges->second.end(), calls.begin(call),
                             [](TimePoint time, const StepRange& range) { return time < range.range.begin; });
        if (after == ranges->second.begin() || !std::prev(after)->range.contains(calls.begin(call)))
            continue;
        const auto index = static_cast<std::size_t>(std::prev(after) - ranges->second.begin());
        firstWork.try_emplace({ranges->first, index}, work.begin(row)); // rows come in order of begin
        known = std::prev(after)->range;
        threadOfKnown = ranges->first;
    }
    std::vector<StepBoundary> boundaries;
    for (const auto& [key, begin] : firstWork)
        boundaries.push_back({begin, m_byThread.at(key.first)[key.second].tokens});
    std::stable_sort(boundaries.begin(), boundaries.end(),
                     [](const StepBoundary& a, const StepBoundary& b) { return a.begin < b.begin; });
    const auto sameBegin = [](const StepBoundary& a, const StepBoundary& b) { return a.begin == b.begin; };
    boundaries.erase(std::unique(boundaries.begin(), boundaries.end(), sameBegin), boundaries.end());
    return boundaries;
}

} // namespace stepscope
