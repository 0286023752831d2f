#pragma once

#include "widgets/theme/tracepalette.h"
#include "widgets/timeline/lanelayout.h"
#include "widgets/timeline/lanesight.h"
#include "widgets/timeline/timeaxis.h"
#include "widgets/viewmodel/arearef.h"

#include <QRectF>
#include <QString>

#include <vector>

class QPainter;

namespace stepscope {

/// Where an area lies on the lanes: a rectangle for each run of its lanes that are neighbours in the list,
/// from top to bottom. Edges out of view lie beyond the axis, so that they do not look like edges. Nothing
/// when it is out of view, or none of its lanes is listed.
struct AreaOutline {
    std::vector<QRectF> parts;
};

/// What of it is seen. O(lanes).
AreaOutline areaOutline(const TimeAxis& axis, const LaneLayout& layout, const LaneSight& sight,
                        const std::vector<Lane>& lanes, const AreaRef& area);

/// Where its length is written: inside the part of it that is seen, at the top; beside it where it is too
/// narrow. `text` is the size with paddings, `seen` what of the widget shows lanes. Empty when no part is
/// seen.
QRectF areaLabel(const AreaOutline& outline, QSizeF text, const QRectF& seen);

/// In the painter's font.
void paintArea(QPainter& painter, const AreaOutline& outline, const QRectF& seen, const QString& length,
               const TracePalette& colours);

} // namespace stepscope
