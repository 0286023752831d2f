#pragma once

#include "widgets/timeline/windoweditor.h"
#include "widgets/viewmodel/spanref.h"

#include <QObject>
#include <QPointF>

#include <vector>

class QMouseEvent;
class QWheelEvent;

namespace stepscope {

class LaneCanvas;
class TapeEditor;
class TimeRuler;
class TimelineRow;

/// What the mouse does on ruler, strips and lanes, which share one axis: makes and changes the
/// window, pans, zooms, selects spans and areas, reads out. Watches the rows' events; owns no widget.
class TimelineMouse : public QObject {
    Q_OBJECT

public:
    /// How near a boundary must be to attract a dragged edge, and how near the mouse to take an edge.
    static constexpr double snapPixels = 8.0;
    static constexpr double gripPixels = 5.0;

    /// `strips` are the rows between ruler and lanes.
    TimelineMouse(TimelineState& state, WindowEditor& editor, TapeEditor& tape, TimeRuler& ruler,
                  const std::vector<TimelineRow*>& strips, LaneCanvas& lanes, QObject* parent);

    /// While Space is held, a drag with the left button pans.
    void setSpaceHeld(bool held);
    /// Whether a drag is under way that cancel() would undo.
    bool isDragging() const { return m_mode != Mode::None; }
    void cancel();

    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void cursorMoved(const QString& text);
    /// A double click on a span, or beside all spans on a step.
    void spanChosen(const stepscope::SpanRef& span);
    void stepChosen(stepscope::TimePoint time);
    /// A click on one of the strips.
    void stepClicked(stepscope::TimePoint time);
    /// A double click on a marker's flag.
    void markerChosen(stepscope::TimePoint time);

private:
    enum class Mode { None, Press, Window, Pan, Zoom, Tape, Area };

    bool press(TimelineRow& row, const QMouseEvent& event);
    void move(TimelineRow& row, const QMouseEvent& event);
    bool release(TimelineRow& row, const QMouseEvent& event);
    bool wheel(TimelineRow& row, const QWheelEvent& event);
    void updateShape(TimelineRow& row, QPointF at, Qt::KeyboardModifiers modifiers) const;
    void readOut(TimelineRow& row, QPointF at);
    WindowGrip gripAt(const TimelineRow& row, QPointF at) const;
    /// Where the end of the tape lies for the mouse there: on the edge of a span near it, not with Alt.
    TimePoint tapeTime(const TimelineRow& row, QPointF at, Qt::KeyboardModifiers modifiers) const;
    void click(const TimelineRow& row, QPointF at);
    Duration snapReach(const TimelineRow& row, Qt::KeyboardModifiers modifiers) const;
    void doubleClick(const TimelineRow& row, QPointF at);
    void drawArea(QPointF at);

    TimelineState& m_state;
    WindowEditor& m_editor;
    TapeEditor& m_tape;
    TimeRuler& m_ruler;
    LaneCanvas& m_lanes;
    std::vector<TimelineRow*> m_rows; // all of them
    Mode m_mode = Mode::None;
    double m_pressX = 0.0;
    int m_pressHeight = 0;    // in the lanes' content, which scrolls
    bool m_isDrawing = false; // Area: further than a click trembles
    TimePoint m_pressTime{};
    std::optional<TimelineState::Tape> m_pressTape;
    TimeRange m_pressView;
    bool m_isSpaceHeld = false;
    TimelineRow* m_row = nullptr; // where the mouse is
    QPointF m_at;
};

} // namespace stepscope
