#pragma once

#include "core/analysis/stepindex.h"
#include "widgets/timeline/timeaxis.h"

#include <QColor>
#include <QRect>

#include <span>

class QPainter;

namespace stepscope {

/// The boundaries that are drawn: those in the axis' range when at least four pixels lie between them on
/// average, else none. O(log n).
std::span<const TimePoint> visibleBoundaries(const StepIndex& steps, const TimeAxis& axis);

/// Dotted lines from the top to the bottom of `area`; fainter the closer they stand.
void paintBoundaries(QPainter& painter, const QRect& area, const TimeAxis& axis, const StepIndex& steps,
                     QColor colour);

} // namespace stepscope
