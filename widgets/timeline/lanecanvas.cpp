#include "widgets/timeline/lanecanvas.h"

#include "widgets/timeline/boundarylines.h"
#include "widgets/timeline/rulerticks.h"
#include "widgets/viewmodel/displaytext.h"

#include <QHelpEvent>
#include <QPainter>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int barMargin = 6; // above and below the bar of a row
constexpr int roomForTwoLines = 44;
constexpr int textSpacing = 8;

QString shortHardware(const Device& device)
{
    QString text = QString::fromStdString(device.hardware);
    if (text.startsWith(QLatin1String("NVIDIA ")))
        text.remove(0, 7);
    return text;
}

} // namespace

LaneCanvas::LaneCanvas(TimelineState& state, QWidget* parent) : TimelineRow(state, parent)
{
    setAccessibleName(tr("Device lanes"));
    connect(&state.document(), &TraceDocument::indexChanged, this, [this] { setScrollOffset(0); });
}

int LaneCanvas::laneCount() const
{
    const auto& index = state().document().index();
    return index ? static_cast<int>(index->devices().size()) : 0;
}

int LaneCanvas::rowHeight() const
{
    const int lanes = std::max(1, laneCount());
    // Multiples of four keep edges on whole device pixels at 1.25 and 1.5, too.
    return std::clamp(height() / lanes / 4 * 4, lowestRow, tallestRow(lanes));
}

void LaneCanvas::setScrollOffset(int offset)
{
    const int clamped = std::clamp(offset, 0, std::max(0, contentHeight() - height()));
    if (clamped == m_scrollOffset)
        return;
    m_scrollOffset = clamped;
    emit scrolled(clamped);
    update();
}

std::optional<DeviceId> LaneCanvas::deviceAt(int y) const
{
    const int row = (y + m_scrollOffset) / rowHeight();
    if (y < 0 || row < 0 || row >= laneCount())
        return std::nullopt;
    return DeviceId(row);
}

QRect LaneCanvas::barRect(DeviceId device) const
{
    const QRect area = timeRect();
    const int top = static_cast<int>(device.value()) * rowHeight() - m_scrollOffset;
    return {area.left(), top + barMargin, area.width(), rowHeight() - 2 * barMargin - 1};
}

QString LaneCanvas::busyText(DeviceId device) const
{
    const auto& assessment = state().document().assessment();
    if (!assessment || device.value() >= assessment->analysis.devices.size())
        return {};
    const Duration window = assessment->analysis.window.duration();
    if (window <= Duration::zero())
        return {};
    const Duration busy = assessment->analysis.devices[device.value()].inWindow.busy();
    const double share = static_cast<double>(busy.count()) / static_cast<double>(window.count());
    const QString text = tr("%1 %").arg(displaytext::percent(share));
    const bool isBound = state().document().index()->device(device).occupancy.isGraphLevel();
    return isBound ? tr("≤ %1").arg(text) : text;
}

std::pair<int, int> LaneCanvas::visibleLanes() const
{
    const int row = rowHeight();
    const int first = std::clamp(m_scrollOffset / row, 0, laneCount());
    const int last = std::clamp((m_scrollOffset + height() + row - 1) / row, first, laneCount());
    return {first, last};
}

void LaneCanvas::appearanceChanged()
{
    m_imageKey = {};
}

void LaneCanvas::updateImage()
{
    const qreal ratio = devicePixelRatioF();
    ImageKey key;
    key.index = state().document().index().get();
    key.view = state().viewport().view();
    key.size = QSize(qRound(timeRect().width() * ratio), qRound(height() * ratio));
    key.isDark = colours().isDark();
    const auto [first, last] = visibleLanes();
    for (int lane = first; lane < last; ++lane) {
        const QRect bar = barRect(DeviceId(lane));
        const int top = qRound(bar.top() * ratio);
        key.lanes.push_back({DeviceId(lane), top, qRound((bar.top() + bar.height()) * ratio) - top});
    }
    if (key == m_imageKey)
        return;
    m_image = QImage(key.size, QImage::Format_RGB32);
    m_image.setDevicePixelRatio(ratio);
    m_image.fill(colours()[Colour::Canvas]);
    QPainter painter(&m_image);
    paintGrid(painter);
    painter.end();
    paintLanes(m_image, *key.index, key.view, key.lanes, std::max(1, qRound(ratio)), colours());
    m_imageKey = std::move(key);
}

void LaneCanvas::paintGrid(QPainter& painter) const
{
    const QFontMetrics metrics(smallFont());
    const TimeAxis own = axis();
    const TimeAxis time{own.range, 0, own.width};
    const RulerTicks ticks =
        rulerTicks(time.range, time.width, TimeUnit::forTrace(state().viewport().limits().duration()),
                   [&](const QString& label) { return metrics.horizontalAdvance(label); });
    for (const RulerTick& tick : ticks.ticks) {
        const double x = alignedToPixel(time.xOf(tick.time), devicePixelRatioF());
        if (!tick.label.isEmpty())
            painter.fillRect(QRectF(x, 0, 1.0, height()), colours()[Colour::Grid]);
    }
    const auto [first, last] = visibleLanes();
    for (int lane = first; lane < last; ++lane) {
        const int bottom = (lane + 1) * rowHeight() - m_scrollOffset - 1;
        painter.fillRect(QRect(0, bottom, time.width, 1), colours()[Colour::Separator]);
    }
}

void LaneCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colours()[Colour::Canvas]);
    if (laneCount() == 0)
        return;
    updateImage();
    painter.drawImage(timeRect().topLeft(), m_image);
    const int bottom = std::min(height(), contentHeight() - m_scrollOffset);
    if (const StepIndex* steps = state().steps()) {
        painter.save();
        painter.setClipRect(timeRect());
        paintBoundaries(painter, QRect(timeRect().left(), 0, timeRect().width(), bottom), axis(), *steps,
                        colours()[Colour::Boundary]);
        painter.restore();
    }
    paintWindow(painter);
    paintLabels(painter);
    paintCursor(painter);
    if (state().showsFocus()) {
        painter.setPen(QPen(colours()[Colour::Focus], 1.0));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void LaneCanvas::paintLabels(QPainter& painter) const
{
    const auto [first, last] = visibleLanes();
    const int left = timeRect().left();
    const int right = timeRect().right() + 1;
    for (int lane = first; lane < last; ++lane) {
        const QRect row(0, lane * rowHeight() - m_scrollOffset, width(), rowHeight());
        painter.fillRect(QRect(0, row.bottom(), left, 1), colours()[Colour::Separator]);
        painter.fillRect(QRect(right, row.bottom(), width() - right, 1), colours()[Colour::Separator]);
        paintLabel(painter, DeviceId(lane), row);
    }
}

void LaneCanvas::paintLabel(QPainter& painter, DeviceId device, const QRect& row) const
{
    const TraceIndex& index = *state().document().index();
    if (laneCount() > 1 && device == state().document().reference())
        painter.fillRect(QRect(0, row.top(), 3, row.height() - 1), colours()[Colour::Compute]);

    const QString hardware = shortHardware(index.trace().device(device));
    const bool twoLines = row.height() >= roomForTwoLines && !hardware.isEmpty();
    const int line = fontMetrics().height() + 1;
    const int top =
        twoLines ? row.top() + (row.height() - 2 * line) / 2 : row.top() + (row.height() - line) / 2;
    QRect text(labelRect().left(), top, labelRect().width(), line);

    painter.setFont(smallFont());
    painter.setPen(colours()[Colour::DimText]);
    const QString busy = busyText(device);
    painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, busy);
    const int busyWidth = painter.fontMetrics().horizontalAdvance(busy);

    painter.setFont(boldFont());
    painter.setPen(colours()[Colour::Text]);
    const QString name = displaytext::deviceName(index.trace(), device);
    const int nameWidth =
        std::min(painter.fontMetrics().horizontalAdvance(name) + 2, text.width() - busyWidth - textSpacing);
    drawElided(painter, {text.left(), text.top(), nameWidth, line}, Qt::AlignLeft | Qt::AlignVCenter, name);

    painter.setFont(smallFont());
    painter.setPen(colours()[Colour::FaintText]);
    const QRect beside(text.left() + nameWidth + textSpacing, text.top(),
                       text.width() - nameWidth - busyWidth - 2 * textSpacing, line);
    const QRect below(text.left(), text.top() + line, text.width(), line);
    const QRect place = twoLines ? below : beside;
    // A name cut to a letter or two is noise; the tooltip has it.
    if (twoLines || place.width() >= painter.fontMetrics().horizontalAdvance(QLatin1String("H100 …")))
        drawElided(painter, place, Qt::AlignLeft | Qt::AlignVCenter, hardware);
}

bool LaneCanvas::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return TimelineRow::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto device = deviceAt(help->pos().y());
    const bool onLabel = help->pos().x() < timeRect().left();
    showToolTip(help->globalPos(), device && onLabel ? labelToolTip(*device) : QString());
    return true;
}

QString LaneCanvas::labelToolTip(DeviceId device) const
{
    const Trace& trace = state().document().index()->trace();
    QStringList lines{displaytext::deviceName(trace, device)};
    if (!trace.device(device).hardware.empty())
        lines << QString::fromStdString(trace.device(device).hardware);
    const auto& assessment = state().document().assessment();
    if (assessment && device.value() < assessment->analysis.devices.size()) {
        const ClassTimes& times = assessment->analysis.devices[device.value()].inWindow;
        lines << tr("busy in the window: %1, %2").arg(busyText(device), displaytext::duration(times.busy()));
        for (const TimeClass timeClass : allTimeClasses) {
            if (isBusy(timeClass) && times[timeClass] > Duration::zero())
                lines << QStringLiteral("  ") + displaytext::className(timeClass) + QLatin1Char(' ') +
                             displaytext::duration(times[timeClass]);
        }
        lines << tr("idle: %1").arg(displaytext::duration(times.idle()));
    }
    if (laneCount() > 1)
        lines << (device == state().document().reference()
                      ? tr("The verdict and the budget speak for this device.")
                      : tr("Click to let the verdict and the budget speak for this device."));
    return lines.join(QLatin1Char('\n'));
}

} // namespace stepscope
