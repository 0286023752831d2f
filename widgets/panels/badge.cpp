#include "widgets/panels/badge.h"

#include <QGuiApplication>
#include <QPainter>

namespace stepscope {

Badge::Badge(Style style, QWidget* parent) : QWidget(parent), m_style(style)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::setContent(const QString& text, Colour colour)
{
    m_text = text;
    m_colour = colour;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QFont Badge::textFont() const
{
    QFont bold = font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * (m_style == Style::Filled ? 1.35 : 0.95));
    return bold;
}

QMargins Badge::padding() const
{
    return m_style == Style::Filled ? QMargins(16, 9, 16, 9) : QMargins(9, 2, 9, 2);
}

QSize Badge::sizeHint() const
{
    const QFontMetrics metrics(textFont());
    return QSize(metrics.horizontalAdvance(m_text), metrics.height()).grownBy(padding());
}

QSize Badge::minimumSizeHint() const
{
    return sizeHint();
}

void Badge::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_style == Style::Filled) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours[m_colour]);
        painter.drawRoundedRect(rect(), 8, 8);
        painter.setPen(colours[Colour::OnVerdict]);
    } else {
        const QRectF outline = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(colours[m_colour]);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(outline, outline.height() / 2, outline.height() / 2);
    }
    painter.setFont(textFont());
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

} // namespace stepscope
