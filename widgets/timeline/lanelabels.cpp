#include "widgets/timeline/lanelabels.h"

#include "widgets/timeline/lanetext.h"
#include "widgets/viewmodel/displaytext.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int roomForTwoLines = 44;
constexpr int textSpacing = 8;
constexpr int rightPadding = 10;

struct LabelText {
    Q_DECLARE_TR_FUNCTIONS(LabelText)
};

void drawShortened(QPainter& painter, const QRect& room, Qt::Alignment alignment, const QString& text)
{
    painter.drawText(room, static_cast<int>(alignment | Qt::TextSingleLine),
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, room.width()));
}

} // namespace

bool LaneLabels::hasSeveralDevices() const
{
    const auto& index = m_state.document().index();
    return index && index->devices().size() > 1;
}

QString LaneLabels::busyText(DeviceId device) const
{
    const auto& assessment = m_state.document().assessment();
    if (!assessment || device.value() >= assessment->analysis.devices.size())
        return {};
    const Duration window = assessment->analysis.window.duration();
    if (window <= Duration::zero())
        return {};
    const Duration busy = assessment->analysis.devices[device.value()].inWindow.busy();
    const double share = static_cast<double>(busy.count()) / static_cast<double>(window.count());
    const QString text = LabelText::tr("%1 %").arg(displaytext::percent(share));
    const bool isBound = m_state.document().index()->device(device).occupancy.isGraphLevel();
    return isBound ? LabelText::tr("≤ %1").arg(text) : text;
}

void LaneLabels::paint(QPainter& painter, const Lane& lane, const QRect& cell, const LabelLook& look) const
{
    if (lane.kind == LaneKind::DeviceBusy && hasSeveralDevices() &&
        lane.device == m_state.document().reference())
        painter.fillRect(QRect(0, cell.top(), 3, cell.height() - 1), (*look.colours)[Colour::Compute]);
    if (lane.isHead() && m_lanes.isPinned(lane.group))
        paintPin(painter, cell, look);
    if (lane.isHead()) {
        paintTriangle(painter, cell, m_lanes.isExpanded(lane.group), look);
        paintHead(painter, lane, cell, look);
    } else {
        paintTitle(painter, lane, cell, look);
    }
}

void LaneLabels::paintTriangle(QPainter& painter, const QRect& cell, bool isExpanded,
                               const LabelLook& look) const
{
    const double x = TimelineState::padding + 3.5;
    const double y = cell.top() + cell.height() / 2.0;
    const QPolygonF shape =
        isExpanded ? QPolygonF({QPointF(x - 4, y - 2.5), QPointF(x + 4, y - 2.5), QPointF(x, y + 3)})
                   : QPolygonF({QPointF(x - 2.5, y - 4), QPointF(x + 3, y), QPointF(x - 2.5, y + 4)});
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush((*look.colours)[Colour::DimText]);
    painter.drawPolygon(shape);
    painter.restore();
}

void LaneLabels::paintPin(QPainter& painter, const QRect& cell, const LabelLook& look) const
{
    // Left of the triangle: a head, and the needle below.
    const QPointF at(TimelineState::padding / 2.0, cell.top() + cell.height() / 2.0 - 2.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen((*look.colours)[Colour::DimText], 1.2));
    painter.setBrush((*look.colours)[Colour::DimText]);
    painter.drawEllipse(at, 2.2, 2.2);
    painter.drawLine(at, at + QPointF(0.0, 6.0));
    painter.restore();
}

void LaneLabels::paintHead(QPainter& painter, const Lane& lane, const QRect& cell,
                           const LabelLook& look) const
{
    const bool twoLines = cell.height() >= roomForTwoLines && !lane.note.isEmpty();
    const int line = QFontMetrics(look.normal).height() + 1;
    const int top = cell.top() + (cell.height() - (twoLines ? 2 : 1) * line) / 2;
    const QRect text(titleLeft, top, cell.width() - titleLeft - rightPadding, line);

    painter.setFont(look.small);
    painter.setPen((*look.colours)[Colour::DimText]);
    const QString busy = lane.kind == LaneKind::DeviceBusy ? busyText(lane.device) : QString();
    painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, busy);
    const int busyWidth = busy.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(busy) + textSpacing;

    painter.setFont(look.bold);
    painter.setPen((*look.colours)[Colour::Text]);
    const int nameWidth =
        std::min(painter.fontMetrics().horizontalAdvance(lane.title) + 2, text.width() - busyWidth);
    drawShortened(painter, {text.left(), text.top(), nameWidth, line}, Qt::AlignLeft | Qt::AlignVCenter,
                  lane.title);

    painter.setFont(look.small);
    painter.setPen((*look.colours)[Colour::FaintText]);
    const QRect beside(text.left() + nameWidth + textSpacing, text.top(),
                       text.width() - nameWidth - textSpacing - busyWidth, line);
    const QRect below(text.left(), text.top() + line, text.width(), line);
    const QRect place = twoLines ? below : beside;
    // A name cut to a letter or two is noise; the tooltip has it.
    const int whole = painter.fontMetrics().horizontalAdvance(lane.note);
    const int least = painter.fontMetrics().horizontalAdvance(QStringLiteral("H100 …"));
    if (twoLines || place.width() >= std::min(whole, least))
        drawShortened(painter, place, Qt::AlignLeft | Qt::AlignVCenter, lane.note);
}

void LaneLabels::paintTitle(QPainter& painter, const Lane& lane, const QRect& cell,
                            const LabelLook& look) const
{
    painter.setFont(look.small);
    painter.setPen((*look.colours)[Colour::DimText]);
    const QString text =
        lane.note.isEmpty() ? lane.title : LabelText::tr("%1 · %2").arg(lane.title, lane.note);
    const QRect room(titleLeft, cell.top(), cell.width() - titleLeft - rightPadding, cell.height() - 1);
    drawShortened(painter, room, Qt::AlignLeft | Qt::AlignVCenter, text);
}

QString LaneLabels::toolTip(const Lane& lane) const
{
    const QString toggles = m_lanes.isExpanded(lane.group)
                                ? LabelText::tr("Click the triangle to hide its lanes.")
                                : LabelText::tr("Click the triangle to show its lanes.");
    const QString pins = m_lanes.isPinned(lane.group) ? LabelText::tr("Pinned to the top; P lets it go.")
                                                      : LabelText::tr("P pins it to the top.");
    if (lane.kind == LaneKind::DeviceBusy)
        return QStringList{deviceToolTip(lane.device), toggles, pins}.join(QLatin1Char('\n'));
    QStringList lines{lane.note.isEmpty() ? lane.title : LabelText::tr("%1 · %2").arg(lane.title, lane.note)};
    if (lane.kind == LaneKind::HostHead)
        lines << LabelText::tr("What the threads that launch GPU work do: annotations and API calls.")
              << (m_lanes.isExpanded(lane.group) ? LabelText::tr("Click to hide its lanes.")
                                                 : LabelText::tr("Click to show its lanes."))
              << pins;
    else
        lines << laneMeaning(lane);
    return lines.join(QLatin1Char('\n'));
}

QString LaneLabels::deviceToolTip(DeviceId device) const
{
    const Trace& trace = m_state.document().index()->trace();
    QStringList lines{displaytext::deviceName(trace, device)};
    if (!trace.device(device).hardware.empty())
        lines << QString::fromStdString(trace.device(device).hardware);
    const auto& assessment = m_state.document().assessment();
    if (assessment && device.value() < assessment->analysis.devices.size()) {
        const ClassTimes& times = assessment->analysis.devices[device.value()].inWindow;
        lines << LabelText::tr("busy in the window: %1, %2")
                     .arg(busyText(device), displaytext::duration(times.busy()));
        for (const TimeClass timeClass : allTimeClasses) {
            if (isBusy(timeClass) && times[timeClass] > Duration::zero())
                lines << QStringLiteral("  ") + displaytext::className(timeClass) + QLatin1Char(' ') +
                             displaytext::duration(times[timeClass]);
        }
        lines << LabelText::tr("idle: %1").arg(displaytext::duration(times.idle()));
    }
    if (hasSeveralDevices())
        lines << (device == m_state.document().reference()
                      ? LabelText::tr("The verdict and the budget speak for this device.")
                      : LabelText::tr("Click to let the verdict and the budget speak for this device."));
    return lines.join(QLatin1Char('\n'));
}

} // namespace stepscope
