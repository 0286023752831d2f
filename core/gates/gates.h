#pragma once

#include "core/gates/gateinput.h"

namespace stepscope {

/// The gates of definitions.md §11 that a trace and the driver's numbers can decide. Each is pure and costs
/// O(log n + steps in the window).
GateResult cuptiGate(const GateInput& input);
GateResult cleanDriverGate(const GateInput& input);
GateResult graphCoverageGate(const GateInput& input);
GateResult tpotReconciliationGate(const GateInput& input);
GateResult captureQualityGate(const GateInput& input);
GateResult windowLengthGate(const GateInput& input);

} // namespace stepscope
