#pragma once

#include "core/lod/gapcolumns.h"
#include "widgets/timeline/gapmark.h"
#include "widgets/timeline/timelinestate.h"
#include "widgets/viewmodel/spanref.h"

#include <QWidget>

class QScrollBar;

namespace stepscope {

struct AreaRef;
class AreaSelection;
class CadenceStrip;
class LaneCanvas;
class LaneList;
struct Lane;
class OverviewBar;
class OverviewMouse;
class SpanSelection;
class StabilityStrip;
class TimelineMouse;
class TimelineTools;
class TimeRuler;
class WindowEditor;

/// Overview, ruler, stability, step cadence, device and host lanes on one time axis, with everything mouse
/// and keys do to view, window and selection. Shows the document, viewport, lanes and selections it is given
/// and holds no numbers of its own; a newly opened trace puts the viewport on its firstView(). Its maximum
/// height is what the visible lanes can use. GUI thread only.
class TimelineWidget : public QWidget {
    Q_OBJECT

public:
    /// All must outlive the widget.
    TimelineWidget(TraceDocument* document, TimelineViewport* viewport, LaneList* lanes,
                   SpanSelection* selection, AreaSelection* areas, QWidget* parent = nullptr);
    ~TimelineWidget() override;

    /// The time areas, in own coordinates.
    QRect overviewRect() const;
    QRect rulerRect() const;
    QRect stabilityRect() const;
    QRect cadenceRect() const;
    QRect lanesRect() const;
    /// The bar of a device's lane; outside lanesRect() when it is scrolled away.
    QRect laneRect(DeviceId device) const;
    /// A span as it is drawn; empty while its group is collapsed or it is out of the view range.
    QRect spanRect(const SpanRef& span) const;

    /// The selected area as it is drawn, all of its lanes in sight together; empty when there are none.
    QRect areaRect() const;

    /// Positions on the axis of ruler, strip and lanes.
    int xOf(TimePoint time) const;
    TimePoint timeAtX(int x) const;
    /// Position on the axis of the overview.
    int overviewXOf(TimePoint time) const;

    /// The snapshot that the cadence strip shows and its numbers; 0 when no trace is open.
    std::uint64_t shownSnapshot() const;
    CadenceStatistics shownCadence() const;
    /// The band over the step whose dot is under the mouse, from the strip down through the lanes.
    std::optional<QRect> litStepRect() const;
    bool isDragging() const;

    /// Before anything is painted: for a picture that is finer, or coarser, than the screen.
    void setPixelRatio(double ratio);

    /// Points out a gap of the reference device on its lane, or none.
    void setMarkedGap(const std::optional<MarkedGap>& gap);
    /// What is drawn of it; empty when it is out of sight.
    QRect markedGapRect() const;
    std::optional<QLineF> markedGapArrow() const;

    /// Markers, tape, times, steps and neighbours.
    TimelineTools& tools() const { return *m_tools; }
    /// Lights the gaps of these lengths on the reference device's lane, or none.
    void setLitBands(const std::optional<BandRange>& bands);
    /// The device pixels from lanesRect().left() on in which one of them lies.
    const std::vector<ColumnRun>& litColumns() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public slots:
    /// At the cursor when it is over the time axis, else in the middle.
    void zoomIn();
    void zoomOut();
    void panLeft();
    void panRight();
    void scrollUp();
    void scrollDown();
    /// Pins the lanes of the group under the mouse to the top, else those of the selected span, else those of
    /// the reference device; or lets them go again.
    void togglePinned();
    /// The selected span, else the window, with a little air; again: the window, then the whole trace.
    void focusView();
    /// The window with a little air; again: the whole trace.
    void fitWindow();
    void showAll();
    /// At the cursor when it is over the time axis, else in the middle of the view.
    void startWindowAtCursor();
    void endWindowAtCursor();
    /// A boundary of the reference device at the cursor; away with one that is there.
    void toggleStepAtCursor();
    void automaticWindow();
    /// Fits the step of the reference device that holds `time`.
    void showStepAt(stepscope::TimePoint time);
    /// Fits a range with a little air.
    void showRange(stepscope::TimeRange range);
    /// Selects a span and brings it into sight: expands its group, scrolls to its lane, and moves the view
    /// where it is outside or too narrow to be seen.
    void showSpan(const stepscope::SpanRef& span);
    /// Expands the lane's group and scrolls to it, where it is listed.
    void showLane(const stepscope::Lane& lane);
    /// Selects an area and brings its time into sight.
    void showArea(const stepscope::AreaRef& area);
    /// Fits a gap so that what runs before and after it is seen too.
    void showGap(stepscope::TimeRange gap);
    /// Selects the visible range, or the window, over all lanes of the list.
    void selectView();
    void selectWindow();
    /// Undoes a drag under way.
    void cancelDrag();

signals:
    /// What is under the mouse, for the status bar; empty when it is elsewhere.
    void cursorMoved(const QString& text);
    /// An idle spot of the reference device's lane was clicked.
    void gapClicked(stepscope::TimePoint time);
    /// Esc was pressed while nothing but a gap is pointed out.
    void gapDismissed();
    /// Esc was pressed while nothing but gaps of chosen lengths is pointed out.
    void litBandsDismissed();

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
    void updateHeights();
    void updateScrollBar();
    void fitSpan(const SpanRef& span);
    void showSelectedStep();
    void selectRange(TimeRange range);
    void zoom(double factor);
    bool pressArrow(const QKeyEvent& event);
    bool pressLetter(const QKeyEvent& event);

    TraceDocument& m_document;
    TimelineViewport& m_viewport;
    LaneList& m_laneList;
    SpanSelection& m_selection;
    AreaSelection& m_areas;
    TimelineState* m_state;
    WindowEditor* m_editor;
    OverviewBar* m_overview;
    TimeRuler* m_ruler;
    StabilityStrip* m_stability;
    CadenceStrip* m_cadence;
    LaneCanvas* m_lanes;
    QScrollBar* m_scrollBar;
    TimelineTools* m_tools;
    TimelineMouse* m_mouse;
    OverviewMouse* m_overviewMouse;
};

} // namespace stepscope
