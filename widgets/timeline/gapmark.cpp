#include "widgets/timeline/gapmark.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace stepscope {

namespace {

constexpr double narrowestGap = 3.0;
constexpr double headLength = 7.0;
constexpr double headWidth = 3.5; // to each side
constexpr double textPadding = 6.0;

QPainterPath arrowHead(const QLineF& arrow)
{
    QLineF along(arrow.p2(), arrow.p1());
    along.setLength(std::min(headLength, arrow.length()));
    const QLineF across = along.normalVector().unitVector();
    const QPointF side(across.dx() * headWidth, across.dy() * headWidth);
    QPainterPath head(arrow.p2());
    head.lineTo(along.p2() + side);
    head.lineTo(along.p2() - side);
    head.closeSubpath();
    return head;
}

} // namespace

QRectF gapOutline(const TimeAxis& axis, const QRect& bar, TimeRange gap)
{
    if (bar.isEmpty() || gap.end <= axis.range.begin || gap.begin >= axis.range.end)
        return {};
    // Edges out of view lie beyond the clip, so that they do not look like edges.
    const double left = std::max(axis.xOf(gap.begin), axis.left - 4.0);
    const double right = std::min(axis.xOf(gap.end), axis.right() + 4.0);
    const double width = std::max(narrowestGap, right - left);
    return {(left + right - width) / 2, double(bar.top()), width, double(bar.height())};
}

std::optional<QLineF> launchArrow(const QRectF& launch, const QRectF& next, const QRectF& area)
{
    if (launch.isEmpty() || next.isEmpty())
        return std::nullopt;
    const double from = std::clamp(next.left(), launch.left(), launch.right());
    const QLineF arrow(from, launch.top(), next.left(), next.bottom());
    if (!area.contains(arrow.p1()) || !area.contains(arrow.p2()) || arrow.y1() <= arrow.y2() + headLength)
        return std::nullopt;
    return arrow;
}

void paintGapMark(QPainter& painter, const QRectF& outline, const std::optional<QLineF>& arrow,
                  const QString& length, const TracePalette& colours)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    // Dark and light together stand out from anything below.
    for (const auto& [colour, thickness] : {std::pair(Colour::Canvas, 3.5), std::pair(Colour::Text, 1.5)}) {
        QPen pen(colours[colour], thickness);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        if (!outline.isEmpty())
            painter.drawRect(outline.adjusted(0.5, -1.0, -0.5, 1.0));
        if (!arrow)
            continue;
        painter.drawLine(*arrow);
        pen.setWidthF(colour == Colour::Canvas ? 2.0 : 1.0);
        pen.setJoinStyle(Qt::MiterJoin);
        painter.setPen(pen);
        painter.setBrush(colours[colour]);
        painter.drawPath(arrowHead(*arrow));
    }
    if (outline.width() >= painter.fontMetrics().horizontalAdvance(length) + 2 * textPadding) {
        painter.setPen(colours[Colour::Text]);
        painter.drawText(outline, Qt::AlignCenter, length);
    }
    painter.restore();
}

} // namespace stepscope
