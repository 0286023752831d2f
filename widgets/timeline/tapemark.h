#pragma once

#include "widgets/theme/tracepalette.h"
#include "widgets/timeline/timeaxis.h"
#include "widgets/timeline/timelinestate.h"

#include <QRectF>

class QPainter;

namespace stepscope {

/// What the measuring tape says: its length, and how many steps of the usual cadence that is, where there is
/// one.
QString tapeText(const TimelineState& state);
/// The part of the axis between the ends of the tape, clipped to it; empty without a tape or out of view.
QRectF tapeBand(const TimelineState& state, const TimeAxis& axis, double top, double height);
/// A line with arrow heads across the band at `y`, and the text on a plate at its middle or, where it is too
/// narrow, beside it.
void paintTape(QPainter& painter, const QRectF& band, double y, const QString& text, const QRectF& area,
               const TracePalette& colours);

} // namespace stepscope
