#include "app/timelineactions.h"

#include "app/gotoplaces.h"
#include "app/statusstrip.h"
#include "app/tracepage.h"
#include "app/windowactions.h"
#include "widgets/panels/findbar.h"
#include "widgets/panels/gotobox.h"
#include "widgets/timeline/timelinetools.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/workhistory.h"

#include <QAction>
#include <QActionGroup>

namespace stepscope {

namespace {

constexpr int toldMilliseconds = 4000;

QString undoText(WorkHistory::Deed deed)
{
    switch (deed) {
    case WorkHistory::Deed::View:
        return TimelineActions::tr("&Undo the move of the view");
    case WorkHistory::Deed::Window:
        return TimelineActions::tr("&Undo the change of the window");
    case WorkHistory::Deed::Markers:
        return TimelineActions::tr("&Undo the change of the markers");
    case WorkHistory::Deed::Several:
    case WorkHistory::Deed::None:
        break;
    }
    return TimelineActions::tr("&Undo");
}

QString redoText(WorkHistory::Deed deed)
{
    switch (deed) {
    case WorkHistory::Deed::View:
        return TimelineActions::tr("&Redo the move of the view");
    case WorkHistory::Deed::Window:
        return TimelineActions::tr("&Redo the change of the window");
    case WorkHistory::Deed::Markers:
        return TimelineActions::tr("&Redo the change of the markers");
    case WorkHistory::Deed::Several:
    case WorkHistory::Deed::None:
        break;
    }
    return TimelineActions::tr("&Redo");
}

} // namespace

TimelineActions::TimelineActions(WindowActions& actions, TracePage& page, TimelineViewport& viewport,
                                 StatusStrip& status, QObject* parent)
    : QObject(parent), m_actions(actions), m_page(page),
      m_history(new WorkHistory(&page.document(), &viewport, this))
{
    connect(&page.timeline().tools(), &TimelineTools::told, &status,
            [&status](const QString& text) { status.showMessage(text, toldMilliseconds); });
    connectHistory();
    connectMarkers();
    connectTimes();
    connectSelection();
    connectLanes();
    connect(m_history, &WorkHistory::changed, this, &TimelineActions::update);
    connect(&page.document(), &TraceDocument::indexChanged, this, &TimelineActions::update);
    connect(&page.document().markers(), &MarkerList::changed, this, &TimelineActions::update);
    connect(&page.selection(), &SpanSelection::changed, this, &TimelineActions::update);
    update();
}

void TimelineActions::beginHistoryAfresh()
{
    m_history->beginAfresh();
}

void TimelineActions::connectHistory()
{
    connect(m_actions.undo, &QAction::triggered, m_history, &WorkHistory::undo);
    connect(m_actions.redo, &QAction::triggered, m_history, &WorkHistory::redo);
    connect(m_actions.viewBack, &QAction::triggered, m_history, &WorkHistory::viewBack);
    connect(m_actions.viewForward, &QAction::triggered, m_history, &WorkHistory::viewForward);
}

void TimelineActions::connectMarkers()
{
    TimelineTools* const tools = &m_page.timeline().tools();
    connect(m_actions.marker, &QAction::triggered, tools, &TimelineTools::toggleMarker);
    connect(m_actions.markerNote, &QAction::triggered, tools, &TimelineTools::editNote);
    connect(m_actions.nextMarker, &QAction::triggered, tools, &TimelineTools::showNextMarker);
    connect(m_actions.previousMarker, &QAction::triggered, tools, &TimelineTools::showPreviousMarker);
    connect(m_actions.removeMarkers, &QAction::triggered, tools, &TimelineTools::removeMarkers);
}

void TimelineActions::connectTimes()
{
    TimelineTools* const tools = &m_page.timeline().tools();
    connect(m_actions.tape, &QAction::triggered, tools, &TimelineTools::toggleTape);
    connect(m_actions.goToTime, &QAction::triggered, tools, &TimelineTools::enterTime);
    connect(m_actions.copyTime, &QAction::triggered, tools, &TimelineTools::copyTime);
    connect(m_actions.origins, &QActionGroup::triggered, tools,
            [tools](QAction* action) { tools->setOrigin(WindowActions::originOf(action)); });
    connect(m_actions.holdWindowStart, &QAction::triggered, tools, [this, tools] {
        m_page.timeline().setFocus();
        tools->holdWindowStart();
    });
    connect(m_actions.holdWindowEnd, &QAction::triggered, tools, [this, tools] {
        m_page.timeline().setFocus();
        tools->holdWindowEnd();
    });
}

void TimelineActions::connectSelection()
{
    TimelineTools* const tools = &m_page.timeline().tools();
    connect(m_actions.selectStep, &QAction::triggered, tools, &TimelineTools::selectStep);
    connect(m_actions.nextSameName, &QAction::triggered, tools,
            [tools] { tools->selectSameName(Neighbour::Next); });
    connect(m_actions.previousSameName, &QAction::triggered, tools,
            [tools] { tools->selectSameName(Neighbour::Previous); });
    FindBar* const findBar = &m_page.findBar();
    connect(m_actions.find, &QAction::triggered, findBar, &FindBar::open);
    connect(m_actions.findNext, &QAction::triggered, findBar, &FindBar::showNext);
    connect(m_actions.findPrevious, &QAction::triggered, findBar, &FindBar::showPrevious);
    connect(m_actions.goTo, &QAction::triggered, this, [this] {
        QList<QAction*> actions = m_page.window()->actions();
        actions.removeOne(m_actions.goTo);
        m_page.goToBox().open(goToPlaces(m_page, actions));
    });
}

void TimelineActions::connectLanes()
{
    TimelineWidget* const timeline = &m_page.timeline();
    connect(m_actions.panLeft, &QAction::triggered, timeline, &TimelineWidget::panLeft);
    connect(m_actions.panRight, &QAction::triggered, timeline, &TimelineWidget::panRight);
    connect(m_actions.scrollUp, &QAction::triggered, timeline, &TimelineWidget::scrollUp);
    connect(m_actions.scrollDown, &QAction::triggered, timeline, &TimelineWidget::scrollDown);
    connect(m_actions.pin, &QAction::triggered, timeline, &TimelineWidget::togglePinned);
    connect(m_actions.expandReference, &QAction::triggered, this, [this] {
        if (m_page.document().isOpen())
            m_page.lanes().toggle(QStringLiteral("device:%1").arg(m_page.document().reference().value()));
    });
    connect(m_actions.expandAll, &QAction::triggered, this, [this] { m_page.lanes().setAllExpanded(true); });
    connect(m_actions.collapseAll, &QAction::triggered, this,
            [this] { m_page.lanes().setAllExpanded(false); });
}

void TimelineActions::update()
{
    const TraceDocument& document = m_page.document();
    const bool isOpen = document.isOpen();
    const bool hasMarkers = !document.markers().markers().empty();
    const bool isSelected = !m_page.selection().current().isNone();
    m_actions.undo->setText(undoText(m_history->toUndo()));
    m_actions.redo->setText(redoText(m_history->toRedo()));
    m_actions.undo->setEnabled(m_history->toUndo() != WorkHistory::Deed::None);
    m_actions.redo->setEnabled(m_history->toRedo() != WorkHistory::Deed::None);
    m_actions.viewBack->setEnabled(m_history->hasViewBack());
    m_actions.viewForward->setEnabled(m_history->hasViewForward());
    for (QAction* const action : {m_actions.nextMarker, m_actions.previousMarker, m_actions.removeMarkers})
        action->setEnabled(hasMarkers);
    for (QAction* const action : {m_actions.nextSameName, m_actions.previousSameName})
        action->setEnabled(isSelected);
    for (QAction* const action : m_actions.origins->actions())
        action->setEnabled(
            isOpen && (WindowActions::originOf(action) != TimeOrigin::Utc || TimeReading::hasUtc(document)));
}

} // namespace stepscope
