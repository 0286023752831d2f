#pragma once

#include "widgets/theme/tracepalette.h"

#include <QLabel>

namespace stepscope {

/// Plain text in one of the text colours of the trace palette, light or dark. Names from a trace are data:
/// nothing in it is ever taken for HTML.
class ThemedLabel : public QLabel {
    Q_OBJECT

public:
    explicit ThemedLabel(Colour colour, QWidget* parent = nullptr);
    ThemedLabel(const QString& text, Colour colour, QWidget* parent = nullptr);

    void setColour(Colour colour);
    /// Relative to the font of the program.
    void setScale(double factor, bool isBold = false);
    void setMonospaced();

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyColour();

    Colour m_colour;
};

/// The face for numbers that stand under each other, in the size of `base`.
QFont tabularFont(const QFont& base);

} // namespace stepscope
