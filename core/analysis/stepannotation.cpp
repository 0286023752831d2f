#include "core/analysis/stepannotation.h"

#include <algorithm>
#include <charconv>
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

/// Those of the best convention present.
StepRanges stepRanges(const Trace& trace)
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
    StepRanges ranges(trace);
    if (!kind)
        return ranges;
    for (const HostRange& range : trace.ranges()) { // parents come before their children
        if (range.kind != RangeKind::Annotation || !range.thread.isValid())
            continue;
        const std::optional<StepAnnotation>& reading = readings[range.name];
        if (reading && reading->kind == *kind)
            ranges.add(range.thread, {range.range(), reading->tokens});
    }
    return ranges;
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

std::vector<StepBoundary> annotatedBoundaries(const Trace& trace, const ActivityTable& work)
{
    return stepRanges(trace).boundariesOn(work);
}

} // namespace stepscope
