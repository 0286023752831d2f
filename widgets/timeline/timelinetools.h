#pragma once

#include "widgets/timeline/tapeeditor.h"
#include "widgets/viewmodel/spanneighbours.h"
#include "widgets/viewmodel/timereading.h"

#include <QObject>
#include <QString>

namespace stepscope {

class AxisEntry;
class SpanSelection;
class TimeRuler;

/// What one does on the timeline beside moving about: markers and notes, the measuring tape, times typed and
/// copied, steps and neighbours selected. All of it acts at the cursor or, without one over the axis, at the
/// middle of the view, so that the keyboard alone reaches it. GUI thread only.
class TimelineTools : public QObject {
    Q_OBJECT

public:
    /// All must outlive the tools; the entry and the ruler are children of `host`.
    TimelineTools(TimelineState& state, SpanSelection& selection, TimeRuler& ruler, QWidget& host);

    TapeEditor& tape() { return m_tape; }
    AxisEntry& entry() { return *m_entry; }
    /// How times read on the axis.
    TimeReading reading() const { return m_state.reading(); }

public slots:
    /// A marker here, or away with one that is here.
    void toggleMarker();
    /// The note of the marker here; makes one where there is none.
    void editNote();
    void editNoteAt(stepscope::TimePoint time);
    void showNextMarker();
    void showPreviousMarker();
    void removeMarkers();
    /// Begins to measure here, then ends.
    void toggleTape();
    /// A line to type a time into, which then comes to the middle.
    void enterTime();
    /// The length of the tape, else the time under the cursor, else the begin of the selection, to the
    /// nanosecond.
    void copyTime();
    void setOrigin(stepscope::TimeOrigin origin);
    /// The step of the reference device here.
    void selectStep();
    void selectStepAt(stepscope::TimePoint time);
    /// From the selected span to the one beside it, or to the nearest of the same name; false where nothing
    /// is selected.
    bool selectNeighbour(stepscope::Neighbour direction);
    void selectSameName(stepscope::Neighbour direction);
    /// The arrow keys then move that edge of the window.
    void holdWindowStart();
    void holdWindowEnd();

signals:
    void originChanged();
    void spanRequested(const stepscope::SpanRef& span);
    /// A sentence about what was done.
    void told(const QString& text);

private:
    Duration reach() const;
    void show(const SpanRef& span);

    TimelineState& m_state;
    SpanSelection& m_selection;
    TimeRuler& m_ruler;
    TapeEditor m_tape;
    AxisEntry* m_entry;
};

} // namespace stepscope
