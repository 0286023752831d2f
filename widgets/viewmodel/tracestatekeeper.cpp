#include "widgets/viewmodel/tracestatekeeper.h"

#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/tracestatestore.h"

namespace stepscope {

TraceStateKeeper::TraceStateKeeper(const TraceStateStore& store, TraceDocument* document,
                                   TimelineViewport* viewport, LaneList* lanes, QObject* parent)
    : QObject(parent), m_store(store), m_document(document), m_viewport(viewport), m_lanes(lanes)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &TraceStateKeeper::flush);
    connect(document, &TraceDocument::indexChanged, this, &TraceStateKeeper::startOver);
    connect(document, &TraceDocument::identified, this, &TraceStateKeeper::identify);
    connect(document, &TraceDocument::assessmentChanged, this, &TraceStateKeeper::noteChanges);
    connect(viewport, &TimelineViewport::viewChanged, this, &TraceStateKeeper::noteChanges);
    connect(lanes, &LaneList::changed, this, &TraceStateKeeper::noteChanges);
    connect(&document->markers(), &MarkerList::changed, this, &TraceStateKeeper::noteChanges);
    startOver();
}

TraceStateKeeper::~TraceStateKeeper()
{
    finish();
}

void TraceStateKeeper::startOver()
{
    finish(); // the trace before
    m_unwritten = {};
    m_index = m_document->index();
    m_hasReported = false;
    if (!m_index)
        return;
    m_state = {};
    m_isIdentified = m_index->trace().capture().sha256.known().has_value();
    if (m_isIdentified)
        adoptKept();
    restore(m_state);
    m_state = present();
}

/// What was changed in the meantime is newer than what was kept.
void TraceStateKeeper::identify()
{
    if (!m_index || m_isIdentified || !m_index->trace().capture().sha256.known())
        return;
    m_isIdentified = true;
    const TraceState before = m_state;
    adoptKept();
    if (m_state != before) {
        restore(m_state);
        m_state = present();
        emit restoredLate();
    }
    flush();
}

/// Takes into `m_state` what was kept, but for what was changed since; markers are those of both.
void TraceStateKeeper::adoptKept()
{
    const TraceStateStore::Read kept = m_store.read(m_index->trace().capture().sha256.text());
    TraceState::Fields found = TraceState().differing(kept.state);
    found &= ~m_unwritten;
    std::vector<Marker> markers = m_state.markers.value_or(std::vector<Marker>());
    if (kept.state.markers)
        markers.insert(markers.end(), kept.state.markers->begin(), kept.state.markers->end());
    m_state.take(found, kept.state);
    if (!markers.empty()) {
        MarkerList both; // in order; of two at one time the first
        both.set(std::move(markers));
        m_state.markers = both.markers();
    }
    report(kept.problem);
}

/// Before the trace goes: waits for its hash where something is to be written.
void TraceStateKeeper::finish()
{
    if (m_index && m_unwritten && !m_isIdentified) {
        m_isIdentified = true;
        adoptKept();
    }
    flush();
}

void TraceStateKeeper::restore(const TraceState& state)
{
    m_isRestoring = true;
    if (state.reference)
        m_document->setReference(DeviceId(*state.reference)); // before the window, which would follow it
    if (state.drawnSteps) // before the window, which may be their suggestion
        m_document->setDrawnSteps(*state.drawnSteps);
    if (state.window)
        m_document->setWindow(*state.window);
    AssessmentInput input = state.input.value_or(AssessmentInput());
    input.driver.clean.tpotMilliseconds = state.tpotMilliseconds;
    input.driver.clean.tokensPerStep = state.tokensPerStep;
    m_document->setInput(input);
    if (state.expandedGroups)
        m_lanes->setExpandedGroups(*state.expandedGroups);
    if (state.view)
        m_viewport->setView(*state.view);
    if (state.markers)
        m_document->markers().set(*state.markers);
    m_isRestoring = false;
}

TraceState TraceStateKeeper::present() const
{
    TraceState state;
    if (!m_document->isAutomaticWindow())
        state.window = m_document->window();
    state.view = m_viewport->view();
    state.tpotMilliseconds = m_document->driver().clean.tpotMilliseconds;
    state.tokensPerStep = m_document->driver().clean.tokensPerStep;
    AssessmentInput others = m_document->input();
    others.driver.clean.tpotMilliseconds.reset();
    others.driver.clean.tokensPerStep.reset();
    if (others != AssessmentInput())
        state.input = std::move(others);
    state.expandedGroups = m_lanes->expandedGroups();
    state.reference = m_document->reference().value();
    if (!m_document->drawnSteps().empty())
        state.drawnSteps = m_document->drawnSteps();
    if (!m_document->markers().markers().empty())
        state.markers = m_document->markers().markers();
    return state;
}

void TraceStateKeeper::noteChanges()
{
    // While another trace is being opened, the views start over one by one: that is nobody's change.
    if (m_isRestoring || !m_index || !m_document->index() ||
        m_document->index()->sharedTrace() != m_index->sharedTrace())
        return;
    const TraceState now = present();
    const TraceState::Fields changed = m_state.differing(now);
    if (!changed)
        return;
    m_state = now;
    m_unwritten |= changed;
    if (changed & (TraceState::Tpot | TraceState::TokensPerStep | TraceState::Input | TraceState::Markers))
        flush();
    else
        m_rest.start();
}

void TraceStateKeeper::flush()
{
    m_rest.stop();
    if (!m_index || !m_unwritten || !m_isIdentified)
        return;
    const TraceStateStore::Written written =
        m_store.write(m_index->trace().capture().sha256.text(), m_unwritten, m_state);
    if (written.isDone)
        m_unwritten = {}; // else the next change tries again, with these
    report(written.problem);
}

void TraceStateKeeper::report(const QString& problem)
{
    if (problem.isEmpty() || m_hasReported)
        return;
    m_hasReported = true;
    emit problemFound(problem);
}

} // namespace stepscope
