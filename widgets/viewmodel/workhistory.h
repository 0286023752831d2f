#pragma once

#include "widgets/viewmodel/markerlist.h"
#include "widgets/viewmodel/snapshothistory.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace stepscope {

class TimelineViewport;
class Trace;
class TraceDocument;

/// Undo and redo of what the user does to window, view and markers, and a walk through the views alone. What
/// goes on without a rest (a drag, a wheel that turns) is one deed. Another trace starts over. GUI thread
/// only.
class WorkHistory : public QObject {
    Q_OBJECT

public:
    static constexpr int restMilliseconds = 400;

    /// What changes from one state to the next, for the menu.
    enum class Deed { None, View, Window, Markers, Several };

    /// Both must outlive the history. Make it after whoever restores what was kept of a trace: that is no
    /// deed.
    WorkHistory(TraceDocument* document, TimelineViewport* viewport, QObject* parent = nullptr);

    /// What would change; None where there is nothing to go back to.
    Deed toUndo() const;
    Deed toRedo() const;
    bool hasViewBack() const;
    bool hasViewForward() const;

public slots:
    void undo();
    void redo();
    void viewBack();
    void viewForward();
    /// What is now is where it begins: what was restored late is no deed.
    void beginAfresh();
    /// Makes what is under way one deed, as a rest does.
    void settle();

signals:
    void changed();

private:
    struct State {
        TimeRange window;
        bool isAutomatic = false;
        TimeRange view;
        std::vector<Marker> markers;
        friend bool operator==(const State&, const State&) = default;
    };

    State present() const;
    static Deed difference(const State& a, const State& b);
    bool isUnderWay() const;
    void startOver();
    void noteChange();
    void apply(const State& state);
    void applyView(TimeRange view);

    TraceDocument* m_document;
    TimelineViewport* m_viewport;
    std::shared_ptr<const Trace> m_trace;
    SnapshotHistory<State> m_states{State()};
    SnapshotHistory<TimeRange> m_views{TimeRange()};
    QTimer m_rest;
    bool m_isApplying = false;
};

} // namespace stepscope
