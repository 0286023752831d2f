#include "widgets/viewmodel/contextlist.h"

#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>

#include <array>

namespace stepscope {

namespace {

struct ContextText {
    Q_DECLARE_TR_FUNCTIONS(MeasurementContext)
};

struct FieldName {
    std::string_view key;
    const char* name;
};

constexpr std::array fieldNames = {
    FieldName{"model", QT_TRANSLATE_NOOP("MeasurementContext", "model")},
    FieldName{"hf_path", QT_TRANSLATE_NOOP("MeasurementContext", "HF path")},
    FieldName{"hardware", QT_TRANSLATE_NOOP("MeasurementContext", "hardware")},
    FieldName{"quantisation", QT_TRANSLATE_NOOP("MeasurementContext", "quantisation")},
    FieldName{"kv_cache_dtype", QT_TRANSLATE_NOOP("MeasurementContext", "kv-cache dtype")},
    FieldName{"tp", QT_TRANSLATE_NOOP("MeasurementContext", "TP")},
    FieldName{"dp", QT_TRANSLATE_NOOP("MeasurementContext", "DP")},
    FieldName{"pp", QT_TRANSLATE_NOOP("MeasurementContext", "PP")},
    FieldName{"ep", QT_TRANSLATE_NOOP("MeasurementContext", "EP")},
    FieldName{"world_size", QT_TRANSLATE_NOOP("MeasurementContext", "world size")},
    FieldName{"max_num_seqs", QT_TRANSLATE_NOOP("MeasurementContext", "max-num-seqs")},
    FieldName{"max_num_batched_tokens", QT_TRANSLATE_NOOP("MeasurementContext", "max-num-batched-tokens")},
    FieldName{"gpu_memory_utilization", QT_TRANSLATE_NOOP("MeasurementContext", "gpu-memory-utilization")},
    FieldName{"max_model_len", QT_TRANSLATE_NOOP("MeasurementContext", "max-model-len")},
    FieldName{"cudagraph_mode", QT_TRANSLATE_NOOP("MeasurementContext", "cudagraph mode")},
    FieldName{"async_scheduling", QT_TRANSLATE_NOOP("MeasurementContext", "async scheduling")},
    FieldName{"speculative_tokens", QT_TRANSLATE_NOOP("MeasurementContext", "drafts a step")},
    FieldName{"prefix_caching", QT_TRANSLATE_NOOP("MeasurementContext", "prefix caching")},
    FieldName{"dataset", QT_TRANSLATE_NOOP("MeasurementContext", "dataset")},
    FieldName{"input_length", QT_TRANSLATE_NOOP("MeasurementContext", "input length")},
    FieldName{"output_length", QT_TRANSLATE_NOOP("MeasurementContext", "output length")},
    FieldName{"concurrency", QT_TRANSLATE_NOOP("MeasurementContext", "concurrency")},
    FieldName{"num_prompts", QT_TRANSLATE_NOOP("MeasurementContext", "prompts")},
    FieldName{"warm_or_cold", QT_TRANSLATE_NOOP("MeasurementContext", "warm or cold")},
    FieldName{"tier", QT_TRANSLATE_NOOP("MeasurementContext", "tier")},
    FieldName{"image", QT_TRANSLATE_NOOP("MeasurementContext", "image")},
    FieldName{"engine", QT_TRANSLATE_NOOP("MeasurementContext", "engine")},
    FieldName{"engine_version", QT_TRANSLATE_NOOP("MeasurementContext", "engine version")},
    FieldName{"backend", QT_TRANSLATE_NOOP("MeasurementContext", "backend")},
    FieldName{"percent_of_sol", QT_TRANSLATE_NOOP("MeasurementContext", "% of speed of light")},
    FieldName{"ceiling_key", QT_TRANSLATE_NOOP("MeasurementContext", "ceiling key")},
    FieldName{"rigor", QT_TRANSLATE_NOOP("MeasurementContext", "rigor")},
    FieldName{"trials", QT_TRANSLATE_NOOP("MeasurementContext", "trials")},
    FieldName{"same_node", QT_TRANSLATE_NOOP("MeasurementContext", "same node")},
    FieldName{"baseline", QT_TRANSLATE_NOOP("MeasurementContext", "baseline")},
    FieldName{"tpot_ms", QT_TRANSLATE_NOOP("MeasurementContext", "driver's TPOT, ms")},
    FieldName{"tpot_profiled_ms", QT_TRANSLATE_NOOP("MeasurementContext", "TPOT of the captured round, ms")},
    FieldName{"tokens_per_step", QT_TRANSLATE_NOOP("MeasurementContext", "tokens per step")},
    FieldName{"trace_tool", QT_TRANSLATE_NOOP("MeasurementContext", "trace tool")},
    FieldName{"rank", QT_TRANSLATE_NOOP("MeasurementContext", "rank")},
};

/// A field without a name of its own is called as files call it.
QString nameOf(std::string_view key)
{
    for (const FieldName& field : fieldNames) {
        if (field.key == key)
            return QCoreApplication::translate("MeasurementContext", field.name);
    }
    return QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
}

QString sourceText(ContextSource source)
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

} // namespace

std::vector<ContextLine> contextLines(const MeasurementContext& context)
{
    std::vector<ContextLine> lines;
    for (const ContextField& field : context.fields()) {
        lines.push_back({nameOf(field.key), QString::fromStdString(field.value.value_or(std::string())),
                         sourceText(field.source), field.isRequired && !field.isFilled()});
    }
    return lines;
}

QString contextRemark(const MeasurementContext& context)
{
    if (context.isComplete())
        return ContextText::tr("complete");
    return displaytext::counted(context.missingCount(), ContextText::tr("1 missing: reports stay DRAFT"),
                                ContextText::tr("%1 missing: reports stay DRAFT"));
}

} // namespace stepscope
