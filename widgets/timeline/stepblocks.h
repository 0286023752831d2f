#pragma once

#include "core/analysis/stepindex.h"
#include "widgets/theme/tracepalette.h"
#include "widgets/timeline/timeaxis.h"

#include <QRect>

#include <vector>

class QPainter;

namespace stepscope {

/// A step that has no cadence to compare: prefill, mixed, lull or cut off.
struct StepBlock {
    double left = 0.0;
    double right = 0.0;
    StepKind kind = StepKind::Edge;
    std::size_t step = 0; ///< index into StepIndex::steps
};

/// Those in the axis' range, by kind and then by time. Of one kind no two begin in one pixel column: what is
/// narrower follows the first. O(width · log n).
std::vector<StepBlock> stepBlocks(const StepIndex& steps, const TimeAxis& axis);

/// The part of a block that lies in `area`, at least a pixel wide, hatched.
QRectF hatch(QPainter& painter, const StepBlock& block, const QRect& area, const TracePalette& colours);

} // namespace stepscope
