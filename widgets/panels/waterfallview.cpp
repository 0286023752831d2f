#include "widgets/panels/waterfallview.h"

#include "widgets/theme/ownerlook.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/spantext.h"

#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int linePadding = 3; // above and below the text of a row
constexpr double barReach = 3.0;

const TracePalette& waterfallColours()
{
    return TracePalette::matching(QGuiApplication::palette());
}

QFont demiBold(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

WaterfallView::WaterfallView(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Owners of the gap"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void WaterfallView::showGap(std::shared_ptr<const TraceIndex> index, DeviceId device,
                            const GapAutopsy& autopsy)
{
    m_index = std::move(index);
    m_autopsy = autopsy;
    m_rows = m_index ? autopsyRows(*m_index, device, autopsy) : std::vector<AutopsyRow>();
    m_hovered = -1;
    m_focused = 0;
    QStringList said;
    for (const AutopsyRow& row : m_rows)
        said +=
            QStringLiteral("%1 %2").arg(displaytext::className(row.owner), displaytext::duration(row.total));
    setAccessibleDescription(said.join(QStringLiteral(", ")));
    place();
}

void WaterfallView::clear()
{
    showGap(nullptr, {}, {});
}

void WaterfallView::setAvailableHeight(int height)
{
    if (height == m_availableHeight)
        return;
    m_availableHeight = height;
    place();
}

QFont WaterfallView::smallFont() const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.88);
    return small;
}

void WaterfallView::place()
{
    const Duration length = m_autopsy.gap.duration();
    std::vector<WaterfallEntry> entries;
    for (const AutopsyRow& row : m_rows) {
        WaterfallEntry entry{
            displaytext::className(row.owner), displaytext::durationOf(row.total, length), row.reason, {}};
        for (const GapPart& part : row.parts)
            entry.parts.push_back(part.range);
        entries.push_back(std::move(entry));
    }
    const QFontMetrics names(font());
    const QFontMetrics bold(demiBold(font()));
    const QFontMetrics totals(tabularFont(demiBold(font())));
    const QFontMetrics reasons(smallFont());
    const auto widthIn = [](const QFontMetrics& metrics) {
        return [metrics](const QString& text) { return metrics.horizontalAdvance(text) + 1; };
    };
    const WaterfallText text{widthIn(bold), widthIn(totals), widthIn(reasons),
                             names.height() + 2 * linePadding, reasons.height()};
    const WaterfallEntry whole{tr("whole gap"), displaytext::durationOf(length, length), {}, {m_autopsy.gap}};
    m_layout = m_rows.empty()
                   ? WaterfallLayout()
                   : WaterfallLayout(m_autopsy.gap, entries, whole, QSize(width(), m_availableHeight), text);
    updateGeometry();
    update();
}

QSize WaterfallView::sizeHint() const
{
    return {560, m_layout.height()};
}

QSize WaterfallView::minimumSizeHint() const
{
    return {300, m_layout.height()};
}

void WaterfallView::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = waterfallColours();
    QPainter painter(this);
    painter.fillRect(rect(), colours[Colour::Canvas]);
    if (m_rows.empty())
        return;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const QRect line = m_layout.rows()[row].row.adjusted(4, 0, -4, 0);
        if (static_cast<int>(row) == m_hovered)
            painter.fillRect(line, colours[Colour::LaneGround]);
        paintRow(painter, m_layout.rows()[row], m_rows[row]);
        if (hasFocus() && static_cast<int>(row) == m_focused) {
            painter.setPen(colours[Colour::Focus]);
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(line.adjusted(0, 0, -1, -1));
        }
    }
    paintWhole(painter);
}

void WaterfallView::paintRow(QPainter& painter, const WaterfallRow& place, const AutopsyRow& row) const
{
    const TracePalette& colours = waterfallColours();
    painter.setFont(font());
    painter.setPen(colours[Colour::Text]);
    painter.drawText(place.name, Qt::AlignRight | Qt::AlignVCenter, displaytext::className(row.owner));
    const int unit = std::max(1, qRound(devicePixelRatioF()));
    const QPixmap tile = ownerTile(row.owner, colours, unit);
    for (const WaterfallBar& bar : place.bars)
        painter.drawTiledPixmap(bar.rect, tile);
    painter.setFont(tabularFont(font()));
    painter.drawText(place.total, Qt::AlignLeft | Qt::AlignVCenter,
                     displaytext::durationOf(row.total, m_autopsy.gap.duration()));
    if (place.reason.isEmpty())
        return;
    painter.setFont(smallFont());
    painter.setPen(colours[Colour::DimText]);
    const QString reason = painter.fontMetrics().elidedText(row.reason, Qt::ElideRight, place.reason.width());
    painter.drawText(place.reason, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, reason);
}

void WaterfallView::paintWhole(QPainter& painter) const
{
    const TracePalette& colours = waterfallColours();
    const WaterfallRow& whole = m_layout.whole();
    painter.fillRect(QRect(whole.name.left(), m_layout.ruleY(), width() - 2 * whole.name.left(), 1),
                     colours[Colour::Separator]);
    painter.setFont(demiBold(font()));
    painter.setPen(colours[Colour::Text]);
    painter.drawText(whole.name, Qt::AlignRight | Qt::AlignVCenter, tr("whole gap"));
    painter.setFont(tabularFont(demiBold(font())));
    const Duration length = m_autopsy.gap.duration();
    painter.drawText(whole.total, Qt::AlignLeft | Qt::AlignVCenter, displaytext::durationOf(length, length));
    painter.setPen(colours[Colour::DimText]);
    painter.setBrush(colours[Colour::LaneGround]);
    painter.drawRect(whole.bars.front().rect.adjusted(0.5, 2.5, -0.5, -2.5));
}

TimeRange WaterfallView::rangeAt(QPoint at) const
{
    const auto row = m_layout.rowAt(at.y());
    if (!row)
        return {};
    for (const WaterfallBar& bar : m_layout.rows()[*row].bars) {
        if (at.x() >= bar.rect.left() - barReach && at.x() < bar.rect.right() + barReach)
            return bar.range;
    }
    return m_rows[*row].range();
}

QString WaterfallView::toolTipAt(QPoint at) const
{
    const auto row = m_layout.rowAt(at.y());
    if (!row)
        return {};
    const AutopsyRow& owner = m_rows[*row];
    const GapPart* found = nullptr;
    double nearest = barReach;
    for (const GapPart& part : owner.parts) {
        const double left = m_layout.xOf(part.range.begin);
        const double right = m_layout.xOf(part.range.end);
        const double away = std::max({0.0, left - at.x(), at.x() - right});
        if (away < nearest) {
            nearest = away;
            found = &part;
        }
    }
    if (found)
        return partToolTip(*m_index, m_autopsy, *found);
    return QStringLiteral("%1 · %2\n%3")
        .arg(displaytext::className(owner.owner), spantext::exactDuration(owner.total), owner.reason);
}

bool WaterfallView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const QString text = toolTipAt(help->pos());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), displaytext::toolTip(text), this);
    return true;
}

void WaterfallView::mousePressEvent(QMouseEvent* event)
{
    m_isPressed = event->button() == Qt::LeftButton;
}

void WaterfallView::mouseReleaseEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    const bool isClick = m_isPressed && event->button() == Qt::LeftButton && rect().contains(at);
    m_isPressed = false; // the release after a double click is no click
    const TimeRange range = rangeAt(at);
    if (isClick && !range.isEmpty())
        emit partChosen(range);
}

void WaterfallView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !m_rows.empty())
        emit gapChosen();
}

void WaterfallView::mouseMoveEvent(QMouseEvent* event)
{
    const auto row = m_layout.rowAt(event->position().toPoint().y());
    setMarked(row ? static_cast<int>(*row) : -1);
}

void WaterfallView::leaveEvent(QEvent*)
{
    setMarked(-1);
}

void WaterfallView::setMarked(int row)
{
    if (row == m_hovered)
        return;
    m_hovered = row;
    setCursor(row >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void WaterfallView::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_rows.size()) - 1;
    if (last < 0) {
        QWidget::keyPressEvent(event);
    } else if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up) {
        m_focused = std::clamp(m_focused + (event->key() == Qt::Key_Down ? 1 : -1), 0, last);
        update();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        emit partChosen(m_rows[static_cast<std::size_t>(m_focused)].range());
    } else {
        QWidget::keyPressEvent(event);
    }
}

void WaterfallView::focusInEvent(QFocusEvent*)
{
    update();
}

void WaterfallView::focusOutEvent(QFocusEvent*)
{
    update();
}

void WaterfallView::resizeEvent(QResizeEvent*)
{
    place();
}

void WaterfallView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        place();
}

} // namespace stepscope
