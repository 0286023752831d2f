#pragma once

#include "widgets/theme/tracepalette.h"
#include "widgets/timeline/timeaxis.h"
#include "widgets/viewmodel/spanref.h"

#include <QLineF>
#include <QRect>
#include <QRectF>

#include <optional>

class QPainter;

namespace stepscope {

/// An idle gap of the reference device that the lanes point out, with the call that ended it.
struct MarkedGap {
    TimeRange gap;
    SpanRef launch; ///< None when the file does not hold it
    SpanRef next;   ///< what it launched
};

/// The outline of a gap on its device's bar; empty where the gap is out of view.
QRectF gapOutline(const TimeAxis& axis, const QRect& bar, TimeRange gap);
/// From the launch call, as it is drawn below, to the begin of what it launched; nothing where one of them
/// is not inside `area`, or where they are not one above the other.
std::optional<QLineF> launchArrow(const QRectF& launch, const QRectF& next, const QRectF& area);

/// Outline, the gap's length inside it where there is room, and the arrow.
void paintGapMark(QPainter& painter, const QRectF& outline, const std::optional<QLineF>& arrow,
                  const QString& length, const TracePalette& colours);

} // namespace stepscope
