#pragma once

#include "core/analysis/traceindex.h"
#include "widgets/viewmodel/tracestate.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace stepscope {

class LaneList;
class TimelineViewport;
class TraceDocument;
class TraceStateStore;

/// Finds again what the user did to a trace when it is opened, and keeps each change: typed values at once,
/// what the mouse does as soon as it rests, the rest when the trace is closed. Where the hash of a trace's
/// file comes late, by which it is found, both begin then. GUI thread only.
class TraceStateKeeper : public QObject {
    Q_OBJECT

public:
    static constexpr int restMilliseconds = 250;

    /// All must outlive the keeper. Make it after every view that starts over with another trace: what it
    /// restores comes last.
    TraceStateKeeper(const TraceStateStore& store, TraceDocument* document, TimelineViewport* viewport,
                     LaneList* lanes, QObject* parent = nullptr);
    /// Writes what is not written yet.
    ~TraceStateKeeper() override;

    /// Writes at once what has changed; nothing before the trace is identified.
    void flush();

signals:
    /// What was kept of the trace was found only now, and is on the views.
    void restoredLate();
    /// A sentence for the user: something could not be read or kept. Said once a trace.
    void problemFound(const QString& problem);

private:
    void startOver();
    void identify();
    void adoptKept();
    void finish();
    void restore(const TraceState& state);
    void noteChanges();
    TraceState present() const;
    void report(const QString& problem);

    const TraceStateStore& m_store;
    TraceDocument* m_document;
    TimelineViewport* m_viewport;
    LaneList* m_lanes;
    std::shared_ptr<const TraceIndex> m_index; ///< the trace that `m_state` belongs to
    TraceState m_state;
    TraceState::Fields m_unwritten;
    QTimer m_rest;
    bool m_isIdentified = false; ///< what was kept of it is in `m_state`
    bool m_isRestoring = false;
    bool m_hasReported = false;
};

} // namespace stepscope
