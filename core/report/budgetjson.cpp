#include "core/report/budgetreport.h"

#include "core/report/gatetext.h"
#include "core/report/jsondocument.h"
#include "core/report/verdicttext.h"

namespace stepscope {

namespace {

Json gatesJson(const std::vector<GateResult>& gates)
{
    Json list = Json::array();
    for (const GateResult& gate : gates) {
        Json rows = Json::array();
        for (const Evidence& evidence : gate.evidence) {
            Json row = {{"evidence", evidenceWord(evidence.code)},
                        {"state", gateStateWord(evidence.state)},
                        {"value", isMeasured(evidence) ? Json(evidence.value) : Json(nullptr)},
                        {"sentence", evidenceSentence(evidence).english()}};
            if (evidence.place)
                row["place_ns"] = {nanosecondsOf(evidence.place->begin), nanosecondsOf(evidence.place->end)};
            rows.push_back(std::move(row));
        }
        list.push_back({{"gate", static_cast<int>(gate.gate)},
                        {"title", gateTitle(gate.gate)},
                        {"state", gateStateWord(gate.state)},
                        {"evidence", std::move(rows)}});
    }
    return list;
}

Json verdictJson(const Verdict& verdict)
{
    Json withheld = Json::array();
    for (const GateId gate : verdict.withheldBy)
        withheld.push_back(static_cast<int>(gate));
    const VerdictShares& shares = verdict.shares;
    const VerdictThresholds& at = verdict.thresholds;
    Json json = {{"class", verdictWord(verdict.verdict)},
                 {"shares_alone", verdictWord(verdict.wouldBe)},
                 {"withheld_by_gates", std::move(withheld)},
                 {"is_strong", verdict.isStrong},
                 {"shares",
                  {{"host", shares.host},
                   {"comm", shares.comm},
                   {"kernel", shares.kernel},
                   {"device", shares.device},
                   {"other", shares.other}}},
                 {"deciding_share", verdict.decidingShare},
                 {"deciding_line", verdict.decidingLine},
                 {"margin_per_step_ns", verdict.marginPerStep.count()},
                 {"thresholds",
                  {{"host", at.host},
                   {"host_strong", at.hostStrong},
                   {"comm", at.comm},
                   {"kernel", at.kernel},
                   {"device", at.device},
                   {"leaning", at.leaning},
                   {"unattributed", at.unattributed},
                   {"family", at.family}}}};
    if (verdict.family)
        json["kernel_family"] = {{"class", kernelClassWord(*verdict.family)},
                                 {"share_of_kernels", verdict.familyShare}};
    return json;
}

Json differingJson(const Assessment& assessment, const TraceIndex& index)
{
    Json list = Json::array();
    for (const Sentence& sentence : differingDevices(assessment, index))
        list.push_back(sentence.english());
    return list;
}

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
    json.update(Json{{"verdict", verdictJson(assessment.verdicts[device])},
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
                     {"gates", gatesJson(assessment.gates[device])}});
    return json;
}

} // namespace

std::string budgetJson(const Assessment& assessment, const TraceIndex& index)
{
    Json devices = Json::array();
    for (std::size_t device = 0; device < index.devices().size(); ++device)
        devices.push_back(deviceJson(assessment, index, device));
    Json json = documentHead("stepscope.budget/1", assessment, index);
    json["verdict"] = verdictWord(assessment.referenceVerdict().verdict);
    json["sentence"] = verdictSentence(assessment, index).english();
    json["margin"] = marginSentence(assessment).english();
    json["differing_devices"] = differingJson(assessment, index);
    json["context"] = contextJson(assessment.context);
    if (const std::optional<double> tpot = assessment.driver.tpot())
        json["tpot_ms"] = *tpot;
    if (const std::optional<double> tokens = assessment.driver.tokens())
        json["tokens_per_step"] = *tokens;
    json["devices"] = std::move(devices);
    json["import_log"] = importLogJson(index.trace().log());
    return documentText(json);
}

} // namespace stepscope
