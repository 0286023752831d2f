#include "core/report/jsondocument.h"

#include "core/report/budgetreport.h"
#include "core/report/contextcsv.h"
#include "core/report/importtext.h"
#include "core/report/verdicttext.h"

namespace stepscope {

namespace {

Json modeJson(const CadenceMode& kind)
{
    return {{"median_ns", kind.median.count()}, {"share", kind.share}};
}

} // namespace

Json documentHead(const char* format, const Assessment& assessment, const TraceIndex& index)
{
    const CaptureInfo& capture = index.trace().capture();
    return {{"stepscope", STEPSCOPE_VERSION},
            {"format", format},
            {"file", capture.path},
            {"sha256", capture.sha256.text()},
            {"label", labelOf(assessment.context)},
            {"tool", capture.tool},
            {"trust", trustWord(trustOf(index, assessment.reference))},
            {"trace_origin_ns", capture.origin},
            {"window_start_ns", nanosecondsOf(assessment.analysis.window.begin)},
            {"window_end_ns", nanosecondsOf(assessment.analysis.window.end)},
            {"reference", assessment.reference.value()}};
}

Json contextJson(const MeasurementContext& context)
{
    Json fields = Json::object();
    for (const ContextField& field : context.fields()) {
        Json value = nullptr;
        if (field.value)
            value = *field.value;
        Json entry = {{"value", std::move(value)}, {"source", contextSourceWord(field.source)}};
        for (const ContextClaim& other : field.others)
            entry["others"].push_back({{"value", other.value}, {"source", contextSourceWord(other.source)}});
        fields[field.key] = std::move(entry);
    }
    return {{"missing", context.missingCount()},
            {"required", context.requiredCount()},
            {"fields", std::move(fields)}};
}

Json deviceNamesJson(const Trace& trace, DeviceId device)
{
    const Device& lane = trace.device(device);
    return {{"device", lane.key}, {"label", deviceLabel(trace, device)}, {"hardware", lane.hardware}};
}

Json spreadJson(const DurationSpread& spread)
{
    return {{"p10_ns", spread.p10.count()},
            {"median_ns", spread.median.count()},
            {"p90_ns", spread.p90.count()},
            {"p99_ns", spread.p99.count()}};
}

Json lineJson(const StepBudget& budget, const BudgetLine& line)
{
    Json json = {{"total_ns", line.total.count()}, {"share_of_cadence", budget.share(line.total)}};
    json.update(spreadJson(line.perStep()));
    return json;
}

Json timesJson(const ClassTimes& times)
{
    Json json = Json::object();
    for (const TimeClass timeClass : allTimeClasses)
        json[std::string(timeClassWord(timeClass)) + "_ns"] = times[timeClass].count();
    return json;
}

Json mixtureJson(const CadenceMixture& mixture)
{
    return Json::array({modeJson(mixture.shorter), modeJson(mixture.longer)});
}

Json importLogJson(const ImportLog& log)
{
    Json list = Json::array();
    for (const ImportEntry& entry : log.entries()) {
        list.push_back({{"code", importCodeWord(entry.code)},
                        {"severity", importSeverityWord(severityOf(entry.code))},
                        {"count", entry.count},
                        {"sentence", importSentence(entry).english()}});
    }
    return list;
}

std::string documentText(const Json& document)
{
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace stepscope
