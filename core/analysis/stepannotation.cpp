#include "core/analysis/stepannotation.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

namespace stepscope {

namespace {

/// Reads a text from left to right; every step fails without moving.
class Scanner {
public:
    explicit Scanner(std::string_view text) : m_rest(text) {}

    bool skip(std::string_view part)
    {
        if (m_rest.substr(0, part.size()) != part)
            return false;
        m_rest.remove_prefix(part.size());
        return true;
    }
    bool skipPast(char c)
    {
        const std::size_t at = m_rest.find(c);
        if (at == std::string_view::npos)
            return false;
        m_rest.remove_prefix(at + 1);
        return true;
    }
    std::optional<std::int64_t> number()
    {
        std::int64_t value = 0;
        const auto [end, fault] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        if (fault != std::errc() || value < 0)
            return std::nullopt;
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
        return value;
    }
    std::string_view rest() const { return m_rest; }
    bool atEnd() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
};

/// `3(17)`, `3(17_9000)`, `3(sq17sk90sqsq289sqsk1530)`: requests and their scheduled tokens.
bool readGroup(Scanner& scanner, std::int64_t& requests, std::int64_t& tokens)
{
    const std::optional<std::int64_t> first = scanner.number();
    if (!first || !scanner.skip("("))
        return false;
    scanner.skip("sq");
    const std::optional<std::int64_t> second = scanner.number();
    if (!second || !scanner.skipPast(')'))
        return false;
    requests = *first;
    tokens = *second;
    return true;
}

std::optional<StepTokens> parseContextGeneration(Scanner scanner)
{
    StepTokens tokens;
    if (!scanner.skip("context_")) { // the detailed form has the total first
        if (!scanner.number() || !scanner.skip("_context_"))
            return std::nullopt;
    }
    if (!readGroup(scanner, tokens.contextRequests, tokens.contextTokens) || !scanner.skip("_generation_") ||
        !readGroup(scanner, tokens.generationRequests, tokens.generationTokens) || !scanner.atEnd())
        return std::nullopt;
    return tokens;
}

/// `new_1_cached_3`: the oldest form counts requests only.
std::optional<StepTokens> parseNewCached(Scanner scanner)
{
    if (!scanner.skip("new_"))
        return std::nullopt;
    const std::optional<std::int64_t> fresh = scanner.number();
    if (!fresh || !scanner.skip("_cached_"))
        return std::nullopt;
    const std::optional<std::int64_t> cached = scanner.number();
    if (!cached || !scanner.atEnd())
        return std::nullopt;
    return StepTokens{*fresh, 0, *cached, 0};
}

/// `DECODE bs=16]`, `EXTEND bs=15 toks=15360]`. Draft loops are parts of a step, not steps.
std::optional<StepAnnotation> parseSglang(Scanner scanner)
{
    const std::string_view mode = scanner.rest().substr(0, scanner.rest().find_first_of(" ]"));
    if (mode.empty() || mode.find("DRAFT") != std::string_view::npos)
        return std::nullopt;
    const auto field = [&scanner](std::string_view key) -> std::int64_t {
        const std::size_t at = scanner.rest().find(key);
        if (at == std::string_view::npos)
            return 0;
        return Scanner(scanner.rest().substr(at + key.size())).number().value_or(0);
    };
    const std::int64_t batch = field(" bs=");
    StepTokens tokens;
    if (mode == "EXTEND" || mode == "MIXED") {
        tokens.contextRequests = std::max<std::int64_t>(batch, 1);
        tokens.contextTokens = field(" toks=");
    }
    if (mode != "EXTEND")
        tokens.generationRequests = batch;
    return StepAnnotation{AnnotationKind::SglangStep, tokens};
}

/// The thread of each process that makes the most launch calls.
std::map<ProcessId, ThreadId> busiestLaunchers(const Trace& trace, std::vector<bool>& hasCalls)
{
    hasCalls.assign(trace.threads().size(), false);
    std::vector<std::uint64_t> launches(trace.threads().size(), 0);
    const ApiCallTable& calls = trace.calls();
    for (std::size_t row = 0; row < calls.size(); ++row) {
        hasCalls[calls.thread(row).value()] = true;
        const ApiCallKind kind = calls.kind(row);
        if (kind == ApiCallKind::KernelLaunch || kind == ApiCallKind::GraphLaunch)
            ++launches[calls.thread(row).value()];
    }
    std::map<ProcessId, ThreadId> busiest;
    for (std::size_t thread = 0; thread < launches.size(); ++thread) {
        const auto [best, isFirst] = busiest.try_emplace(trace.threads()[thread].process, ThreadId(thread));
        if (!isFirst && launches[thread] > launches[best->second.value()])
            best->second = ThreadId(thread);
    }
    return busiest;
}

struct StepRange {
    TimeRange range;
    std::optional<StepTokens> tokens;
};

/// The outermost ranges of the best convention present, by the thread whose calls they frame.
std::map<ThreadId, std::vector<StepRange>> stepRanges(const Trace& trace)
{
    std::unordered_map<NameId, std::optional<StepAnnotation>> readings; // each unique name once
    std::optional<AnnotationKind> kind;
    for (const HostRange& range : trace.ranges()) {
        if (range.kind != RangeKind::Annotation || !range.thread.isValid())
            continue;
        const auto [reading, isNew] = readings.try_emplace(range.name);
        if (isNew)
            reading->second = parseStepAnnotation(trace.name(range.name));
        if (reading->second && (!kind || reading->second->kind < *kind))
            kind = reading->second->kind;
    }
    std::map<ThreadId, std::vector<StepRange>> byThread;
    if (!kind)
        return byThread;
    std::vector<bool> hasCalls;
    const std::map<ProcessId, ThreadId> launchers = busiestLaunchers(trace, hasCalls);
    for (const HostRange& range : trace.ranges()) { // parents come before their children
        if (range.kind != RangeKind::Annotation || !range.thread.isValid())
            continue;
        const std::optional<StepAnnotation>& reading = readings[range.name];
        if (!reading || reading->kind != *kind)
            continue;
        ThreadId thread = range.thread;
        if (!hasCalls[thread.value()]) {
            const auto launcher = launchers.find(trace.thread(thread).process);
            thread = launcher == launchers.end() ? thread : launcher->second;
        }
        std::vector<StepRange>& ranges = byThread[thread];
        if (ranges.empty() || range.begin >= ranges.back().range.end)
            ranges.push_back({range.range(), reading->tokens});
    }
    return byThread;
}

} // namespace

std::optional<StepAnnotation> parseStepAnnotation(std::string_view name)
{
    Scanner scanner(name);
    if (scanner.skip("execute_")) {
        std::optional<StepTokens> tokens = parseContextGeneration(scanner);
        if (!tokens)
            tokens = parseNewCached(scanner);
        if (!tokens)
            return std::nullopt;
        return StepAnnotation{AnnotationKind::Execute, tokens};
    }
    if (scanner.skip("step["))
        return parseSglang(scanner);
    if (scanner.skip("ProfilerStep#") && scanner.number() && scanner.atEnd())
        return StepAnnotation{AnnotationKind::ProfilerStep, std::nullopt};
    return std::nullopt;
}

std::vector<AnnotatedBoundary> annotatedBoundaries(const Trace& trace, const ActivityTable& work)
{
    const std::map<ThreadId, std::vector<StepRange>> byThread = stepRanges(trace);
    std::map<std::pair<ThreadId, std::size_t>, TimePoint> firstWork; // of a thread's n-th range
    const ApiCallTable& calls = trace.calls();
    for (std::size_t row = 0; row < work.size(); ++row) {
        if (!work.launch(row).isValid())
            continue;
        const std::size_t call = work.launch(row).value();
        const auto ranges = byThread.find(calls.thread(call));
        if (ranges == byThread.end())
            continue;
        const auto after =
            std::upper_bound(ranges->second.begin(), ranges->second.end(), calls.begin(call),
                             [](TimePoint time, const StepRange& range) { return time < range.range.begin; });
        if (after == ranges->second.begin() || !std::prev(after)->range.contains(calls.begin(call)))
            continue;
        const auto index = static_cast<std::size_t>(std::prev(after) - ranges->second.begin());
        firstWork.try_emplace({ranges->first, index}, work.begin(row)); // rows come in order of begin
    }
    std::vector<AnnotatedBoundary> boundaries;
    for (const auto& [key, begin] : firstWork)
        boundaries.push_back({begin, byThread.at(key.first)[key.second].tokens});
    std::stable_sort(
        boundaries.begin(), boundaries.end(),
        [](const AnnotatedBoundary& a, const AnnotatedBoundary& b) { return a.begin < b.begin; });
    const auto sameBegin = [](const AnnotatedBoundary& a, const AnnotatedBoundary& b) {
        return a.begin == b.begin;
    };
    boundaries.erase(std::unique(boundaries.begin(), boundaries.end(), sameBegin), boundaries.end());
    return boundaries;
}

} // namespace stepscope
