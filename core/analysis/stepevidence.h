#pragma once

#include "core/analysis/stepbuilder.h"
#include "core/analysis/stepindex.h"
#include "core/analysis/stepmarker.h"

#include <vector>

namespace stepscope {

/// What steps are found from, as far as the device's busy time does not matter: made while that is computed.
struct StepEvidence {
    OperationSequence sequence;
    StepBoundaries framed; ///< by what the host says: annotations, else Python frames
};

/// O(n log n).
StepEvidence findStepEvidence(const Trace& trace, DeviceId device, const StepOptions& options);

/// The second half of findSteps().
StepIndex findSteps(const Trace& trace, DeviceId device, const DeviceOccupancy& occupancy,
                    const std::vector<KernelClass>& classes, StepEvidence evidence);

} // namespace stepscope
