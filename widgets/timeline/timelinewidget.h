#pragma once

#include "widgets/timeline/timelinestate.h"

#include <QWidget>

class QScrollBar;

namespace stepscope {

class CadenceStrip;
class LaneCanvas;
class OverviewBar;
class OverviewMouse;
class TimelineMouse;
class TimeRuler;
class WindowEditor;

/// Overview, ruler, step cadence and device lanes on one time axis, with everything mouse and keys do to
/// view and window. Shows the document and the viewport it is given and holds no numbers of its own; a
/// newly opened trace puts the viewport on its robust extent. Its maximum height is what the lanes of the
/// open trace can use. GUI thread only.
class TimelineWidget : public QWidget {
    Q_OBJECT

public:
    TimelineWidget(TraceDocument* document, TimelineViewport* viewport, QWidget* parent = nullptr);
    ~TimelineWidget() override;

    /// The time areas, in own coordinates.
    QRect overviewRect() const;
    QRect rulerRect() const;
    QRect cadenceRect() const;
    QRect lanesRect() const;
    /// The bar of a device's lane; outside lanesRect() when it is scrolled away.
    QRect laneRect(DeviceId device) const;

    /// Positions on the axis of ruler, strip and lanes.
    int xOf(TimePoint time) const;
    TimePoint timeAtX(int x) const;
    /// Position on the axis of the overview.
    int overviewXOf(TimePoint time) const;

    /// The snapshot that the cadence strip shows and its numbers; 0 when no trace is open.
    std::uint64_t shownSnapshot() const;
    CadenceStatistics shownCadence() const;
    bool isDragging() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public slots:
    /// At the cursor when it is over the time axis, else in the middle.
    void zoomIn();
    void zoomOut();
    void panLeft();
    void panRight();
    /// The window with a little air; again: the whole trace.
    void fitWindow();
    void showAll();
    /// Without a cursor over the time axis they do nothing.
    void startWindowAtCursor();
    void endWindowAtCursor();
    void automaticWindow();
    /// Fits the step of the reference device that holds `time`.
    void showStepAt(stepscope::TimePoint time);
    /// Undoes a drag under way.
    void cancelDrag();

signals:
    /// What is under the mouse, for the status bar; empty when it is elsewhere.
    void cursorMoved(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void startOver();
    void updateLabelWidth();
    void updateScrollBar();
    void zoom(double factor);
    bool pressArrow(const QKeyEvent& event);
    bool pressLetter(const QKeyEvent& event);

    TraceDocument& m_document;
    TimelineViewport& m_viewport;
    TimelineState* m_state;
    WindowEditor* m_editor;
    OverviewBar* m_overview;
    TimeRuler* m_ruler;
    CadenceStrip* m_cadence;
    LaneCanvas* m_lanes;
    QScrollBar* m_scrollBar;
    TimelineMouse* m_mouse;
    OverviewMouse* m_overviewMouse;
};

} // namespace stepscope
