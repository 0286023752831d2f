#include "core/gates/robustinterval.h"

#include <algorithm>

namespace stepscope {

namespace {

/// What the shares say of a step of `length` in which `host` is what is left of the host's time: the rest
/// keeps its proportions. Host idle inside the steps is part of the rest where step.host is that between
/// them.
VerdictClass classAt(const TracedStep& step, double length, double host, const VerdictThresholds& thresholds)
{
    const double rest = step.cadence - step.host;
    const double scale = rest > 0.0 ? (length - host) / rest * step.cadence / length : 0.0;
    VerdictShares scaled;
    scaled.host = host / length + (step.shares.host - step.host / step.cadence) * scale;
    scaled.comm = step.shares.comm * scale;
    scaled.kernel = step.shares.kernel * scale;
    scaled.device = step.shares.device * scale;
    scaled.other = step.shares.other * scale;
    return decideShares(scaled, thresholds).verdict;
}

} // namespace

RobustInterval robustInterval(const TracedStep& step, double trueStep, const VerdictThresholds& thresholds)
{
    RobustInterval interval;
    const double length = std::min(trueStep, step.cadence);
    if (length <= 0.0)
        return interval;
    interval.hostLow = std::max(0.0, length - (step.cadence - step.host));
    interval.hostHigh = std::min(step.host, length);
    interval.shareLow = interval.hostLow / length;
    interval.shareHigh = interval.hostHigh / length;
    interval.atLow = classAt(step, length, interval.hostLow, thresholds);
    interval.atHigh = classAt(step, length, interval.hostHigh, thresholds);
    return interval;
}

RobustInterval assumedInterval(const TracedStep& step, double slowdown, const VerdictThresholds& thresholds)
{
    RobustInterval interval = robustInterval(step, step.cadence / slowdown, thresholds);
    const RobustInterval asShown = robustInterval(step, step.cadence, thresholds);
    interval.hostHigh = asShown.hostHigh;
    interval.shareHigh = asShown.shareHigh;
    interval.atHigh = asShown.atHigh;
    return interval;
}

} // namespace stepscope
