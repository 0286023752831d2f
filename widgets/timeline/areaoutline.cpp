#include "widgets/timeline/areaoutline.h"

#include <QPainter>

#include <algorithm>

namespace stepscope {

namespace {

constexpr double narrowestArea = 3.0;
constexpr double beyondAxis = 4.0;
constexpr double labelPadding = 6.0;
constexpr double labelMargin = 3.0;

} // namespace

AreaOutline areaOutline(const TimeAxis& axis, const LaneLayout& layout, const LaneSight& sight,
                        const std::vector<Lane>& lanes, const AreaRef& area)
{
    AreaOutline outline;
    if (area.isNone() || area.range.end <= axis.range.begin || area.range.begin >= axis.range.end)
        return outline;
    const double left = std::max(axis.xOf(area.range.begin), axis.left - beyondAxis);
    const double right = std::min(axis.xOf(area.range.end), axis.right() + beyondAxis);
    const double width = std::max(narrowestArea, right - left);
    bool isNeighbour = false;
    for (std::size_t lane = 0; lane < std::min(lanes.size(), layout.size()); ++lane) {
        const LaneBox& box = layout.box(lane);
        const int bottom = box.bottom() - sight.shiftOf(lane);
        const int top = std::max(box.top - sight.shiftOf(lane), sight.edgeOver(lane));
        const bool isHeld = area.holds(lanes[lane]) && top < bottom;
        if (isHeld && isNeighbour)
            outline.parts.back().setBottom(bottom);
        else if (isHeld)
            outline.parts.emplace_back((left + right - width) / 2, top, width, bottom - top);
        isNeighbour = isHeld;
    }
    return outline;
}

QRectF areaLabel(const AreaOutline& outline, QSizeF text, const QRectF& seen)
{
    for (const QRectF& part : outline.parts) {
        const QRectF inSight = part.intersected(seen);
        if (inSight.isEmpty())
            continue;
        double left = inSight.center().x() - text.width() / 2;
        if (inSight.width() < text.width() + 2 * labelMargin) {
            left = inSight.right() + labelMargin;
            if (left + text.width() > seen.right())
                left = inSight.left() - labelMargin - text.width();
        }
        const double lowest = std::max(inSight.top(), inSight.bottom() - text.height() - labelMargin);
        return {QPointF(left, std::min(inSight.top() + labelMargin, lowest)), text};
    }
    return {};
}

void paintArea(QPainter& painter, const AreaOutline& outline, const QRectF& seen, const QString& length,
               const TracePalette& colours)
{
    painter.save();
    QColor around = colours[Colour::Canvas];
    around.setAlpha(170);
    for (const QRectF& part : outline.parts) {
        painter.fillRect(part, colours[Colour::AreaFill]);
        painter.setBrush(Qt::NoBrush);
        // A dark and a light line together stand out from any span.
        QPen pen(around, 3.0);
        pen.setJoinStyle(Qt::MiterJoin);
        painter.setPen(pen);
        const QRectF edge = part.adjusted(0.5, 0.5, -0.5, -0.5);
        painter.drawRect(edge);
        pen.setColor(colours[Colour::Area]);
        pen.setWidthF(1.0);
        painter.setPen(pen);
        painter.drawRect(edge);
    }
    const QFontMetricsF metrics(painter.font());
    const QRectF label = areaLabel(
        outline, QSizeF(metrics.horizontalAdvance(length) + 2 * labelPadding, metrics.height()), seen);
    if (!label.isEmpty()) {
        QColor plate = colours[Colour::Raised];
        plate.setAlpha(235);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(plate);
        painter.drawRoundedRect(label, 3, 3);
        painter.setPen(colours[Colour::Text]);
        painter.drawText(label, Qt::AlignCenter, length);
    }
    painter.restore();
}

} // namespace stepscope
