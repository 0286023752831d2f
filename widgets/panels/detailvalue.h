#pragma once

#include "widgets/viewmodel/spandetails.h"

#include <QAbstractButton>

namespace stepscope {

/// One value of a span on one line, cut where it does not fit; the tooltip has all of it and what it means.
/// A value that leads to another span is a link for mouse and keyboard: `clicked` says so.
class DetailValue : public QAbstractButton {
    Q_OBJECT

public:
    explicit DetailValue(const SpanDetail& detail, QWidget* parent = nullptr);

    const SpanRef& link() const { return m_link; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    SpanRef m_link;
};

} // namespace stepscope
