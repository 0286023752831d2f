#include "widgets/timeline/tornedge.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr double toothHeight = 4.0;
constexpr double textAir = 8.0;
constexpr float hatchOpacity = 0.35F;

} // namespace

bool TornEdge::contains(QPointF at) const
{
    return beyond.contains(at) || (!edge.isEmpty() && edge.boundingRect().contains(at));
}

TornEdge tornEdge(const TimeAxis& axis, const QRectF& bar, TimePoint end, TimePoint traceEnd)
{
    TornEdge torn;
    const double left = axis.left;
    const double right = axis.right();
    if (end > axis.range.end || bar.isEmpty())
        return torn;
    const bool isInView = end >= axis.range.begin;
    const double from = isInView ? std::min(axis.xOf(end), right - TornEdge::tooth) : left;
    const double to = std::min(traceEnd < axis.range.end ? axis.xOf(traceEnd) : right, right);
    if (to > from)
        torn.beyond = QRectF(from, bar.top(), to - from, bar.height());
    if (!isInView)
        return torn;
    const int teeth = std::max(2, static_cast<int>(std::round(bar.height() / toothHeight)));
    for (int i = 0; i <= teeth; ++i)
        torn.edge << QPointF(from + (i % 2 == 0 ? 0.0 : TornEdge::tooth),
                             bar.top() + bar.height() * i / teeth);
    return torn;
}

void paintTornGround(QPainter& painter, const TornEdge& torn, const TracePalette& colours)
{
    if (torn.beyond.isEmpty())
        return;
    QPainterPath shape;
    if (torn.edge.isEmpty()) {
        shape.addRect(torn.beyond);
    } else {
        QPolygonF outline = torn.edge;
        outline << torn.beyond.bottomRight() << torn.beyond.topRight();
        shape.addPolygon(outline);
        shape.closeSubpath();
    }
    QColor hatch = colours[Colour::FaintText];
    hatch.setAlphaF(hatchOpacity);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(shape, colours[Colour::Canvas]);
    painter.fillPath(shape, QBrush(hatch, Qt::BDiagPattern));
    painter.restore();
}

void paintTornLine(QPainter& painter, const TornEdge& torn, const QString& text, const TracePalette& colours)
{
    painter.save();
    const QFontMetricsF metrics(painter.font());
    const QSizeF room(metrics.horizontalAdvance(text) + 2.0 * textAir, metrics.height());
    const double air = TornEdge::tooth + textAir;
    if (!text.isEmpty() && torn.beyond.width() >= room.width() + 2.0 * air &&
        torn.beyond.height() >= room.height()) {
        const QRectF plate(QPointF(torn.beyond.left() + air, torn.beyond.center().y() - room.height() / 2.0),
                           room);
        painter.fillRect(plate, colours[Colour::Canvas]);
        painter.setPen(colours[Colour::DimText]);
        painter.drawText(plate, Qt::AlignCenter | Qt::TextSingleLine, text);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colours[Colour::Warn], 1.5));
    painter.drawPolyline(torn.edge);
    painter.restore();
}

} // namespace stepscope
