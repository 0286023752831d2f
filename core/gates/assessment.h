#pragma once

#include "core/analysis/windowanalysis.h"
#include "core/gates/assessmentinput.h"
#include "core/gates/gate.h"
#include "core/gates/gateinput.h"
#include "core/gates/measurementcontext.h"
#include "core/gates/verdict.h"

#include <memory>
#include <optional>
#include <vector>

namespace stepscope {

/// All that is shown for one window: numbers, gates and verdict of every device, and which device the
/// banner speaks for. One snapshot; views never compute.
struct Assessment {
    std::uint64_t snapshot = 0; ///< which one: every view that shows it reports this number
    DeviceId reference;
    AssessmentInput input;
    MeasurementContext context;
    WindowAnalysis analysis;
    std::vector<Reconciliation> reconciliations; ///< by DeviceId, as the others
    std::vector<std::vector<GateResult>> gates;
    std::vector<Verdict> verdicts;

    const DeviceWindow& referenceWindow() const { return analysis.devices[reference.value()]; }
    const Reconciliation& referenceReconciliation() const { return reconciliations[reference.value()]; }
    const Verdict& referenceVerdict() const { return verdicts[reference.value()]; }
    const std::vector<GateResult>& referenceGates() const { return gates[reference.value()]; }
};

/// Pure. The cost of analyzeWindow plus that of the gates: O(log n + steps and calls near the edges).
Assessment assessWindow(const TraceIndex& index, TimeRange window, DeviceId reference,
                        const AssessmentInput& input);
/// The same for another window, where contextOf() of this index and this input is known already.
Assessment assessWindow(const TraceIndex& index, TimeRange window, DeviceId reference,
                        const AssessmentInput& input, MeasurementContext context);

} // namespace stepscope
