#include "widgets/timeline/timeruler.h"

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

TimeUnit TimeRuler::unit() const
{
    return TimeUnit::forTrace(state().viewport().limits().duration());
}

RulerTicks TimeRuler::ticks() const
{
    const QFontMetrics metrics(smallFont());
    const TimeAxis time = axis();
    return rulerTicks(time.range, time.width, unit(),
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
    painter.restore();
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
    const QRectF plate = cursorPlate();
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
        // A label that the edge or the cursor's time would cut says less than none.
        if (place.left() < time.left || place.right() > right || place.intersects(plate))
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

QString TimeRuler::cursorText() const
{
    const auto cursor = state().cursor();
    if (!cursor)
        return {};
    // One digit more than a pixel can tell would be noise.
    Duration resolution(1);
    while (resolution * 10 <= axis().lengthOf(1.0))
        resolution *= 10;
    return exactTime(*cursor, resolution, unit());
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
