#pragma once

#include "core/analysis/traceindex.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace stepscope {

/// What the operations of one step add up to.
struct StepWork {
    TimeRange gpu; ///< from the first begin to the last end
    std::uint32_t graphNodes = 0;
    std::uint32_t launches = 0; ///< calls that launched no graph
    Duration graphLaunchHost = Duration::zero();
    Duration kernelSum = Duration::zero();

    /// O(operations in the step).
    static StepWork of(const Trace& trace, const ActivityTable& work, const Step& step);
};

/// "decode", "outlier", "prefill", "mixed", "lull", "edge".
std::string_view stepKindWord(const Step& step, const StepIndex& steps);

/// "sync" for Synchronize: an idle class as an owner of idle time; stable names for files.
std::string_view idleOwnerWord(TimeClass timeClass);
/// The owner of most of the step's largest gap; empty where the step has none. O(log n).
std::string_view largestGapOwner(const DeviceOccupancy& occupancy, const Step& step);

} // namespace stepscope
