#include "core/gates/measurementcontext.h"

#include "core/analysis/stepannotation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

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
    FieldRow{"tokens_per_step", ContextGroup::Driver, false},
    FieldRow{"trace_tool", ContextGroup::Capture, false},
    FieldRow{"rank", ContextGroup::Capture, false},
};

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

/// What was seen of CUDA graphs; which mode the server was started with is not in a trace.
std::string graphUse(const TraceIndex& index, const SteadyStep& steady)
{
    const CallIndex::Coverage calls = index.calls().coverageOf(index.trace().device(steady.device).process);
    if (steady.step->graphLaunches > 0)
        return "graph replays per step: " + std::to_string(steady.step->graphLaunches);
    return calls.launches > 0 && calls.graphLaunches == 0 ? "no graph launches" : "";
}

void addParallelism(MeasurementContext& context, const CaptureInfo& capture)
{
    if (capture.rank)
        context.set("rank", std::to_string(*capture.rank), ContextSource::Trace);
    if (!capture.worldSize)
        return;
    context.set("world_size", std::to_string(*capture.worldSize), ContextSource::Trace);
    if (*capture.worldSize == 1) { // how more ranks divide among tensor, pipeline and data is not said
        context.set("tp", "1", ContextSource::Trace);
        context.set("pp", "1", ContextSource::Trace);
    }
}

/// What the driver asked of the server. The trace's own word goes first.
void addRecord(MeasurementContext& context, const DriverRecord& record)
{
    const auto add = [&context](const char* key, std::string value) {
        if (const ContextField* const field = context.find(key); field != nullptr && !field->isFilled())
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

} // namespace

MeasurementContext::MeasurementContext()
{
    m_fields.reserve(fieldRows.size());
    for (const FieldRow& row : fieldRows)
        m_fields.push_back({row.key, row.group, row.isRequired, std::nullopt, ContextSource::Unknown});
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
    found->value = std::move(value);
    found->source = source;
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
    addParallelism(context, capture);
    if (const std::string_view version = factOf(capture, "vllm_version"); !version.empty()) {
        context.set("engine", "vLLM", ContextSource::Trace);
        context.set("engine_version", std::string(version), ContextSource::Trace);
    }
    const SteadyStep steady = steadyStep(index);
    if (!steady.step)
        return context;
    context.set("engine", engineOf(index, steady), ContextSource::Trace);
    context.set("cudagraph_mode", graphUse(index, steady), ContextSource::Trace);
    if (const std::optional<StepTokens>& tokens = steady.step->tokens;
        tokens && tokens->generationRequests > 0) {
        context.set("concurrency", std::to_string(tokens->generationRequests), ContextSource::Trace);
        if (tokens->generationTokens == tokens->generationRequests) // no drafts are scheduled
            context.set("tokens_per_step", "1", ContextSource::Trace);
    }
    return context;
}

MeasurementContext contextOf(const TraceIndex& index, const DriverNumbers& driver)
{
    MeasurementContext context = contextFromTrace(index);
    if (const std::optional<double> tpot = driver.tpot())
        context.set("tpot_ms", numberText(*tpot),
                    driver.tpotMilliseconds ? ContextSource::User : ContextSource::Driver);
    if (const std::optional<double> tokens = driver.tokens())
        context.set("tokens_per_step", numberText(*tokens),
                    driver.tokensPerStep ? ContextSource::User : ContextSource::Driver);
    if (driver.record)
        addRecord(context, *driver.record);
    return context;
}

} // namespace stepscope
