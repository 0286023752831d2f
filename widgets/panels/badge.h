#pragma once

#include "widgets/theme/tracepalette.h"

#include <QWidget>

namespace stepscope {

/// A word in a rounded box: filled for the verdict, outlined for a remark on how far to trust it.
class Badge : public QWidget {
    Q_OBJECT

public:
    enum class Style { Filled, Outlined };

    explicit Badge(Style style, QWidget* parent = nullptr);

    /// Filled: the ground; outlined: line and text.
    void setContent(const QString& text, Colour colour);
    const QString& text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QFont textFont() const;
    QMargins padding() const;

    Style m_style;
    QString m_text;
    Colour m_colour = Colour::NeutralVerdict;
};

} // namespace stepscope
