#include "core/gates/assessment.h"

#include "core/gates/gates.h"

#include <utility>

namespace stepscope {

namespace {

std::vector<GateResult> checklist(const GateInput& input, const AssessmentInput& stated)
{
    std::vector<GateResult> gates = {cuptiGate(input),          cleanDriverGate(input),
                                     graphCoverageGate(input),  tpotReconciliationGate(input),
                                     captureQualityGate(input), priorArtGate(input),
                                     windowLengthGate(input),   credentialsGate(input),
                                     contextGate(input)};
    for (GateResult& gate : gates) {
        if (const auto reason = stated.overrides.find(gate.gate); reason != stated.overrides.end())
            gate.overrideReason = reason->second;
    }
    return gates;
}

} // namespace

Assessment assessWindow(const TraceIndex& index, TimeRange window, DeviceId reference,
                        const AssessmentInput& input)
{
    return assessWindow(index, window, reference, input, contextOf(index, input));
}

Assessment assessWindow(const TraceIndex& index, TimeRange window, DeviceId reference,
                        const AssessmentInput& input, MeasurementContext context)
{
    Assessment assessment;
    assessment.reference = reference;
    assessment.input = input;
    assessment.context = std::move(context);
    assessment.analysis = analyzeWindow(index, window);
    const CaptureInfo& capture = index.trace().capture();
    for (std::size_t device = 0; device < index.devices().size(); ++device) {
        const DeviceWindow& numbers = assessment.analysis.devices[device];
        assessment.reconciliations.push_back(reconcile(index, DeviceId(device), numbers, input.driver));
        const Reconciliation& reconciliation = assessment.reconciliations.back();
        assessment.gates.push_back(checklist(
            {index, DeviceId(device), window, numbers, input.driver, reconciliation, assessment.context},
            input));
        const VerdictEvidence evidence{reconciliation.slowdown, capture.format == TraceFormat::KinetoJson,
                                       capture.withStack};
        assessment.verdicts.push_back(
            decideVerdict(numbers.budget, assessment.gates.back(), evidence, input.thresholds));
    }
    return assessment;
}

} // namespace stepscope
