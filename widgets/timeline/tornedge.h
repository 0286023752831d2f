#pragma once

#include "widgets/theme/tracepalette.h"
#include "widgets/timeline/timeaxis.h"

#include <QPolygonF>
#include <QRectF>

#include <optional>

class QPainter;

namespace stepscope {

/// Where the records of a lane break off because its file does, as it is drawn.
struct TornEdge {
    static constexpr double tooth = 5.0; ///< how far the zigzag goes to the right, in pixels

    QPolygonF edge; ///< the zigzag from top to bottom; empty where it is out of view
    QRectF beyond;  ///< from the edge to where the trace ends; empty when nothing of it is in view
    bool isDrawn() const { return !edge.isEmpty() || !beyond.isEmpty(); }
    /// Whether a position is on the edge or beyond it.
    bool contains(QPointF at) const;
};

/// `bar` is what is drawn of the lane, `end` the end of its last whole operation. The teeth lie behind that
/// end, never on what was recorded, but for an edge at the end of the axis, which has no room behind it.
TornEdge tornEdge(const TimeAxis& axis, const QRectF& bar, TimePoint end, TimePoint traceEnd);

/// The hatching beyond the edge, which lies under the window.
void paintTornGround(QPainter& painter, const TornEdge& torn, const TracePalette& colours);
/// The zigzag, which is never dimmed, and `text` behind it where there is room.
void paintTornLine(QPainter& painter, const TornEdge& torn, const QString& text, const TracePalette& colours);

} // namespace stepscope
