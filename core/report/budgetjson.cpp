#include "core/report/budgetreport.h"

#include "core/report/assessmentjson.h"
#include "core/report/jsondocument.h"
#include "core/report/verdicttext.h"

namespace stepscope {

namespace {

Json histogramJson(const GapHistogram& histogram)
{
    Json bands = Json::array();
    for (std::size_t band = 0; band < GapBands::count; ++band) {
        if (histogram.gaps[band] > 0)
            bands.push_back({{"from_ns", GapBands::lowerEdge(band).count()},
                             {"gaps", histogram.gaps[band]},
                             {"time_ns", histogram.time[band].count()}});
    }
    return {
        {"gaps", histogram.gapCount}, {"time_ns", histogram.gapTime.count()}, {"bands", std::move(bands)}};
}

Json deviceJson(const Assessment& assessment, const TraceIndex& index, std::size_t device)
{
    const DeviceWindow& numbers = assessment.analysis.devices[device];
    const StepBudget& budget = numbers.budget;
    const StepIndex& steps = index.devices()[device].steps;
    Json classes = Json::object();
    for (const TimeClass timeClass : allTimeClasses)
        classes[std::string(timeClassWord(timeClass))] = lineJson(budget, budget.of(timeClass));
    const CadenceStatistics& cadence = numbers.cadence;
    Json cadenceObject = {{"n", cadence.count},
                          {"total_ns", cadence.total.count()},
                          {"mean_ns", cadence.meanNanoseconds()},
                          {"cv", cadence.variation},
                          {"outliers", cadence.outliers}};
    cadenceObject.update(spreadJson(cadence.spread));
    if (cadence.mixture)
        cadenceObject["mixture"] = mixtureJson(*cadence.mixture);
    Json json = deviceNamesJson(index.trace(), DeviceId(device));
    json.update(Json{{"verdict", verdictObject(assessment.verdicts[device])},
                     {"steps",
                      {{"source", stepSourceWord(steps.source)},
                       {"is_weak", steps.isWeak},
                       {"boundaries", steps.boundaries.size()},
                       {"in_window", budget.steps}}},
                     {"cadence", std::move(cadenceObject)},
                     {"budget",
                      {{"busy", lineJson(budget, budget.busy)},
                       {"idle", lineJson(budget, budget.idle)},
                       {"host_idle", lineJson(budget, budget.host)},
                       {"classes", std::move(classes)},
                       {"hidden_comm", lineJson(budget, budget.hiddenComm)},
                       {"sum", lineJson(budget, budget.cadence)}}},
                     {"not_counted",
                      {{"edge_steps", numbers.notCounted.edgeSteps},
                       {"prefill_steps", numbers.notCounted.prefillSteps},
                       {"mixed_steps", numbers.notCounted.mixedSteps},
                       {"lull_steps", numbers.notCounted.lullSteps},
                       {"time_ns", numbers.notCounted.time.count()}}},
                     {"window", timesJson(numbers.inWindow)},
                     {"gap_histogram", histogramJson(numbers.gaps)},
                     {"clipped_idle_ns", numbers.clippedIdle.count()},
                     {"gates", gatesArray(assessment.gates[device])}});
    return json;
}

} // namespace

std::string budgetJson(const Assessment& assessment, const TraceIndex& index)
{
    Json devices = Json::array();
    for (std::size_t device = 0; device < index.devices().size(); ++device)
        devices.push_back(deviceJson(assessment, index, device));
    Json json = documentHead("stepscope.budget/1", assessment, index);
    addVerdict(json, assessment, index);
    json["devices"] = std::move(devices);
    json["import_log"] = importLogJson(index.trace().log());
    return documentText(json);
}

} // namespace stepscope
