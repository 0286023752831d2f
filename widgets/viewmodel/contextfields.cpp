#include "widgets/viewmodel/contextfields.h"

#include <QCoreApplication>

#include <array>

namespace stepscope::contextfields {

namespace {

struct ContextText {
    Q_DECLARE_TR_FUNCTIONS(MeasurementContext)
};

struct FieldText {
    std::string_view key;
    const char* name;
    const char* help;
};

#define CONTEXT_TR(text) QT_TRANSLATE_NOOP("MeasurementContext", text)

constexpr std::array fieldTexts = {
    FieldText{"model", CONTEXT_TR("model"),
              CONTEXT_TR("The name under which the server offers it: GLM-5.1.")},
    FieldText{"hf_path", CONTEXT_TR("HF path"),
              CONTEXT_TR("Where the weights come from: zai-org/GLM-5.1, or a local folder.")},
    FieldText{"hardware", CONTEXT_TR("hardware"),
              CONTEXT_TR("The GPUs by their exact name, as nvidia-smi -L says it: NVIDIA B200.")},
    FieldText{"quantisation", CONTEXT_TR("quantisation"),
              CONTEXT_TR("How the weights are stored: NVFP4, FP8, bf16.")},
    FieldText{"kv_cache_dtype", CONTEXT_TR("kv-cache dtype"),
              CONTEXT_TR("How the KV cache is stored: fp8, auto. The server's --kv-cache-dtype.")},
    FieldText{"tp", CONTEXT_TR("TP"), CONTEXT_TR("Tensor parallel size: GPUs that share each layer.")},
    FieldText{"dp", CONTEXT_TR("DP"), CONTEXT_TR("Data parallel size: copies of the model.")},
    FieldText{"pp", CONTEXT_TR("PP"), CONTEXT_TR("Pipeline parallel size: parts the layers are cut into.")},
    FieldText{"ep", CONTEXT_TR("EP"), CONTEXT_TR("Expert parallel size; 1 where experts are not spread.")},
    FieldText{"world_size", CONTEXT_TR("world size"),
              CONTEXT_TR("Processes in the group that the trace tells of.")},
    FieldText{"max_num_seqs", CONTEXT_TR("max-num-seqs"),
              CONTEXT_TR("The most requests in one step. The server's --max-num-seqs.")},
    FieldText{"max_num_batched_tokens", CONTEXT_TR("max-num-batched-tokens"),
              CONTEXT_TR("The most tokens in one step. The server's --max-num-batched-tokens.")},
    FieldText{"gpu_memory_utilization", CONTEXT_TR("gpu-memory-utilization"),
              CONTEXT_TR("The share of GPU memory the server may take: 0.9.")},
    FieldText{"max_model_len", CONTEXT_TR("max-model-len"),
              CONTEXT_TR("The longest sequence the server takes, in tokens.")},
    FieldText{
        "cudagraph_mode", CONTEXT_TR("cudagraph mode"),
        CONTEXT_TR("How the server uses CUDA graphs: FULL, PIECEWISE, FULL_AND_PIECEWISE, NONE. A trace "
                   "shows only how many replays a step has.")},
    FieldText{"async_scheduling", CONTEXT_TR("async scheduling"),
              CONTEXT_TR("Whether the next step is scheduled while the GPU works on this one.")},
    FieldText{"speculative_tokens", CONTEXT_TR("drafts a step"),
              CONTEXT_TR("Draft tokens a step verifies; 0 without speculative decoding. Not required.")},
    FieldText{"prefix_caching", CONTEXT_TR("prefix caching"),
              CONTEXT_TR("Whether prompts that begin alike share their KV cache.")},
    FieldText{"dataset", CONTEXT_TR("dataset"), CONTEXT_TR("What was sent: ShareGPT, random, one prompt.")},
    FieldText{"input_length", CONTEXT_TR("input length"), CONTEXT_TR("Tokens of a prompt (ISL).")},
    FieldText{"output_length", CONTEXT_TR("output length"), CONTEXT_TR("Tokens of an answer (OSL).")},
    FieldText{"concurrency", CONTEXT_TR("concurrency"), CONTEXT_TR("Requests in flight at a time.")},
    FieldText{"num_prompts", CONTEXT_TR("prompts"), CONTEXT_TR("How many requests were sent in all.")},
    FieldText{
        "warm_or_cold", CONTEXT_TR("warm or cold"),
        CONTEXT_TR("Warm: the server had run this load before, so nothing compiles and caches are full.")},
    FieldText{"tier", CONTEXT_TR("tier"),
              CONTEXT_TR("What the server is tuned for: latency of one user, or throughput of many.")},
    FieldText{"image", CONTEXT_TR("image"), CONTEXT_TR("The container image with its tag or digest.")},
    FieldText{"engine", CONTEXT_TR("engine"), CONTEXT_TR("vLLM or SGLang.")},
    FieldText{"engine_version", CONTEXT_TR("engine version"),
              CONTEXT_TR("The engine's version or commit, as GET /version says it.")},
    FieldText{
        "backend", CONTEXT_TR("backend"),
        CONTEXT_TR("The attention kernels: FlashInfer, FlashAttention 3, FlashMLA. The server's log names "
                   "them.")},
    FieldText{"percent_of_sol", CONTEXT_TR("% of speed of light"),
              CONTEXT_TR("How much of the hardware's ceiling the step reaches, in per cent.")},
    FieldText{
        "ceiling_key", CONTEXT_TR("ceiling key"),
        CONTEXT_TR("Which ceiling that is a percentage of: h100-sxm.memory is the memory bandwidth of an "
                   "H100 SXM. Others than those of the list are taken, too.")},
    FieldText{"rigor", CONTEXT_TR("rigor"),
              CONTEXT_TR("How strictly the percentage was established: L1 to L4.")},
    FieldText{"trials", CONTEXT_TR("trials"),
              CONTEXT_TR("How many runs, with mean and standard deviation: 5 (6.21 ± 0.03 ms).")},
    FieldText{"same_node", CONTEXT_TR("same node"),
              CONTEXT_TR("Whether what is compared ran on the same machine.")},
    FieldText{"baseline", CONTEXT_TR("baseline"),
              CONTEXT_TR("What the numbers are compared with; none where they are not compared.")},
    FieldText{"tpot_ms", CONTEXT_TR("driver's TPOT, ms"),
              CONTEXT_TR("Time per output token of a round without profiler. Typed beside the verdict.")},
    FieldText{"tpot_profiled_ms", CONTEXT_TR("TPOT of the captured round, ms"),
              CONTEXT_TR("Time per output token while the profiler ran.")},
    FieldText{"tokens_per_step", CONTEXT_TR("tokens per step"),
              CONTEXT_TR("Tokens a step yields for one request. Typed beside the verdict.")},
    FieldText{"trace_tool", CONTEXT_TR("trace tool"), CONTEXT_TR("What recorded the trace.")},
    FieldText{"rank", CONTEXT_TR("rank"), CONTEXT_TR("Which process of the group the trace is of.")},
};

constexpr std::array thresholdTexts = {
    FieldText{"host", CONTEXT_TR("host-bound from"),
              CONTEXT_TR("The share of a step that waits for the host from which the step is host-bound.")},
    FieldText{"host_strong", CONTEXT_TR("strongly host-bound from"),
              CONTEXT_TR(
                  "The share of a step that waits for the host from which the step is strongly host-bound.")},
    FieldText{"comm", CONTEXT_TR("comm-bound from"),
              CONTEXT_TR("The share of exposed communication from which a step is comm-bound.")},
    FieldText{"kernel", CONTEXT_TR("kernel-bound from"),
              CONTEXT_TR("The share of kernels from which a step is kernel-bound.")},
    FieldText{
        "device", CONTEXT_TR("dependency-bound from"),
        CONTEXT_TR("The share of idle time that the device itself owns from which waiting on dependencies "
                   "decides.")},
    FieldText{
        "leaning", CONTEXT_TR("leaning within"),
        CONTEXT_TR(
            "How near to its line the share of a mixed step has to be for the verdict to say \"leaning\".")},
    FieldText{"unattributed", CONTEXT_TR("owner unknown above"),
              CONTEXT_TR("The share of idle time without an owner above which no cause is named.")},
    FieldText{"family", CONTEXT_TR("kernel family named from"),
              CONTEXT_TR("The share of kernel time from which one kind of kernel is named.")},
    FieldText{
        "slowdown", CONTEXT_TR("both ends must agree above"),
        CONTEXT_TR("How much slower the profiled round may be before both ends of the robust interval have "
                   "to say the same.")},
    FieldText{
        "assumed_slowdown", CONTEXT_TR("slowdown taken for granted"),
        CONTEXT_TR("How much slower the PyTorch profiler is taken to make a server where no TPOT says it.")},
    FieldText{"assumed_slowdown_stacks", CONTEXT_TR("the same, with stacks or shapes"),
              CONTEXT_TR("The same where the trace was recorded with Python stacks or shapes.")},
};

#undef CONTEXT_TR

template <std::size_t size>
const FieldText* textOf(const std::array<FieldText, size>& texts, std::string_view key)
{
    for (const FieldText& text : texts) {
        if (text.key == key)
            return &text;
    }
    return nullptr;
}

QString translated(const char* text)
{
    return QCoreApplication::translate("MeasurementContext", text);
}

QString wordOf(std::string_view key)
{
    return QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
}

} // namespace

QString name(std::string_view key)
{
    const FieldText* const text = textOf(fieldTexts, key);
    return text ? translated(text->name) : wordOf(key);
}

QString help(std::string_view key)
{
    const FieldText* const text = textOf(fieldTexts, key);
    return text ? translated(text->help) : QString();
}

QStringList usualValues(std::string_view key)
{
    // Values stand in files: they are not translated.
    if (key == "warm_or_cold")
        return {QStringLiteral("warm"), QStringLiteral("cold")};
    if (key == "tier")
        return {QStringLiteral("latency"), QStringLiteral("throughput")};
    if (key == "rigor")
        return {QStringLiteral("L1"), QStringLiteral("L2"), QStringLiteral("L3"), QStringLiteral("L4")};
    if (key == "same_node" || key == "async_scheduling" || key == "prefix_caching")
        return {QStringLiteral("yes"), QStringLiteral("no")};
    return {};
}

QString groupName(ContextGroup group)
{
    switch (group) {
    case ContextGroup::Model:
        return ContextText::tr("Model");
    case ContextGroup::Parallelism:
        return ContextText::tr("Parallelism");
    case ContextGroup::Server:
        return ContextText::tr("Server");
    case ContextGroup::Workload:
        return ContextText::tr("Workload");
    case ContextGroup::Conditions:
        return ContextText::tr("Conditions");
    case ContextGroup::Software:
        return ContextText::tr("Software");
    case ContextGroup::Evidence:
        return ContextText::tr("Evidence");
    case ContextGroup::Driver:
        return ContextText::tr("Driver");
    case ContextGroup::Capture:
        return ContextText::tr("Capture");
    }
    return {};
}

QString source(ContextSource source)
{
    switch (source) {
    case ContextSource::Trace:
        return ContextText::tr("from the trace");
    case ContextSource::Driver:
        return ContextText::tr("from the driver");
    case ContextSource::User:
        return ContextText::tr("typed");
    case ContextSource::Server:
        return ContextText::tr("from the server's command");
    case ContextSource::Hint:
        return ContextText::tr("likely, not confirmed");
    case ContextSource::Unknown:
        break;
    }
    return ContextText::tr("unknown");
}

QString thresholdName(std::string_view name)
{
    const FieldText* const text = textOf(thresholdTexts, name);
    return text ? translated(text->name) : wordOf(name);
}

QString thresholdHelp(std::string_view name)
{
    const FieldText* const text = textOf(thresholdTexts, name);
    return text ? translated(text->help) : QString();
}

} // namespace stepscope::contextfields
