#include "widgets/theme/themedlabel.h"

#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>

namespace stepscope {

ThemedLabel::ThemedLabel(Colour colour, QWidget* parent) : ThemedLabel(QString(), colour, parent) {}

ThemedLabel::ThemedLabel(const QString& text, Colour colour, QWidget* parent)
    : QLabel(parent), m_colour(colour)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    applyColour();
}

void ThemedLabel::setColour(Colour colour)
{
    m_colour = colour;
    applyColour();
}

void ThemedLabel::setScale(double factor, bool isBold)
{
    QFont scaled = font();
    scaled.setPointSizeF(scaled.pointSizeF() * factor);
    scaled.setBold(isBold);
    setFont(scaled);
}

void ThemedLabel::setMonospaced()
{
    setFont(tabularFont(font()));
}

void ThemedLabel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        applyColour();
    QLabel::changeEvent(event);
}

void ThemedLabel::applyColour()
{
    const QColor colour = TracePalette::matching(QGuiApplication::palette())[m_colour];
    if (palette().color(QPalette::WindowText) == colour)
        return; // setPalette comes back here as a PaletteChange
    QPalette own;
    own.setColor(QPalette::WindowText, colour);
    setPalette(own);
}

QFont tabularFont(const QFont& base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(base.pointSizeF());
    font.setBold(base.bold());
    return font;
}

} // namespace stepscope
