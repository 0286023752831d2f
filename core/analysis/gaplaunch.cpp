#include "core/analysis/gaplaunch.h"

#include "core/trace/apicallname.h"

#include <algorithm>
#include <string_view>

namespace stepscope {

namespace {

/// Whether each call copies from the device into pageable memory: synchronous in disguise (domain.md §4.4).
std::vector<bool> pageableCopies(const Trace& trace)
{
    std::vector<bool> isPageable(trace.calls().size(), false);
    for (const Device& device : trace.devices()) {
        const ActivityTable& work = device.activities;
        for (std::size_t row = 0; row < work.size(); ++row) {
            if (work.copy(row) == CopyKind::DeviceToHost && work.launch(row).isValid() &&
                trace.name(work.name(row)).find("-> Pageable") != std::string_view::npos)
                isPageable[work.launch(row).value()] = true;
        }
    }
    return isPageable;
}

} // namespace

std::optional<std::size_t> operationEndingGap(const ActivityTable& work, std::size_t firstAtEnd,
                                              TimePoint end)
{
    std::optional<std::size_t> ending;
    for (std::size_t row = firstAtEnd; row < work.size() && work.begin(row) == end; ++row) {
        if (work.range(row).isEmpty())
            continue;
        // An invalid id is the largest, so that a launched operation comes before one without its call.
        if (!ending || work.launch(row) < work.launch(*ending))
            ending = row;
    }
    return ending;
}

std::optional<std::size_t> operationBeforeGap(const ActivityTable& work, TimeRange gap)
{
    for (std::size_t row = work.firstAtOrAfter(gap.begin); row > 0; --row) {
        if (work.end(row - 1) == gap.begin && !work.range(row - 1).isEmpty())
            return row - 1;
    }
    return std::nullopt;
}

BlockingCalls BlockingCalls::of(const Trace& trace)
{
    enum class Answer : std::uint8_t { NotAsked, Blocks, Returns };
    std::vector<Answer> copies(trace.names().size(), Answer::NotAsked);
    const auto blocksByName = [&](NameId name) {
        Answer& answer = copies[name.value()];
        if (answer == Answer::NotAsked)
            answer = isBlockingCopyName(trace.name(name)) ? Answer::Blocks : Answer::Returns;
        return answer == Answer::Blocks;
    };
    const std::vector<bool> copiesToPageable = pageableCopies(trace);
    BlockingCalls blocking;
    blocking.m_calls = &trace.calls();
    blocking.m_byThread.resize(trace.threads().size());
    const ApiCallTable& calls = trace.calls();
    for (std::size_t row = 0; row < calls.size(); ++row) {
        const bool blocks = calls.kind(row) == ApiCallKind::Synchronize || copiesToPageable[row] ||
                            (calls.kind(row) == ApiCallKind::Copy && blocksByName(calls.name(row)));
        std::vector<CallId>& ofThread = blocking.m_byThread[calls.thread(row).value()];
        if (blocks && (ofThread.empty() || calls.end(row) > calls.end(ofThread.back().value())))
            ofThread.emplace_back(row);
    }
    return blocking;
}

CallId BlockingCalls::longestIn(ThreadId thread, TimeRange range) const
{
    if (!thread.isValid() || range.isEmpty())
        return {};
    const std::vector<CallId>& calls = m_byThread[thread.value()];
    CallId longest;
    Duration most = Duration::zero();
    for (auto call = std::partition_point(calls.begin(), calls.end(),
                                          [&](CallId id) { return m_calls->end(id.value()) <= range.begin; });
         call != calls.end() && m_calls->begin(call->value()) < range.end; ++call) {
        const Duration inside = m_calls->range(call->value()).intersected(range).duration();
        if (inside > most) {
            most = inside;
            longest = *call;
        }
    }
    return longest;
}

} // namespace stepscope
