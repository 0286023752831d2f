#pragma once

#include "core/gates/gate.h"

#include <QWidget>

#include <optional>

namespace stepscope {

/// How far the cadence lies from the driver's TPOT, on a bar of what passes, warns and fails: from −20 to
/// +20 %. An error beyond stands at the end with an arrow.
class ErrorScale : public QWidget {
    Q_OBJECT

public:
    explicit ErrorScale(QWidget* parent = nullptr);

    /// A share; none: the bar alone.
    void setError(std::optional<double> error);
    std::optional<double> error() const { return m_error; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double positionOf(double error) const;

    std::optional<double> m_error;
};

} // namespace stepscope
