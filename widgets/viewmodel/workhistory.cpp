#include "widgets/viewmodel/workhistory.h"

#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/tracedocument.h"

namespace stepscope {

WorkHistory::WorkHistory(TraceDocument* document, TimelineViewport* viewport, QObject* parent)
    : QObject(parent), m_document(document), m_viewport(viewport)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &WorkHistory::settle);
    connect(document, &TraceDocument::indexChanged, this, &WorkHistory::startOver);
    connect(document, &TraceDocument::assessmentChanged, this, &WorkHistory::noteChange);
    connect(viewport, &TimelineViewport::viewChanged, this, &WorkHistory::noteChange);
    connect(&document->markers(), &MarkerList::changed, this, &WorkHistory::noteChange);
    startOver();
}

WorkHistory::State WorkHistory::present() const
{
    return {m_document->window(), m_document->isOpen() && m_document->isAutomaticWindow(), m_viewport->view(),
            m_document->markers().markers()};
}

WorkHistory::Deed WorkHistory::difference(const State& a, const State& b)
{
    const bool isView = a.view != b.view;
    const bool isWindow = a.window != b.window || a.isAutomatic != b.isAutomatic;
    const bool isMarkers = a.markers != b.markers;
    if (int(isView) + int(isWindow) + int(isMarkers) > 1)
        return Deed::Several;
    return isView ? Deed::View : isWindow ? Deed::Window : isMarkers ? Deed::Markers : Deed::None;
}

bool WorkHistory::isUnderWay() const
{
    return m_document->isOpen() && (present() != m_states.present());
}

void WorkHistory::startOver()
{
    const std::shared_ptr<const Trace> trace =
        m_document->isOpen() ? m_document->index()->sharedTrace() : nullptr;
    if (trace && trace == m_trace) // other steps of the same trace
        return;
    m_trace = trace;
    beginAfresh();
}

void WorkHistory::beginAfresh()
{
    m_rest.stop();
    m_states = SnapshotHistory(present());
    m_views = SnapshotHistory(m_viewport->view());
    emit changed();
}

void WorkHistory::noteChange()
{
    if (m_isApplying || !m_document->isOpen() || m_document->index()->sharedTrace() != m_trace)
        return;
    m_rest.start();
    emit changed();
}

void WorkHistory::settle()
{
    if (m_document->isWindowHeld()) { // the drag goes on while the mouse rests
        m_rest.start();
        return;
    }
    m_rest.stop();
    m_states.record(present());
    m_views.record(m_viewport->view());
    emit changed();
}

WorkHistory::Deed WorkHistory::toUndo() const
{
    if (!m_document->isOpen())
        return Deed::None;
    if (isUnderWay())
        return difference(present(), m_states.present());
    return m_states.hasBefore() ? difference(m_states.present(), m_states.before()) : Deed::None;
}

WorkHistory::Deed WorkHistory::toRedo() const
{
    if (!m_document->isOpen() || isUnderWay() || !m_states.hasAhead())
        return Deed::None;
    return difference(m_states.present(), m_states.ahead());
}

bool WorkHistory::hasViewBack() const
{
    return m_document->isOpen() && (m_views.hasBefore() || m_viewport->view() != m_views.present());
}

bool WorkHistory::hasViewForward() const
{
    return m_document->isOpen() && m_views.hasAhead() && m_viewport->view() == m_views.present();
}

void WorkHistory::undo()
{
    settle();
    if (m_document->isOpen() && !m_document->isWindowHeld() && m_states.hasBefore())
        apply(m_states.goBack());
}

void WorkHistory::redo()
{
    settle();
    if (m_document->isOpen() && !m_document->isWindowHeld() && m_states.hasAhead())
        apply(m_states.goAhead());
}

void WorkHistory::viewBack()
{
    settle();
    if (m_document->isOpen() && m_views.hasBefore())
        applyView(m_views.goBack());
}

void WorkHistory::viewForward()
{
    settle();
    if (m_document->isOpen() && m_views.hasAhead())
        applyView(m_views.goAhead());
}

void WorkHistory::apply(const State& state)
{
    m_isApplying = true;
    if (state.isAutomatic)
        m_document->setAutomaticWindow();
    else
        m_document->setWindow(state.window);
    m_viewport->setView(state.view);
    m_document->markers().set(state.markers);
    m_isApplying = false;
    m_states.amend(present()); // with other steps the automatic window is another one
    m_views.record(m_viewport->view());
    emit changed();
}

void WorkHistory::applyView(TimeRange view)
{
    m_isApplying = true;
    m_viewport->setView(view);
    m_isApplying = false;
    m_states.record(present());
    emit changed();
}

} // namespace stepscope
