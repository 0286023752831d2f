#include "widgets/timeline/steplight.h"

#include <QPainter>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int fillAlpha = 40;
constexpr int edgeAlpha = 190;

} // namespace

QRectF stepLight(const TimeAxis& axis, const QRect& area, TimeRange step, double devicePixelRatio)
{
    if (step.end <= axis.range.begin || step.begin >= axis.range.end)
        return {};
    // An edge out of view lies beyond the clip, so that it does not look like an edge.
    const double beyond = 4.0;
    const double left = std::max(alignedToPixel(axis.xOf(step.begin), devicePixelRatio), axis.left - beyond);
    const double right =
        std::min(alignedToPixel(axis.xOf(step.end), devicePixelRatio), axis.right() + beyond);
    return {left, double(area.top()), std::max(right - left, 1.0 / devicePixelRatio), double(area.height())};
}

void paintStepLight(QPainter& painter, const QRectF& light, const TracePalette& colours)
{
    if (light.isEmpty())
        return;
    QColor colour = colours[Colour::Cadence];
    colour.setAlpha(fillAlpha);
    painter.fillRect(light, colour);
    colour.setAlpha(edgeAlpha);
    const double edge = std::min(1.0, light.width());
    painter.fillRect(QRectF(light.left(), light.top(), edge, light.height()), colour);
    if (light.width() > 2 * edge)
        painter.fillRect(QRectF(light.right() - edge, light.top(), edge, light.height()), colour);
}

} // namespace stepscope
