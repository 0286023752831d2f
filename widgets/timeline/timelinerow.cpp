#include "widgets/timeline/timelinerow.h"

#include "widgets/timeline/markerflags.h"
#include "widgets/timeline/steplight.h"
#include "widgets/timeline/timelinerows.h"
#include "widgets/viewmodel/displaytext.h"

#include <QEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace stepscope {

TimelineRow::TimelineRow(TimelineState& state, QWidget* parent) : QWidget(parent), m_state(state)
{
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&state, &TimelineState::overlayChanged, this, qOverload<>(&QWidget::update));
    connect(&state, &TimelineState::labelWidthChanged, this, qOverload<>(&QWidget::update));
    connect(&state.viewport(), &TimelineViewport::viewChanged, this, [this] { update(viewDependent()); });
    connect(&state.document(), &TraceDocument::assessmentChanged, this, qOverload<>(&QWidget::update));
    connect(&state.document(), &TraceDocument::indexChanged, this, qOverload<>(&QWidget::update));
}

QRect TimelineRow::timeRect() const
{
    const int left = m_state.labelWidth();
    return {left, 0, std::max(1, width() - left - TimelineState::rightMargin), height()};
}

TimeAxis TimelineRow::axis() const
{
    const QRect area = timeRect();
    return {m_state.viewport().view(), area.left(), area.width()};
}

const TracePalette& TimelineRow::colours() const
{
    return TracePalette::matching(palette());
}

QRect TimelineRow::labelRect() const
{
    return {TimelineState::padding, 0, m_state.labelWidth() - TimelineState::padding - 10, height()};
}

QFont TimelineRow::smallFont() const
{
    return TimelineRows::smallFont(font());
}

QFont TimelineRow::boldFont() const
{
    return TimelineRows::boldFont(font());
}

void TimelineRow::paintWindow(QPainter& painter) const
{
    if (!m_state.document().isOpen())
        return;
    const QRect area = timeRect();
    const TimeAxis time = axis();
    const TimeRange window = m_state.document().window();
    const double begin = std::clamp(alignedToPixel(time.xOf(window.begin), devicePixelRatioF()),
                                    double(time.left), double(time.right()));
    const double end = std::clamp(alignedToPixel(time.xOf(window.end), devicePixelRatioF()),
                                  double(time.left), double(time.right()));
    const QColor shade = colours()[Colour::WindowShade];
    painter.fillRect(QRectF(time.left, area.top(), begin - time.left, area.height()), shade);
    painter.fillRect(QRectF(end, area.top(), time.right() - end, area.height()), shade);

    const auto edge = [&](TimePoint at, double x, WindowGrip grip) {
        if (at < time.range.begin || at > time.range.end)
            return;
        const double thickness = m_state.focusedEdge() == grip ? 3.0 : 1.0;
        const double left = std::clamp(x - (grip == WindowGrip::Begin ? thickness - 1.0 : 1.0),
                                       double(time.left), time.right() - thickness);
        painter.fillRect(QRectF(left, area.top(), thickness, area.height()), colours()[Colour::Window]);
    };
    edge(window.begin, begin, WindowGrip::Begin);
    edge(window.end, end, WindowGrip::End);
}

void TimelineRow::paintMarkers(QPainter& painter) const
{
    const QRect area = timeRect();
    QColor line = colours()[Colour::Text];
    line.setAlpha(130);
    for (const MarkerFlag& flag :
         markerFlags(m_state.document().markers().markers(), axis(), [](const QString&) { return 0.0; }))
        painter.fillRect(QRectF(alignedToPixel(flag.x, devicePixelRatioF()), area.top(), 1.0, area.height()),
                         line);
}

void TimelineRow::paintCursor(QPainter& painter) const
{
    paintMarkers(painter);
    const QRect area = timeRect();
    const TimeAxis time = axis();
    if (const auto step = m_state.selectedStep()) {
        painter.save();
        painter.setClipRect(area, Qt::IntersectClip);
        paintStepLight(painter, stepLight(time, area, *step, devicePixelRatioF()), colours());
        painter.restore();
    }
    if (const auto band = m_state.rubberBand()) {
        const double begin = std::max(time.xOf(band->begin), double(time.left));
        const double end = std::min(time.xOf(band->end), double(time.right()));
        painter.fillRect(QRectF(begin, area.top(), end - begin, area.height()), colours()[Colour::Selection]);
    }
    // Who works by the keyboard alone sees where it acts.
    const std::optional<TimePoint> pointer =
        m_state.showsFocus() ? std::optional(m_state.pointer()) : m_state.cursor();
    if (const auto cursor = pointer) {
        const double x = alignedToPixel(time.xOf(*cursor), devicePixelRatioF());
        QColor line = colours()[Colour::Cursor];
        line.setAlpha(150);
        if (x >= time.left && x < time.right())
            painter.fillRect(QRectF(x, area.top(), 1.0 / devicePixelRatioF(), area.height()), line);
    }
}

QRectF TimelineRow::litStepRect() const
{
    const auto step = m_state.hoveredStep();
    return step ? stepLight(axis(), timeRect(), m_state.steps()->steps[*step].range, devicePixelRatioF())
                : QRectF();
}

void TimelineRow::paintLitStep(QPainter& painter) const
{
    painter.save();
    painter.setClipRect(timeRect());
    paintStepLight(painter, litStepRect(), colours());
    painter.restore();
}

void TimelineRow::paintBottomLine(QPainter& painter) const
{
    painter.fillRect(QRect(0, height() - 1, width(), 1), colours()[Colour::Separator]);
}

void TimelineRow::drawElided(QPainter& painter, const QRect& rect, Qt::Alignment alignment,
                             const QString& text) const
{
    const QString fitting = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, static_cast<int>(alignment | Qt::TextSingleLine), fitting);
}

void TimelineRow::paintScaleText(QPainter& painter, const QString& text, double top) const
{
    painter.setFont(smallFont());
    const double width = painter.fontMetrics().horizontalAdvance(text) + 8.0;
    const QRectF plate(timeRect().right() + 1 - width, top, width, painter.fontMetrics().height());
    QColor ground = colours()[Colour::Canvas];
    ground.setAlpha(210);
    painter.fillRect(plate, ground);
    painter.setPen(colours()[Colour::FaintText]);
    painter.drawText(plate.adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                     text);
}

void TimelineRow::showToolTip(const QPoint& globalPosition, const QString& plain)
{
    if (plain.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(globalPosition, displaytext::toolTip(plain), this);
}

int TimelineRow::metric(PaintDeviceMetric metric) const
{
    // What devicePixelRatioF() goes by: all that is cached or aligned to pixels follows.
    if (const std::optional<double> ratio = m_state.pixelRatio()) {
        if (metric == PdmDevicePixelRatio)
            return static_cast<int>(std::ceil(*ratio));
        if (metric == PdmDevicePixelRatioScaled)
            return static_cast<int>(std::lround(*ratio * devicePixelRatioFScale()));
    }
    return QWidget::metric(metric);
}

void TimelineRow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange) {
        appearanceChanged();
        update();
    }
    QWidget::changeEvent(event);
}

} // namespace stepscope
