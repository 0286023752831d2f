#pragma once

#include "widgets/timeline/rulerticks.h"
#include "widgets/timeline/timelinerow.h"

namespace stepscope {

/// The axis of the view: ticks with exact labels, the bar by which the steady window is moved, and the time
/// under the cursor.
class TimeRuler : public TimelineRow {
    Q_OBJECT

public:
    TimeRuler(TimelineState& state, QWidget* parent);

    TimeUnit unit() const;
    RulerTicks ticks() const;
    /// The handle bar of the window, clipped to the axis; empty when the window is out of sight.
    QRectF windowBar() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    /// What is written at the cursor and where; empty while it is elsewhere.
    QString cursorText() const;
    QRectF cursorPlate() const;
    void paintTicks(QPainter& painter) const;
    void paintWindowBar(QPainter& painter) const;
    void paintCursorTime(QPainter& painter) const;
};

} // namespace stepscope
