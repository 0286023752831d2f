#include "widgets/timeline/timeruler.h"

#include <QHelpEvent>
#include <QPainter>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int barHeight = 5;
constexpr int labelGap = 5;
constexpr double gripWidth = 3.0;
constexpr double gripHeight = 8.0; // ends below the labels

} // namespace

TimeRuler::TimeRuler(TimelineState& state, QWidget* parent) : TimelineRow(state, parent)
{
    setAccessibleName(tr("Time ruler"));
}

RulerTicks TimeRuler::ticks() const
{
    const QFontMetrics metrics(smallFont());
    const TimeAxis time = axis();
    return rulerTicks(time.range, time.width, reading(),
                      [&](const QString& label) { return metrics.horizontalAdvance(label); });
}

QRectF TimeRuler::windowBar() const
{
    if (!state().document().isOpen())
        return {};
    const TimeAxis time = axis();
    const TimeRange window = state().document().window();
    const double begin = std::max(time.xOf(window.begin), double(time.left));
    const double end = std::min(time.xOf(window.end), double(time.right()));
    if (end < begin)
        return {};
    return {begin, double(height() - barHeight), std::max(end - begin, 1.0), double(barHeight)};
}

void TimeRuler::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colours()[Colour::Raised]);
    if (!state().document().isOpen())
        return;
    painter.save();
    painter.setClipRect(timeRect());
    paintTicks(painter);
    paintWindowBar(painter);
    paintFlags(painter);
    painter.restore();
    paintOrigin(painter);
    paintCursor(painter);
    paintCursorTime(painter);
}

void TimeRuler::paintTicks(QPainter& painter) const
{
    painter.setFont(smallFont());
    painter.setPen(colours()[Colour::DimText]);
    const TimeAxis time = axis();
    const QColor line = colours()[Colour::FaintText];
    const int right = time.right() - 2;
    std::vector<QRectF> plates{cursorPlate()};
    for (const MarkerFlag& flag : flags())
        plates.push_back(flagRect(flag));
    const auto isCovered = [&plates](const QRectF& place) {
        return std::any_of(plates.begin(), plates.end(),
                           [&place](const QRectF& plate) { return place.intersects(plate); });
    };
    for (const RulerTick& tick : ticks().ticks) {
        const double x = alignedToPixel(time.xOf(tick.time), devicePixelRatioF());
        const double length = tick.label.isEmpty() ? 3.0 : 7.0;
        QColor colour = line;
        colour.setAlpha(tick.label.isEmpty() ? 90 : 160);
        painter.fillRect(QRectF(x, height() - length, 1.0, length), colour);
        if (tick.label.isEmpty())
            continue;
        const int width = painter.fontMetrics().horizontalAdvance(tick.label) + 1;
        const QRectF place(x + labelGap, 0, width, height() - 3);
        // A label that the edge, a note or the cursor's time would cut says less than none.
        if (place.left() < time.left || place.right() > right || isCovered(place))
            continue;
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, tick.label);
    }
}

void TimeRuler::paintWindowBar(QPainter& painter) const
{
    const QRectF bar = windowBar();
    if (bar.isEmpty())
        return;
    const TimeAxis time = axis();
    const TimeRange window = state().document().window();
    QColor fill = colours()[Colour::Window];
    const QColor grip = fill;
    fill.setAlpha(90);
    painter.fillRect(bar.adjusted(0, 2, 0, 0), fill);
    if (time.range.begin <= window.begin)
        painter.fillRect(QRectF(bar.left(), height() - gripHeight, gripWidth, gripHeight), grip);
    if (window.end <= time.range.end)
        painter.fillRect(QRectF(bar.right() - gripWidth, height() - gripHeight, gripWidth, gripHeight), grip);
}

std::vector<MarkerFlag> TimeRuler::flags() const
{
    const QFontMetricsF metrics(smallFont());
    return markerFlags(state().document().markers().markers(), axis(),
                       [&](const QString& note) { return metrics.horizontalAdvance(note); });
}

QRectF TimeRuler::flagRect(const MarkerFlag& flag) const
{
    return {alignedToPixel(flag.x, devicePixelRatioF()), 2.0, markerFlagWidth + flag.noteWidth,
            height() - 2.0 - gripHeight};
}

std::optional<Marker> TimeRuler::markerAt(QPointF at) const
{
    for (const MarkerFlag& flag : flags()) {
        if (flagRect(flag).adjusted(-3.0, -2.0, 0.0, 0.0).contains(at))
            return flag.marker;
    }
    return std::nullopt;
}

void TimeRuler::paintFlags(QPainter& painter) const
{
    painter.setFont(smallFont());
    for (const MarkerFlag& flag : flags()) {
        const QRectF place = flagRect(flag);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours()[Colour::Text]);
        const double middle = place.center().y();
        painter.drawPolygon(QPolygonF({place.topLeft(), QPointF(place.left() + markerFlagWidth, middle),
                                       QPointF(place.left(), place.bottom())}));
        painter.setRenderHint(QPainter::Antialiasing, false);
        if (flag.noteWidth <= 0.0)
            continue;
        const QRectF note = place.adjusted(markerFlagWidth, 0.0, 0.0, 0.0);
        painter.setPen(colours()[Colour::Text]);
        painter.drawText(note.adjusted(4.0, 0.0, 0.0, 0.0),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(flag.marker.note, Qt::ElideRight,
                                                          static_cast<int>(note.width() - 4.0)));
    }
}

void TimeRuler::paintOrigin(QPainter& painter) const
{
    const TimeOrigin origin = reading().origin;
    if (origin == TimeOrigin::Trace)
        return;
    painter.setFont(smallFont());
    painter.setPen(colours()[Colour::DimText]);
    drawElided(painter, labelRect(), Qt::AlignLeft | Qt::AlignVCenter,
               origin == TimeOrigin::Utc ? tr("UTC") : tr("from window start"));
}

bool TimeRuler::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return TimelineRow::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const std::optional<Marker> marker = markerAt(help->pos());
    showToolTip(help->globalPos(), !marker                  ? QString()
                                   : marker->note.isEmpty() ? reading().wholeText(marker->time)
                                                            : marker->note + QLatin1Char('\n') +
                                                                  reading().wholeText(marker->time));
    return true;
}

Duration TimeRuler::cursorResolution() const
{
    Duration resolution(1);
    while (resolution * 10 <= axis().lengthOf(1.0))
        resolution *= 10;
    return resolution;
}

QString TimeRuler::cursorText() const
{
    const auto cursor = state().cursor();
    if (!cursor)
        return {};
    return reading().text(*cursor, cursorResolution());
}

QRectF TimeRuler::cursorPlate() const
{
    const auto cursor = state().cursor();
    if (!cursor)
        return {};
    const TimeAxis time = axis();
    const double width = QFontMetrics(smallFont()).horizontalAdvance(cursorText()) + 2.0 * labelGap;
    const double x = std::clamp(time.xOf(*cursor) - width / 2.0, double(time.left),
                                std::max(double(time.left), time.right() - width));
    return {alignedToPixel(x, devicePixelRatioF()), 2.0, width, height() - 7.0};
}

void TimeRuler::paintCursorTime(QPainter& painter) const
{
    const QRectF plate = cursorPlate();
    if (plate.isEmpty())
        return;
    painter.setFont(smallFont());
    painter.fillRect(plate, colours()[Colour::Panel]);
    painter.setPen(colours()[Colour::Text]);
    painter.drawText(plate, Qt::AlignCenter | Qt::TextSingleLine, cursorText());
}

} // namespace stepscope
