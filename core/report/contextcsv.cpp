#include "core/report/contextcsv.h"

#include "core/gates/ceilingtable.h"
#include "core/report/csvcell.h"
#include "core/report/csvcontext.h"
#include "core/report/gatetext.h"
#include "core/report/numbertext.h"
#include "core/report/verdicttext.h"

#include <filesystem>

namespace stepscope {

namespace {

class ContextRows {
public:
    explicit ContextRows(std::string head)
        : m_head(std::move(head)), m_csv(std::string(csvContextHeader) + ",field,value,source\r\n")
    {}

    void add(std::string_view field, std::string_view value, std::string_view source)
    {
        m_csv += m_head + "," + csvText(field) + "," + csvText(value) + "," + std::string(source) + "\r\n";
    }
    void threshold(const std::string& name, double value, bool isChanged = false)
    {
        add("threshold." + name, fixed(value, 6), isChanged ? "user" : "default");
    }
    const std::string& csv() const { return m_csv; }

private:
    std::string m_head;
    std::string m_csv;
};

void addTrace(ContextRows& rows, const Assessment& assessment, const TraceIndex& index)
{
    const CaptureInfo& capture = index.trace().capture();
    const bool isDatabase = capture.format == TraceFormat::NsysSqlite;
    rows.add("stepscope_version", STEPSCOPE_VERSION, "program");
    rows.add("trace_file", std::filesystem::path(capture.path).filename().string(), "trace");
    rows.add("trace_format", isDatabase ? "nsys-sqlite" : "kineto-json", "trace");
    rows.add("trace_schema", capture.schemaVersion, capture.schemaVersion.empty() ? "unknown" : "trace");
    rows.add("trace_origin_ns", std::to_string(capture.origin), "trace");
    rows.add("trace_utc_base_ns", capture.baseTime ? std::to_string(*capture.baseTime) : "",
             capture.baseTime ? "trace" : "unknown");
    rows.add("trust", trustWord(trustOf(index, assessment.reference)), "trace");
    rows.add("step_source", stepSourceWord(index.device(assessment.reference).steps.source), "trace");
}

/// What the percentage of speed of light is a percentage of, where the key is one of the table.
void addCeiling(ContextRows& rows, const MeasurementContext& context)
{
    const ContextField* const key = context.find("ceiling_key");
    const CeilingTable table = CeilingTable::standard();
    const Ceiling* const ceiling = key && key->isFilled() ? table.find(key->value.value_or("")) : nullptr;
    if (!ceiling)
        return;
    rows.add("ceiling.quantity", ceiling->quantity, "program");
    rows.add("ceiling.value", fixed(ceiling->value, 1), "program");
    rows.add("ceiling.unit", ceiling->unit, "program");
    rows.add("ceiling.source", ceiling->source, "program");
}

void addThresholds(ContextRows& rows, const Assessment& assessment)
{
    const VerdictThresholds standard;
    const auto defaults = thresholdValues(standard);
    const auto values = thresholdValues(assessment.referenceVerdict().thresholds);
    for (std::size_t i = 0; i < values.size(); ++i)
        rows.threshold(std::string("verdict.") + values[i].first, values[i].second,
                       values[i].second != defaults[i].second);
    for (const GateResult& gate : assessment.referenceGates()) {
        for (const Evidence& row : gate.evidence) {
            const std::string name = "gate" + std::to_string(static_cast<int>(gate.gate)) + "." +
                                     std::string(evidenceWord(row.code));
            if (row.passAt != 0.0)
                rows.threshold(name + ".pass_at", row.passAt);
            if (row.passAt != 0.0 && row.failAt != 0.0)
                rows.threshold(name + ".fail_at", row.failAt);
        }
    }
}

} // namespace

std::string contextCsv(const Assessment& assessment, const TraceIndex& index)
{
    if (index.devices().empty())
        return std::string(csvContextHeader) + ",field,value,source\r\n";
    ContextRows rows(csvContextCells(assessment, index, assessment.reference));
    for (const ContextField& field : assessment.context.fields())
        rows.add(field.key, field.value.value_or(""), contextSourceWord(field.source));
    addCeiling(rows, assessment.context);
    addTrace(rows, assessment, index);
    for (const auto& [gate, reason] : assessment.input.overrides)
        rows.add("override.gate" + std::to_string(static_cast<int>(gate)), reason, "user");
    if (assessment.input.command)
        rows.add("server_command", assessment.input.command->text, "server");
    addThresholds(rows, assessment);
    return rows.csv();
}

std::string_view contextSourceWord(ContextSource source)
{
    switch (source) {
    case ContextSource::Unknown:
        return "unknown";
    case ContextSource::Trace:
        return "trace";
    case ContextSource::Driver:
        return "driver";
    case ContextSource::User:
        return "user";
    case ContextSource::Server:
        return "server";
    case ContextSource::Hint:
        return "hint";
    }
    return "";
}

} // namespace stepscope
