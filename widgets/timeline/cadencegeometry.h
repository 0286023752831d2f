#pragma once

#include "core/analysis/stepindex.h"
#include "core/analysis/windowanalysis.h"
#include "widgets/timeline/timeaxis.h"

#include <vector>

namespace stepscope {

/// The span of cadences that the height of the strip stands for.
struct CadenceScale {
    Duration low = Duration::zero();
    Duration high = Duration::zero();

    bool isEmpty() const { return high <= low; }
    /// 0 at `low`, 1 at `high`; outside that for what is beyond.
    double positionOf(Duration cadence) const;
    friend bool operator==(const CadenceScale&, const CadenceScale&) = default;
};

/// Where the decode cadences of a device usually lie, p5 to p95: the scale rests on it, so that panning
/// does not make the axis jump. O(steps), once per trace.
CadenceScale usualCadences(const StepIndex& steps);

/// The usual cadences and the window's p10–p90, never beyond 1.5 × or below 0.5 × its median (what is
/// longer is an outlier and has its own mark), with a little air.
CadenceScale cadenceScale(CadenceScale usual, const DurationSpread& window);

/// One decode step as a point at its begin.
struct CadencePoint {
    double x = 0.0;
    double y = 0.0;          ///< on the edge of the strip when the cadence is beyond the scale
    std::size_t step = 0;    ///< index into StepIndex::steps
    int beyond = 0;          ///< 1 above the scale, −1 below
    bool startsLine = false; ///< the step before is no decode step: no line leads here
};

/// All decode steps that begin in one pixel column.
struct CadenceColumn {
    int x = 0;
    double top = 0.0;
    double bottom = 0.0;
    bool hasOutlier = false; ///< one of them is above the scale
};

/// A step that has no cadence to compare: prefill, mixed, lull or cut off.
struct CadenceBlock {
    double left = 0.0;
    double right = 0.0;
    StepKind kind = StepKind::Edge;
    std::size_t step = 0;
};

/// The strip as shapes. Points while steps are at least two pixels apart, columns otherwise.
struct CadenceGeometry {
    std::vector<CadencePoint> points;
    std::vector<CadenceColumn> columns;
    std::vector<CadenceBlock> blocks;
    double pointSpacing = 0.0; ///< pixels between points on average
};

/// O(log n + steps in view).
CadenceGeometry cadenceGeometry(const StepIndex& steps, const TimeAxis& axis, CadenceScale scale, double top,
                                double bottom);

} // namespace stepscope
