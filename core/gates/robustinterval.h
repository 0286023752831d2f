#pragma once

#include "core/gates/sharedecision.h"

#include <cstdint>

namespace stepscope {

/// What the host's idle time can be without the profiler (definitions.md §8). Times in ns a step.
struct RobustInterval {
    double hostLow = 0.0;
    double hostHigh = 0.0;
    double shareLow = 0.0; ///< of a step without the profiler
    double shareHigh = 0.0;
    VerdictClass atLow = VerdictClass::Balanced; ///< what the shares say at each end
    VerdictClass atHigh = VerdictClass::Balanced;

    bool isRobust() const { return pointsTheSameWay(atLow, atHigh); }
};

/// A step as the trace shows it.
struct TracedStep {
    VerdictShares shares;
    double cadence = 0.0; ///< ns
    /// ns: what the profiler may have lengthened, all host idle or that between steps alone.
    double host = 0.0;
};

/// `trueStep` is what a step takes without the profiler, in ns; a trace is not faster than that. One
/// assumption: that profiling shortens neither busy nor idle time of a step. Pure.
RobustInterval robustInterval(const TracedStep& step, double trueStep, const VerdictThresholds& thresholds);

/// For a trace without TPOT: from what it shows to what it would be if the profiler made it `slowdown` times
/// slower, all of it host time, as kernels were not seen to grow. Pure.
RobustInterval assumedInterval(const TracedStep& step, double slowdown, const VerdictThresholds& thresholds);

} // namespace stepscope
