#include "app/card.h"

#include "widgets/theme/tracepalette.h"

#include <QFocusEvent>
#include <QGuiApplication>
#include <QPainter>

namespace stepscope {

namespace {

constexpr int cardPadding = 16;
constexpr int cardWidth = 290;

} // namespace

Card::Card(const QString& title, const QString& text, QWidget* parent)
    : QAbstractButton(parent), m_description(text)
{
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(text);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize Card::sizeHint() const
{
    const QFontMetrics metrics(font());
    const QRect words =
        metrics.boundingRect(QRect(0, 0, cardWidth - 2 * cardPadding, 400), Qt::TextWordWrap, m_description);
    return {cardWidth, 2 * cardPadding + QFontMetrics(titleFont()).height() + 6 + words.height()};
}

QFont Card::titleFont() const
{
    QFont bold = font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.08);
    return bold;
}

void Card::focusInEvent(QFocusEvent* event)
{
    m_showsFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QAbstractButton::focusInEvent(event);
}

void Card::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void Card::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void Card::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colours[hasFocus() && m_showsFocus ? Colour::Focus : Colour::Separator]);
    painter.setBrush(colours[underMouse() || isDown() ? Colour::Raised : Colour::Panel]);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);

    QRect place = rect().adjusted(cardPadding, cardPadding, -cardPadding, -cardPadding);
    painter.setPen(colours[Colour::Text]);
    painter.setFont(titleFont());
    painter.drawText(place, Qt::AlignLeft | Qt::AlignTop, text());
    place.setTop(place.top() + painter.fontMetrics().height() + 6);
    painter.setPen(colours[Colour::DimText]);
    painter.setFont(font());
    painter.drawText(place, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_description);
}

} // namespace stepscope
