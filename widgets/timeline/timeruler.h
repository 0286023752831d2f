#pragma once

#include "widgets/timeline/markerflags.h"
#include "widgets/timeline/rulerticks.h"
#include "widgets/timeline/timelinerow.h"

namespace stepscope {

/// The axis of the view: ticks with exact labels, the bar by which the steady window is moved, and the time
/// under the cursor.
class TimeRuler : public TimelineRow {
    Q_OBJECT

public:
    TimeRuler(TimelineState& state, QWidget* parent);

    TimeReading reading() const { return state().reading(); }
    RulerTicks ticks() const;
    /// The handle bar of the window, clipped to the axis; empty when the window is out of sight.
    QRectF windowBar() const;
    /// What is written at a marker, in own coordinates; the flag alone where it has no note or no room.
    QRectF flagRect(const MarkerFlag& flag) const;
    std::vector<MarkerFlag> flags() const;
    /// The marker whose flag is there.
    std::optional<Marker> markerAt(QPointF at) const;

    /// What one pixel can tell: a digit more would be noise.
    Duration cursorResolution() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// What is written at the cursor and where; empty while it is elsewhere.
    QString cursorText() const;
    QRectF cursorPlate() const;
    void paintTicks(QPainter& painter) const;
    void paintWindowBar(QPainter& painter) const;
    void paintFlags(QPainter& painter) const;
    void paintOrigin(QPainter& painter) const;
    void paintCursorTime(QPainter& painter) const;
};

} // namespace stepscope
