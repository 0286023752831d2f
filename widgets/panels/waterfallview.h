#pragma once

#include "widgets/panels/waterfalllayout.h"
#include "widgets/viewmodel/autopsyrows.h"

#include <QWidget>

#include <memory>

namespace stepscope {

/// The owners of one idle gap as a waterfall: a row for each with its bars at their place in the gap, and
/// the gap as a whole below. Rows can be clicked, or chosen by arrow keys and Enter.
class WaterfallView : public QWidget {
    Q_OBJECT

public:
    explicit WaterfallView(QWidget* parent = nullptr);

    /// `autopsy` is one of the index's device; a null index shows nothing.
    void showGap(std::shared_ptr<const TraceIndex> index, DeviceId device, const GapAutopsy& autopsy);
    void clear();
    /// The height to fit into where that is possible; what does not fit is for scrolling.
    void setAvailableHeight(int height);

    const std::vector<AutopsyRow>& rows() const { return m_rows; }
    const WaterfallLayout& layoutOfRows() const { return m_layout; }
    /// What the tooltip at a position says; plain text, empty where there is none.
    QString toolTipAt(QPoint at) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// A part of the gap, or all parts of an owner, are to be seen on the timeline.
    void partChosen(stepscope::TimeRange range);
    /// The gap as a whole is.
    void gapChosen();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void place();
    TimeRange rangeAt(QPoint at) const;
    void setMarked(int row);

    std::shared_ptr<const TraceIndex> m_index;
    GapAutopsy m_autopsy;
    std::vector<AutopsyRow> m_rows;
    WaterfallLayout m_layout;
    int m_availableHeight = 0;
    int m_hovered = -1;
    int m_focused = 0;
    bool m_isPressed = false;
};

} // namespace stepscope
