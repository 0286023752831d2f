#pragma once

#include "core/analysis/stepindex.h"
#include "core/analysis/windowanalysis.h"
#include "widgets/timeline/stepblocks.h"
#include "widgets/timeline/timeaxis.h"

#include <optional>
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

/// Where the decode cadences of a device usually lie, p5 to p95 of those that are no outliers: the scale
/// rests on it, so that panning does not make the axis jump. In a mixture both kinds are in it. O(steps),
/// once per trace.
CadenceScale usualCadences(const StepIndex& steps);

/// The usual cadences and the window's p10–p90, with a little air; never up to what is an outlier beside the
/// window's median or the longer kind of `mixture`, nor below half the median or the shorter kind.
CadenceScale cadenceScale(CadenceScale usual, const DurationSpread& window,
                          const std::optional<CadenceMixture>& mixture);

/// One decode step as a point at its begin.
struct CadencePoint {
    double x = 0.0;
    double y = 0.0;          ///< on the edge of the strip when the cadence is beyond the scale
    std::size_t step = 0;    ///< index into StepIndex::steps
    int beyond = 0;          ///< 1 above the scale, −1 below
    bool startsLine = false; ///< the step before is no decode step: no line leads here
    bool isOutlier = false;  ///< longer than 1.5 medians of its own kind
};

/// All decode steps that begin in one pixel column.
struct CadenceColumn {
    int x = 0;
    double top = 0.0;
    double bottom = 0.0;
    bool hasOutlier = false; ///< one of them is an outlier or above the scale
    std::size_t first = 0;   ///< the first and the last of them; between them may be steps of other kinds
    std::size_t last = 0;
};

/// The strip as shapes. Points while steps are at least two pixels apart, columns otherwise.
struct CadenceGeometry {
    std::vector<CadencePoint> points;
    std::vector<CadenceColumn> columns;
    std::vector<StepBlock> blocks;
    double pointSpacing = 0.0; ///< pixels between points on average
};

/// A decode step's point, wherever it lies.
CadencePoint cadencePoint(const StepIndex& steps, std::size_t step, const TimeAxis& axis, CadenceScale scale,
                          double top, double bottom);

/// O(log n + steps in view).
CadenceGeometry cadenceGeometry(const StepIndex& steps, const TimeAxis& axis, CadenceScale scale, double top,
                                double bottom);

/// The decode step whose dot is meant at (x, y): the nearest one within eight pixels; where steps are
/// columns, the one of the column there that is nearest in height. As it is drawn, with what `geometry` was
/// made of.
std::optional<CadencePoint> cadencePointAt(const CadenceGeometry& geometry, const StepIndex& steps,
                                           const TimeAxis& axis, CadenceScale scale, double top,
                                           double bottom, double x, double y);

} // namespace stepscope
