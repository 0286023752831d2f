#include "widgets/timeline/previewview.h"

#include "widgets/theme/tracepalette.h"
#include "widgets/timeline/lanelabels.h"
#include "widgets/timeline/lanelayout.h"
#include "widgets/timeline/lanepainter.h"
#include "widgets/timeline/overviewbars.h"
#include "widgets/timeline/previewcolumns.h"
#include "widgets/timeline/rulerticks.h"
#include "widgets/timeline/timelinerows.h"
#include "widgets/timeline/timelinestate.h"

#include <QPainter>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int fewDevices = 2;
constexpr int tallHead = 44; // of few devices, with lanes below as they open
constexpr int headMargin = 6;
constexpr int labelGap = 5;
constexpr double classUnknown = 0.65; // paler than what is known

} // namespace

PreviewView::PreviewView(QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("What is read of the trace so far"));
}

void PreviewView::setPreview(std::shared_ptr<const TracePreview> preview)
{
    m_preview = std::move(preview);
    update();
}

int PreviewView::labelWidth() const
{
    QStringList names;
    if (m_preview) {
        for (const TracePreview::Lane& lane : m_preview->lanes)
            names += QString::fromStdString(lane.label);
    }
    return TimelineRows::labelWidth(font(), names);
}

QRect PreviewView::timeRect(int top, int height) const
{
    const int left = labelWidth();
    return {left, top, std::max(1, width() - left - TimelineState::rightMargin), height};
}

QRect PreviewView::overviewRect() const
{
    return timeRect(0, TimelineRows::overviewHeight);
}

QRect PreviewView::rulerRect() const
{
    return timeRect(TimelineRows::overviewHeight, TimelineRows::rulerHeight);
}

TimeAxis PreviewView::axis() const
{
    const QRect area = rulerRect();
    return {m_preview->extent, area.left(), area.width()};
}

QRect PreviewView::laneRect(std::size_t lane) const
{
    if (lane >= shownLanes())
        return {};
    const int head = m_preview->lanes.size() <= fewDevices ? tallHead : LaneLayout::lowestHead;
    const int top = TimelineRows::headHeight + static_cast<int>(lane) * head + headMargin;
    return timeRect(top, head - 2 * headMargin - 1);
}

std::size_t PreviewView::shownLanes() const
{
    if (!m_preview)
        return 0;
    const std::size_t lanes = m_preview->lanes.size();
    const int head = lanes <= fewDevices ? tallHead : LaneLayout::lowestHead;
    const int room = std::max(0, height() - TimelineRows::headHeight) / head;
    return std::min(lanes, static_cast<std::size_t>(room));
}

void PreviewView::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = TracePalette::matching(palette());
    QPainter painter(this);
    painter.fillRect(rect(), colours[Colour::Canvas]);
    int y = 0;
    const auto next = [&y, this](int height) {
        y += height;
        return QRect(0, y - height, width(), height);
    };
    const QRect overview = next(TimelineRows::overviewHeight);
    painter.fillRect(overview, colours[Colour::Panel]);
    painter.fillRect(next(TimelineRows::rulerHeight), colours[Colour::Raised]);
    paintRow(painter, next(TimelineRows::stabilityHeight), tr("Stability"), true);
    paintRow(painter, next(TimelineRows::cadenceHeight), tr("Step cadence"), true);
    paintOverview(painter);
    if (!m_preview)
        return;
    paintRuler(painter);
    paintLanes(painter);
}

void PreviewView::paintRow(QPainter& painter, const QRect& row, const QString& title, bool isBold) const
{
    const TracePalette& colours = TracePalette::matching(palette());
    const QRect label(TimelineState::padding, row.top(), labelWidth() - TimelineState::padding - 10,
                      row.height());
    painter.setFont(isBold ? TimelineRows::boldFont(font()) : font());
    painter.setPen(colours[isBold ? Colour::Text : Colour::DimText]);
    painter.drawText(label, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine),
                     painter.fontMetrics().elidedText(title, Qt::ElideRight, label.width()));
    painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), colours[Colour::Separator]);
}

void PreviewView::paintOverview(QPainter& painter) const
{
    const QRect row(0, 0, width(), TimelineRows::overviewHeight);
    if (!m_preview) {
        paintRow(painter, row, tr("Overview"), false);
        return;
    }
    const TracePalette& colours = TracePalette::matching(palette());
    const QRect area = overviewRect();
    const QRect label(TimelineState::padding, 0, labelWidth() - TimelineState::padding - 10, row.height());
    const int line = fontMetrics().height();
    const auto draw = [&](int top, const QString& text) {
        const QRect place(label.left(), top, label.width(), line);
        painter.drawText(place, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine),
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    painter.setFont(font());
    painter.setPen(colours[Colour::DimText]);
    draw(row.height() / 2 - line, tr("Overview"));
    painter.setFont(TimelineRows::smallFont(font()));
    painter.setPen(colours[Colour::FaintText]);
    draw(row.height() / 2 + 1,
         rangeText(m_preview->extent, TimeUnit::forTrace(m_preview->extent.duration())));
    painter.fillRect(QRect(0, row.bottom(), row.width(), 1), colours[Colour::Separator]);

    std::vector<double> bars;
    for (const ColumnCoverage& column : previewColumns(m_preview->lanes.front().busy, overviewBars(area)))
        bars.push_back(column.total);
    paintOverviewBars(painter, bars, area, colours[Colour::Compute], devicePixelRatioF());
}

void PreviewView::paintRuler(QPainter& painter) const
{
    const TracePalette& colours = TracePalette::matching(palette());
    const TimeAxis time = axis();
    const QRect row = rulerRect();
    painter.setFont(TimelineRows::smallFont(font()));
    const RulerTicks ticks =
        rulerTicks(time.range, time.width, TimeReading{.unit = TimeUnit::forTrace(time.range.duration())},
                   [&](const QString& text) { return painter.fontMetrics().horizontalAdvance(text); });
    for (const RulerTick& tick : ticks.ticks) {
        const double x = alignedToPixel(time.xOf(tick.time), devicePixelRatioF());
        if (x < time.left || x >= time.right())
            continue;
        const double length = tick.label.isEmpty() ? 3.0 : 7.0;
        QColor colour = colours[Colour::FaintText];
        colour.setAlpha(tick.label.isEmpty() ? 90 : 160);
        painter.fillRect(QRectF(x, row.bottom() + 1 - length, 1.0, length), colour);
        const int width = painter.fontMetrics().horizontalAdvance(tick.label) + 1;
        if (tick.label.isEmpty() || x + labelGap + width > time.right() - 2)
            continue;
        const QRectF place(x + labelGap, row.top(), width, row.height() - 3);
        painter.setPen(colours[Colour::DimText]);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, tick.label);
        painter.fillRect(QRectF(x, TimelineRows::headHeight, 1.0, height()), colours[Colour::Grid]);
    }
}

void PreviewView::paintLanes(QPainter& painter) const
{
    const TracePalette& colours = TracePalette::matching(palette());
    const qreal ratio = devicePixelRatioF();
    const QColor busy = colours[Colour::Compute];
    const QColor ground = colours[Colour::LaneGround];
    const auto mix = [](int from, int to) { return qRound(from + (to - from) * classUnknown); };
    LaneColours lane;
    lane.ground = ground.rgb();
    lane.classes.fill(qRgb(mix(ground.red(), busy.red()), mix(ground.green(), busy.green()),
                           mix(ground.blue(), busy.blue())));
    for (std::size_t number = 0; number < shownLanes(); ++number) {
        const QRect bar = laneRect(number);
        QImage image(qRound(bar.width() * ratio), qRound(bar.height() * ratio), QImage::Format_RGB32);
        paintColumns(image, 0, image.height(),
                     previewColumns(m_preview->lanes[number].busy, static_cast<std::size_t>(image.width())),
                     std::max(1, qRound(ratio)), lane);
        image.setDevicePixelRatio(ratio);
        painter.drawImage(bar.topLeft(), image);
        const QRect label(LaneLabels::titleLeft, bar.top(), labelWidth() - LaneLabels::titleLeft - 10,
                          bar.height());
        painter.setFont(TimelineRows::boldFont(font()));
        painter.setPen(colours[Colour::Text]);
        painter.drawText(
            label, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine),
            painter.fontMetrics().elidedText(QString::fromStdString(m_preview->lanes[number].label),
                                             Qt::ElideRight, label.width()));
        painter.fillRect(QRect(0, bar.bottom() + 1 + headMargin, width(), 1), colours[Colour::Separator]);
    }
}

} // namespace stepscope
