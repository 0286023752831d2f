#include "widgets/theme/coloursquare.h"

#include <QPainter>

namespace stepscope {

ColourSquare::ColourSquare(QWidget* parent) : QWidget(parent)
{
    setFixedSize(side, side);
}

void ColourSquare::setColour(const QColor& colour)
{
    m_colour = colour;
    update();
}

void ColourSquare::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_colour);
    painter.drawRoundedRect(rect(), 2, 2);
}

} // namespace stepscope
