#pragma once

#include "core/analysis/windowanalysis.h"
#include "core/trace/trace.h"

#include <vector>

namespace stepscope {

/// Type 7 percentile from its definition.
Duration percentileOf(std::vector<Duration> values, double share);

/// What the panels have to show for one window.
struct WindowTruth {
    Duration busy = Duration::zero();
    Duration compute = Duration::zero();
    Duration exposedComm = Duration::zero();
    GapHistogram gaps;
    std::vector<Duration> cadences; ///< of the clean steps wholly inside
    Duration cadenceTotal = Duration::zero();
    Duration busyInSteps = Duration::zero();
};

/// The same numbers as core, by loops over all operations: no prefix sums, no blocks, no shared code.
class BruteForce {
public:
    BruteForce(const Trace& trace, DeviceId device);

    WindowTruth of(TimeRange window, const std::vector<Step>& steps) const;

private:
    struct Piece {
        TimeRange range;
        int weight = 0; ///< 1 graph span, 2 memory, 3 communication, 4 compute
    };
    std::vector<Piece> m_pieces; ///< busy time cut where its class changes, in order
};

} // namespace stepscope
