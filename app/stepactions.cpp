#include "app/stepactions.h"

#include "app/tracepage.h"
#include "app/windowactions.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/stepdrawing.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QAction>

namespace stepscope {

StepActions::StepActions(WindowActions& actions, TracePage& page, TraceDocument& document, QObject* parent)
    : QObject(parent), m_actions(actions), m_page(page), m_document(document)
{
    connect(actions.stepHere, &QAction::triggered, &page.timeline(), &TimelineWidget::toggleStepAtCursor);
    connect(actions.stepsLikeSelection, &QAction::triggered, this, &StepActions::drawLikeSelection);
    connect(actions.stepsAsFound, &QAction::triggered, this, [this] { m_document.drawSteps({}); });
    connect(&page.selection(), &SpanSelection::changed, this, &StepActions::update);
    connect(&document, &TraceDocument::assessmentChanged, this, &StepActions::update);
    update();
}

void StepActions::drawLikeSelection()
{
    const SpanRef& span = m_page.selection().current();
    if (!m_document.isOpen() || !span.device.isValid())
        return;
    m_document.setReference(span.device);
    m_document.drawSteps(beginsLike(*m_document.index(), span));
}

void StepActions::update()
{
    m_actions.stepHere->setEnabled(m_document.isOpen());
    m_actions.stepsLikeSelection->setEnabled(m_document.isOpen() &&
                                             m_page.selection().current().device.isValid());
    m_actions.stepsAsFound->setEnabled(m_document.hasDrawnSteps());
}

} // namespace stepscope
