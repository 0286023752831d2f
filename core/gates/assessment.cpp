#include "core/gates/assessment.h"

#include "core/gates/gates.h"

namespace stepscope {

Assessment assessWindow(const TraceIndex& index, TimeRange window, DeviceId reference,
                        const DriverNumbers& driver)
{
    Assessment assessment;
    assessment.reference = reference;
    assessment.driver = driver;
    assessment.context = contextOf(index, driver);
    assessment.analysis = analyzeWindow(index, window);
    for (std::size_t device = 0; device < index.devices().size(); ++device) {
        const DeviceWindow& numbers = assessment.analysis.devices[device];
        const GateInput input{index,   DeviceId(device),  window,
                              numbers, assessment.driver, assessment.context};
        std::vector<GateResult> gates = {cuptiGate(input),          cleanDriverGate(input),
                                         graphCoverageGate(input),  tpotReconciliationGate(input),
                                         captureQualityGate(input), priorArtGate(input),
                                         windowLengthGate(input),   credentialsGate(input),
                                         contextGate(input)};
        assessment.verdicts.push_back(decideVerdict(numbers.budget, gates));
        assessment.gates.push_back(std::move(gates));
    }
    return assessment;
}

} // namespace stepscope
