#include "core/report/assessmentjson.h"

#include "core/report/gatetext.h"
#include "core/report/reconciletext.h"
#include "core/report/verdicttext.h"

namespace stepscope {

namespace {

/// Times in ns a step.
Json robustJson(const RobustInterval& robust)
{
    return {{"host_low_ns", robust.hostLow},          {"host_high_ns", robust.hostHigh},
            {"share_low", robust.shareLow},           {"share_high", robust.shareHigh},
            {"class_low", verdictWord(robust.atLow)}, {"class_high", verdictWord(robust.atHigh)},
            {"is_robust", robust.isRobust()}};
}

Json differingJson(const Assessment& assessment, const TraceIndex& index)
{
    Json list = Json::array();
    for (const Sentence& sentence : differingDevices(assessment, index))
        list.push_back(sentence.english());
    return list;
}

/// The numbers of gate 3, null where they are not known; times in ms.
Json reconciliationObject(const Reconciliation& numbers)
{
    const auto orNull = [](const std::optional<double>& number) {
        return number ? Json(*number) : Json(nullptr);
    };
    return {{"cadence_ms", numbers.cadence},
            {"tokens_per_step", orNull(numbers.tokens)},
            {"tokens_source", tokensSourceWord(numbers.tokensSource)},
            {"scheduled_tokens", orNull(numbers.scheduledTokens)},
            {"inferred_tokens", orNull(numbers.inferredTokens)},
            {"capture_error", orNull(numbers.captureError)},
            {"against", numbers.isAgainstProfiled ? "profiled round" : "clean round"},
            {"slowdown", orNull(numbers.slowdown)},
            {"itl_error", orNull(numbers.itlError)}};
}

} // namespace

Json gatesArray(const std::vector<GateResult>& gates)
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
        Json entry = {{"gate", static_cast<int>(gate.gate)},
                      {"title", gateTitle(gate.gate)},
                      {"state", gateStateWord(gate.state)},
                      {"evidence", std::move(rows)}};
        if (gate.isOverridden())
            entry["override_reason"] = gate.overrideReason;
        list.push_back(std::move(entry));
    }
    return list;
}

Json verdictObject(const Verdict& verdict)
{
    Json withheld = Json::array();
    for (const GateId gate : verdict.withheldBy)
        withheld.push_back(static_cast<int>(gate));
    Json overridden = Json::array();
    for (const GateId gate : verdict.overridden)
        overridden.push_back(static_cast<int>(gate));
    const VerdictShares& shares = verdict.shares;
    Json json = {{"class", verdictWord(verdict.verdict)},
                 {"shares_alone", verdictWord(verdict.wouldBe)},
                 {"withheld_by_gates", std::move(withheld)},
                 {"overridden_gates", std::move(overridden)},
                 {"is_strong", verdict.isStrong},
                 {"shares",
                  {{"host", shares.host},
                   {"comm", shares.comm},
                   {"kernel", shares.kernel},
                   {"device", shares.device},
                   {"other", shares.other}}},
                 {"deciding_share", verdict.decidingShare},
                 {"deciding_line", verdict.decidingLine},
                 {"margin_per_step_ns", verdict.marginPerStep.count()}};
    for (const auto& [name, value] : thresholdValues(verdict.thresholds))
        json["thresholds"][name] = value;
    if (verdict.robust)
        json["robust"] = robustJson(*verdict.robust);
    if (verdict.robustBetweenSteps)
        json["robust_between_steps"] = robustJson(*verdict.robustBetweenSteps);
    if (verdict.robust)
        json["slowdown"] = {{"value", verdict.slowdown}, {"is_assumed", verdict.isSlowdownAssumed}};
    if (verdict.family)
        json["kernel_family"] = {{"class", kernelClassWord(*verdict.family)},
                                 {"share_of_kernels", verdict.familyShare}};
    return json;
}

void addVerdict(Json& document, const Assessment& assessment, const TraceIndex& index)
{
    const Verdict& verdict = assessment.referenceVerdict();
    document["verdict"] = verdictWord(verdict.verdict);
    document["sentence"] = verdictSentence(assessment, index).english();
    document["margin"] = marginSentence(assessment).english();
    if (verdict.robust)
        document["robust"] = robustSentence(verdict).english();
    Json overrides = Json::array();
    for (const Sentence& sentence : overrideSentences(assessment))
        overrides.push_back(sentence.english());
    document["overrides"] = std::move(overrides);
    document["differing_devices"] = differingJson(assessment, index);
    document["context"] = contextJson(assessment.context);
    document["reconciliation"] = reconciliationObject(assessment.referenceReconciliation());
    if (const std::optional<double> tpot = assessment.input.driver.clean.tpot())
        document["tpot_ms"] = *tpot;
    if (const std::optional<double> tpot = assessment.input.driver.profiled.tpot())
        document["tpot_profiled_ms"] = *tpot;
    if (const std::optional<double> tokens = assessment.input.driver.tokens())
        document["tokens_per_step"] = *tokens;
}

std::string devicesDocument(const char* format, const Assessment& assessment, const TraceIndex& index,
                            Json (*own)(const Assessment& assessment, std::size_t device))
{
    Json devices = Json::array();
    for (std::size_t device = 0; device < index.devices().size(); ++device) {
        Json json = deviceNamesJson(index.trace(), DeviceId(device));
        json.update(own(assessment, device));
        devices.push_back(std::move(json));
    }
    Json json = documentHead(format, assessment, index);
    addVerdict(json, assessment, index);
    json["devices"] = std::move(devices);
    return documentText(json);
}

} // namespace stepscope
