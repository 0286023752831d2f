#pragma once

#include "core/gates/gateinput.h"

namespace stepscope {

/// The gates of definitions.md §11, in order. Each is pure and costs O(log n + steps in the window). What
/// neither the trace nor the driver's numbers can decide is `unknown`, with what would settle it.
GateResult cuptiGate(const GateInput& input);
GateResult cleanDriverGate(const GateInput& input);
GateResult graphCoverageGate(const GateInput& input);
GateResult tpotReconciliationGate(const GateInput& input);
GateResult captureQualityGate(const GateInput& input);
GateResult priorArtGate(const GateInput& input);
GateResult windowLengthGate(const GateInput& input);
GateResult credentialsGate(const GateInput& input);
GateResult contextGate(const GateInput& input);

} // namespace stepscope
