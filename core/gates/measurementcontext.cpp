#include "core/gates/measurementcontext.h"

#include "core/analysis/stepannotation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <utility>

namespace stepscope {

namespace {

struct FieldRow {
    const char* key;
    ContextGroup group;
    bool isRequired;
};

constexpr std::array fieldRows = {
    FieldRow{"model", ContextGroup::Model, true},
    FieldRow{"hf_path", ContextGroup::Model, true},
    FieldRow{"hardware", ContextGroup::Model, true},
    FieldRow{"quantisation", ContextGroup::Model, true},
    FieldRow{"kv_cache_dtype", ContextGroup::Model, true},
    FieldRow{"tp", ContextGroup::Parallelism, true},
    FieldRow{"dp", ContextGroup::Parallelism, true},
    FieldRow{"pp", ContextGroup::Parallelism, true},
    FieldRow{"ep", ContextGroup::Parallelism, true},
    FieldRow{"world_size", ContextGroup::Parallelism, false},
    FieldRow{"max_num_seqs", ContextGroup::Server, true},
    FieldRow{"max_num_batched_tokens", ContextGroup::Server, true},
    FieldRow{"gpu_memory_utilization", ContextGroup::Server, true},
    FieldRow{"max_model_len", ContextGroup::Server, true},
    FieldRow{"cudagraph_mode", ContextGroup::Server, true},
    FieldRow{"async_scheduling", ContextGroup::Server, true},
    FieldRow{"speculative_tokens", ContextGroup::Server, false},
    FieldRow{"prefix_caching", ContextGroup::Server, true},
    FieldRow{"dataset", ContextGroup::Workload, true},
    FieldRow{"input_length", ContextGroup::Workload, true},
    FieldRow{"output_length", ContextGroup::Workload, true},
    FieldRow{"concurrency", ContextGroup::Workload, true},
    FieldRow{"num_prompts", ContextGroup::Workload, true},
    FieldRow{"warm_or_cold", ContextGroup::Conditions, true},
    FieldRow{"tier", ContextGroup::Conditions, true},
    FieldRow{"image", ContextGroup::Software, true},
    FieldRow{"engine", ContextGroup::Software, true},
    FieldRow{"engine_version", ContextGroup::Software, true},
    FieldRow{"backend", ContextGroup::Software, true},
    FieldRow{"percent_of_sol", ContextGroup::Evidence, true},
    FieldRow{"ceiling_key", ContextGroup::Evidence, true},
    FieldRow{"rigor", ContextGroup::Evidence, true},
    FieldRow{"trials", ContextGroup::Evidence, true},
    FieldRow{"same_node", ContextGroup::Evidence, true},
    FieldRow{"baseline", ContextGroup::Evidence, true},
    FieldRow{"tpot_ms", ContextGroup::Driver, false},
    FieldRow{"tpot_profiled_ms", ContextGroup::Driver, false},
    FieldRow{"tokens_per_step", ContextGroup::Driver, false},
    FieldRow{"trace_tool", ContextGroup::Capture, false},
    FieldRow{"rank", ContextGroup::Capture, false},
};

/// "zai-org/GLM-5.1" names the same model as "GLM-5.1".
bool saysTheSame(std::string_view a, std::string_view b)
{
    const auto isTailOf = [](std::string_view tail, std::string_view path) {
        return path.ends_with(tail) && path.size() > tail.size() &&
               path[path.size() - tail.size() - 1] == '/';
    };
    return a == b || isTailOf(a, b) || isTailOf(b, a);
}

/// Shortest text that reads back as the same number.
std::string numberText(double value)
{
    std::array<char, 400> buffer{};
    const auto [end, fault] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
    return fault == std::errc() ? std::string(buffer.data(), end) : std::string();
}

std::string_view factOf(const CaptureInfo& capture, std::string_view name)
{
    for (const auto& [key, value] : capture.facts) {
        if (key == name)
            return value;
    }
    return {};
}

std::string hardwareOf(const Trace& trace)
{
    std::vector<std::string_view> seen;
    std::string text;
    for (const Device& device : trace.devices()) {
        if (device.hardware.empty() || std::find(seen.begin(), seen.end(), device.hardware) != seen.end())
            continue;
        seen.push_back(device.hardware);
        text += (text.empty() ? "" : "; ") + device.hardware;
    }
    return text;
}

/// The first device with a steady stretch, and the stretch's first step: it stands for the loop.
struct SteadyStep {
    DeviceId device;
    const Step* step = nullptr;
};

SteadyStep steadyStep(const TraceIndex& index)
{
    for (std::size_t device = 0; device < index.devices().size(); ++device) {
        const StepIndex& steps = index.devices()[device].steps;
        if (steps.steady.suggestion)
            return {DeviceId(device), &steps.steps[steps.insideOf(steps.steady.suggestion->window).first]};
    }
    return {};
}

/// Which engine wrote the annotation around the launch of the step, by its convention.
std::string engineOf(const TraceIndex& index, const SteadyStep& steady)
{
    constexpr int nearby = 200; // ranges between the step's own and the launch of its first operation
    const Trace& trace = index.trace();
    const CallId launch = trace.device(steady.device).activities.launch(steady.step->firstRow);
    if (index.device(steady.device).steps.source != StepSource::Annotation || !launch.isValid())
        return {};
    const TimePoint time = trace.calls().begin(launch.value());
    const auto after = std::partition_point(trace.ranges().begin(), trace.ranges().end(),
                                            [time](const HostRange& range) { return range.begin <= time; });
    auto range = std::make_reverse_iterator(after);
    for (int i = 0; i < nearby && range != std::make_reverse_iterator(trace.ranges().begin()); ++i, ++range) {
        const std::optional<StepAnnotation> annotation = range->kind == RangeKind::Annotation
                                                             ? parseStepAnnotation(trace.name(range->name))
                                                             : std::nullopt;
        if (annotation && annotation->kind == AnnotationKind::Execute)
            return "vLLM";
        if (annotation && annotation->kind == AnnotationKind::SglangStep)
            return "SGLang";
    }
    return {};
}

/// The mode that the replays of a step suggest (domain.md §8): one for the step and each draft is FULL, more
/// are PIECEWISE. Which one the server was started with is not in a trace.
std::string graphUse(const TraceIndex& index, const SteadyStep& steady)
{
    const CallIndex::Coverage calls = index.calls().coverageOf(index.trace().device(steady.device).process);
    if (steady.step->graphLaunches == 0)
        return calls.launches > 0 && calls.graphLaunches == 0 ? "NONE" : "";
    std::int64_t forwardPasses = 1;
    if (const std::optional<StepTokens>& tokens = steady.step->tokens;
        tokens && tokens->generationRequests > 0)
        forwardPasses = std::max<std::int64_t>(tokens->generationTokens / tokens->generationRequests, 1);
    return steady.step->graphLaunches <= forwardPasses ? "FULL" : "PIECEWISE";
}

void addParallelism(MeasurementContext& context, const CaptureInfo& capture)
{
    std::string ranks = capture.rank ? std::to_string(*capture.rank) : "";
    for (const CaptureFile& file : capture.files) {
        if (file.rank)
            ranks += (ranks.empty() ? "" : " ") + std::to_string(*file.rank);
    }
    if (!ranks.empty())
        context.set("rank", ranks, ContextSource::Trace);
    if (!capture.worldSize)
        return;
    context.set("world_size", std::to_string(*capture.worldSize), ContextSource::Trace);
    if (*capture.worldSize == 1) { // how more ranks divide among tensor, pipeline and data is not said
        context.set("tp", "1", ContextSource::Trace);
        context.set("pp", "1", ContextSource::Trace);
    }
}

/// What the driver asked of the server.
void addRecord(MeasurementContext& context, const DriverRecord& record)
{
    const auto add = [&context](const char* key, std::string value) {
        context.set(key, std::move(value), ContextSource::Driver);
    };
    const auto addNumber = [&add](const char* key, std::optional<double> number) {
        if (number)
            add(key, numberText(*number));
    };
    const DriverRound& round = record.chosen();
    add("model", record.model);
    addNumber("input_length", round.promptTokens);
    addNumber("output_length", round.outputTokens);
    if (round.concurrency)
        add("concurrency", std::to_string(*round.concurrency));
    if (record.kind == DriverKind::BenchServe && round.requests > 0)
        add("num_prompts", std::to_string(round.requests));
}

void addDriver(MeasurementContext& context, const DriverNumbers& driver)
{
    const auto add = [&context](const char* key, const std::optional<double>& typed,
                                const std::optional<double>& number) {
        if (number)
            context.set(key, numberText(*number), typed ? ContextSource::User : ContextSource::Driver);
    };
    add("tpot_ms", driver.clean.tpotMilliseconds, driver.clean.tpot());
    add("tpot_profiled_ms", driver.profiled.tpotMilliseconds, driver.profiled.tpot());
    const RoundNumbers& captured = driver.profiled.tokens() ? driver.profiled : driver.clean;
    add("tokens_per_step", captured.tokensPerStep, captured.tokens());
    if (driver.profiled.record)
        addRecord(context, *driver.profiled.record);
    if (driver.clean.record)
        addRecord(context, *driver.clean.record);
}

void addCommand(MeasurementContext& context, const ServerCommand& command)
{
    for (const ContextValue& field : command.values)
        context.set(field.key, field.value, ContextSource::Server);
    if (command.speculativeTokens)
        context.set("speculative_tokens", std::to_string(*command.speculativeTokens), ContextSource::Server);
}

void addHints(MeasurementContext& context, const KernelHints& hints)
{
    context.set("quantisation", hints.quantisation, ContextSource::Hint);
    context.set("kv_cache_dtype", hints.kvCacheDtype, ContextSource::Hint);
    context.set("backend", hints.attentionBackend, ContextSource::Hint);
}

using ThresholdMember = double VerdictThresholds::*;

constexpr std::array<std::pair<const char*, ThresholdMember>, 11> thresholdMembers = {{
    {"host", &VerdictThresholds::host},
    {"host_strong", &VerdictThresholds::hostStrong},
    {"comm", &VerdictThresholds::comm},
    {"kernel", &VerdictThresholds::kernel},
    {"device", &VerdictThresholds::device},
    {"leaning", &VerdictThresholds::leaning},
    {"unattributed", &VerdictThresholds::unattributed},
    {"family", &VerdictThresholds::family},
    {"slowdown", &VerdictThresholds::slowdown},
    {"assumed_slowdown", &VerdictThresholds::assumedSlowdown},
    {"assumed_slowdown_stacks", &VerdictThresholds::assumedSlowdownStacks},
}};

} // namespace

const ContextClaim* ContextField::contradiction() const
{
    if (source == ContextSource::User)
        return nullptr; // who typed it has decided
    const auto strongest =
        std::max_element(others.begin(), others.end(),
                         [](const ContextClaim& a, const ContextClaim& b) { return a.source < b.source; });
    return strongest == others.end() || strongest->source == ContextSource::Hint ? nullptr : &*strongest;
}

MeasurementContext::MeasurementContext()
{
    m_fields.reserve(fieldRows.size());
    for (const FieldRow& row : fieldRows)
        m_fields.push_back({row.key, row.group, row.isRequired, std::nullopt, ContextSource::Unknown, {}});
}

const ContextField* MeasurementContext::find(std::string_view key) const
{
    const auto found = std::find_if(m_fields.begin(), m_fields.end(),
                                    [key](const ContextField& field) { return field.key == key; });
    return found == m_fields.end() ? nullptr : &*found;
}

void MeasurementContext::set(std::string_view key, std::string value, ContextSource source)
{
    const auto found = std::find_if(m_fields.begin(), m_fields.end(),
                                    [key](const ContextField& field) { return field.key == key; });
    if (found == m_fields.end() || value.empty())
        return;
    ContextClaim weaker{std::move(value), source};
    if (source >= found->source) {
        std::swap(weaker.source, found->source);
        weaker.value = std::exchange(found->value, std::move(weaker.value)).value_or(std::string());
    }
    if (weaker.source != ContextSource::Unknown && weaker.source != found->source)
        found->others.push_back(std::move(weaker));
    std::erase_if(found->others,
                  [&](const ContextClaim& other) { return saysTheSame(other.value, *found->value); });
}

std::size_t MeasurementContext::requiredCount() const
{
    return static_cast<std::size_t>(std::count_if(
        m_fields.begin(), m_fields.end(), [](const ContextField& field) { return field.isRequired; }));
}

std::size_t MeasurementContext::missingCount() const
{
    return static_cast<std::size_t>(
        std::count_if(m_fields.begin(), m_fields.end(),
                      [](const ContextField& field) { return field.isRequired && !field.isFilled(); }));
}

MeasurementContext contextFromTrace(const TraceIndex& index)
{
    const Trace& trace = index.trace();
    const CaptureInfo& capture = trace.capture();
    MeasurementContext context;
    context.set("hardware", hardwareOf(trace), ContextSource::Trace);
    context.set("trace_tool", capture.tool, ContextSource::Trace);
    addHints(context, index.kernelHints());
    addParallelism(context, capture);
    if (const std::string_view version = factOf(capture, "vllm_version"); !version.empty()) {
        context.set("engine", "vLLM", ContextSource::Trace);
        context.set("engine_version", std::string(version), ContextSource::Trace);
    }
    const SteadyStep steady = steadyStep(index);
    if (!steady.step)
        return context;
    context.set("engine", engineOf(index, steady), ContextSource::Trace);
    context.set("cudagraph_mode", graphUse(index, steady), ContextSource::Hint);
    if (const std::optional<StepTokens>& tokens = steady.step->tokens;
        tokens && tokens->generationRequests > 0) {
        context.set("concurrency", std::to_string(tokens->generationRequests), ContextSource::Trace);
        if (tokens->generationTokens % tokens->generationRequests == 0) {
            const std::int64_t drafts = tokens->generationTokens / tokens->generationRequests - 1;
            context.set("speculative_tokens", std::to_string(drafts), ContextSource::Trace);
            if (drafts == 0)
                context.set("tokens_per_step", "1", ContextSource::Trace);
        }
    }
    return context;
}

MeasurementContext contextOf(const TraceIndex& index, const AssessmentInput& input)
{
    MeasurementContext context = contextFromTrace(index);
    addDriver(context, input.driver);
    if (input.command)
        addCommand(context, *input.command);
    for (const ContextValue& field : input.context) {
        if (isStatable(field.key))
            context.set(field.key, field.value, ContextSource::User);
    }
    return context;
}

bool isStatable(std::string_view key)
{
    const auto row = std::find_if(fieldRows.begin(), fieldRows.end(),
                                  [key](const FieldRow& field) { return field.key == key; });
    return row != fieldRows.end() && row->group != ContextGroup::Driver &&
           row->group != ContextGroup::Capture;
}

double* thresholdOf(VerdictThresholds& thresholds, std::string_view name)
{
    for (const auto& [known, member] : thresholdMembers) {
        if (known == name)
            return &(thresholds.*member);
    }
    return nullptr;
}

std::vector<std::pair<const char*, double>> thresholdValues(const VerdictThresholds& thresholds)
{
    std::vector<std::pair<const char*, double>> values;
    for (const auto& [name, member] : thresholdMembers)
        values.emplace_back(name, thresholds.*member);
    return values;
}

} // namespace stepscope
