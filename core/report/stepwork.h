#pragma once

#include "core/analysis/traceindex.h"

#include <cstdint>
#include <span>
#include <string_view>

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

/// What steps of one device add up to.
struct StepSum {
    std::size_t steps = 0;
    Duration cadence = Duration::zero();
    ClassTimes times;
    std::uint64_t operations = 0;
    std::uint64_t graphLaunches = 0;

    /// O(steps).
    static StepSum of(std::span<const Step> steps);
};

/// "decode", "outlier", "prefill", "mixed", "lull", "edge".
std::string_view stepKindWord(const Step& step, const StepIndex& steps);

/// "sync" for Synchronize: an idle class as an owner of idle time; stable names for files.
std::string_view idleOwnerWord(TimeClass timeClass);
/// The owner of most of the step's largest gap; empty where the step has none. O(log n).
std::string_view largestGapOwner(const DeviceOccupancy& occupancy, const Step& step);

} // namespace stepscope
