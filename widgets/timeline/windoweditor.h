#pragma once

#include "widgets/timeline/timelinestate.h"

#include <QTimer>

namespace stepscope {

/// Turns a drag into windows of the document: at most one a frame while the mouse moves, the last one
/// always when it is released, the first one again when the drag is cancelled. GUI thread only.
class WindowEditor : public QObject {
    Q_OBJECT

public:
    WindowEditor(TimelineState& state, QObject* parent);

    bool isActive() const { return m_drag.isActive(); }
    WindowGrip grip() const { return m_drag.grip(); }

    void start(WindowGrip grip, TimePoint at);
    /// `reach` is how near a boundary attracts; zero: no snapping.
    void moveTo(TimePoint at, Duration reach);
    void finish();
    void cancel();

    /// Moves one edge to the next or previous boundary, or by `step` where there is none or when `step` is
    /// asked for (`toBoundary` false). `direction` is 1 or −1.
    void nudge(WindowGrip edge, int direction, Duration step, bool toBoundary);

    /// Puts one edge to `at`, or to a boundary within `reach`. Past the other edge the window keeps its
    /// length.
    void setEdge(WindowGrip edge, TimePoint at, Duration reach);

private:
    void apply();
    void end();

    TimelineState& m_state;
    WindowDrag m_drag;
    QTimer m_frame;
    TimePoint m_at{};
    Duration m_reach = Duration::zero();
    bool m_isPending = false;
};

} // namespace stepscope
