#pragma once

#include <QObject>

namespace stepscope {

class StatusStrip;
class TimelineViewport;
class TracePage;
class WindowActions;
class WorkHistory;

/// What the actions of the timeline do: undo and the walk through views, markers and notes, the tape, times,
/// what is selected, the lanes. Greys what has no use at present.
class TimelineActions : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. Make it after whoever restores what was kept of a trace.
    TimelineActions(WindowActions& actions, TracePage& page, TimelineViewport& viewport, StatusStrip& status,
                    QObject* parent);

    /// What was restored late is nothing to undo.
    void beginHistoryAfresh();

private:
    void connectHistory();
    void connectMarkers();
    void connectTimes();
    void connectSelection();
    void connectLanes();
    void update();

    WindowActions& m_actions;
    TracePage& m_page;
    WorkHistory* m_history;
};

} // namespace stepscope
