#pragma once

#include "widgets/timeline/windoweditor.h"

#include <QObject>

class QMouseEvent;

namespace stepscope {

class OverviewBar;

/// What the mouse does in the overview: edges and middle of the window's box, the thumb of the view; a
/// click brings the view there.
class OverviewMouse : public QObject {
    Q_OBJECT

public:
    OverviewMouse(TimelineState& state, WindowEditor& editor, OverviewBar& bar, QObject* parent);

    bool isDragging() const { return m_mode != Mode::None; }
    void cancel();
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Mode { None, Window, PressInWindow, PressOutside, View };

    bool press(const QMouseEvent& event);
    void move(const QMouseEvent& event);
    bool release(const QMouseEvent& event);
    void updateShape(QPointF at) const;
    WindowGrip edgeAt(QPointF at) const;
    Duration snapReach(const QMouseEvent& event) const;

    TimelineState& m_state;
    WindowEditor& m_editor;
    OverviewBar& m_bar;
    Mode m_mode = Mode::None;
    double m_pressX = 0.0;
    TimePoint m_pressTime{};
    TimeRange m_pressView;
};

} // namespace stepscope
