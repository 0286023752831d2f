#pragma once

#include "widgets/theme/tracepalette.h"
#include "widgets/timeline/timeaxis.h"

#include <QRect>
#include <QRectF>

class QPainter;

namespace stepscope {

/// The band that lights a step from the top to the bottom of `area`: on whole device pixels, at least one
/// wide; empty where the step is out of view.
QRectF stepLight(const TimeAxis& axis, const QRect& area, TimeRange step, double devicePixelRatio);

void paintStepLight(QPainter& painter, const QRectF& light, const TracePalette& colours);

} // namespace stepscope
