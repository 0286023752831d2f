#include "widgets/panels/waterfallview.h"

#include "widgets/panels/waterfallpainter.h"
#include "widgets/theme/tracepalette.h"
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

constexpr double barReach = 3.0;

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

void WaterfallView::place()
{
    const Duration length = m_autopsy.gap.duration();
    std::vector<WaterfallEntry> entries;
    for (const AutopsyRow& row : m_rows) {
        WaterfallEntry entry{
            displaytext::className(row.owner), WaterfallPainter::total(row.total, length), row.reason, {}};
        for (const GapPart& part : row.parts)
            entry.parts.push_back(part.range);
        entries.push_back(std::move(entry));
    }
    const WaterfallEntry whole{
        WaterfallPainter::wholeName(), WaterfallPainter::total(length, length), {}, {m_autopsy.gap}};
    const WaterfallText text = WaterfallPainter(font()).text();
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
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    painter.fillRect(rect(), colours[Colour::Canvas]);
    if (m_rows.empty())
        return;
    const WaterfallPainter look(font());
    const Duration length = m_autopsy.gap.duration();
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const QRect line = m_layout.rows()[row].row.adjusted(4, 0, -4, 0);
        if (static_cast<int>(row) == m_hovered)
            painter.fillRect(line, colours[Colour::LaneGround]);
        look.paintRow(painter, m_layout.rows()[row], m_rows[row], length, colours);
        if (hasFocus() && static_cast<int>(row) == m_focused) {
            painter.setPen(colours[Colour::Focus]);
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(line.adjusted(0, 0, -1, -1));
        }
    }
    look.paintWhole(painter, m_layout, length, colours);
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
        return partToolTip(*m_index, m_autopsy, owner, *found);
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
