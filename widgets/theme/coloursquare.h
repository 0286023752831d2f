#pragma once

#include <QColor>
#include <QWidget>

namespace stepscope {

/// A small filled square: the key of a series or a row.
class ColourSquare : public QWidget {
    Q_OBJECT

public:
    explicit ColourSquare(QWidget* parent = nullptr);
    void setColour(const QColor& colour);
    /// The side of the square in logical pixels, for painters that draw one themselves.
    static constexpr int side = 10;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QColor m_colour;
};

} // namespace stepscope
