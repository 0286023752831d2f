#include "app/tracepage.h"

#include "app/bottomtabs.h"
#include "app/settings.h"
#include "widgets/panels/budgetpanel.h"
#include "widgets/panels/capturepanel.h"
#include "widgets/panels/contextpanel.h"
#include "widgets/panels/detailpanel.h"
#include "widgets/panels/findbar.h"
#include "widgets/panels/gapautopsypanel.h"
#include "widgets/panels/gatespanel.h"
#include "widgets/panels/gotobox.h"
#include "widgets/panels/importlogpanel.h"
#include "widgets/panels/measurementfields.h"
#include "widgets/panels/reconcilepanel.h"
#include "widgets/panels/selectionpanel.h"
#include "widgets/panels/topkernelspanel.h"
#include "widgets/plots/gaphistogramplot.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/areafigures.h"
#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/gapnavigator.h"
#include "widgets/viewmodel/importlogmodel.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/spandetails.h"
#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/topkernels.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace stepscope {

namespace {

const QString leftSplitterName = QStringLiteral("timelineOverTabs");

constexpr int lowestTabs = 180;
constexpr int shareAroundPlace = 100; // of a trace without steps

} // namespace

TracePage::TracePage(TraceDocument* document, TimelineViewport* viewport, Settings& settings, QWidget* parent)
    : QWidget(parent), m_document(document), m_settings(settings), m_lanes(new LaneList(document, this)),
      m_selection(new SpanSelection(*document, this)),
      m_areas(new AreaSelection(*document, *m_selection, this)),
      m_areaFigures(new AreaFigures(*document, *m_areas, this)), m_gaps(new GapNavigator(document, this)),
      m_timeline(new TimelineWidget(document, viewport, m_lanes, m_selection, m_areas, this)),
      m_histogram(new GapHistogramPlot), m_autopsy(new GapAutopsyPanel(*m_gaps)),
      m_reconcile(new ReconcilePanel), m_selected(new SelectionPanel(*m_selection, *m_areas, *m_areaFigures)),
      m_importLog(new ImportLogPanel), m_tabs(new BottomTabs(this)), m_budget(new BudgetPanel),
      m_measurement(new MeasurementFields), m_gates(new GatesPanel), m_topKernels(new TopKernelsPanel),
      m_context(new ContextPanel), m_capture(new CapturePanel),
      m_findBar(new FindBar(*document, *viewport, *m_selection, this)), m_goTo(new GoToBox(this)),
      m_leftSplitter(new QSplitter(Qt::Vertical, this)), m_column(new QScrollArea(this))
{
    m_tabs->add(m_histogram, tr("Idle gaps"),
                tr("How long the gaps are, and how much of all idle time they hold"));
    m_tabs->add(m_autopsy, tr("Gap autopsy"), tr("What one idle gap was spent on, and what ended it"));
    m_tabs->add(
        m_reconcile, tr("Reconcile"),
        tr("Whether the trace fits what a load driver measured, and what of it holds without the profiler"));
    m_tabs->add(m_selected, tr("Selection"),
                tr("What is known of the span that was clicked, or of the area that was drawn with Shift"));
    m_tabs->add(m_importLog, tr("Import log"),
                tr("What was odd in the file, what was left out of it, and where it is damaged"));
    m_leftSplitter->addWidget(m_timeline);
    m_leftSplitter->addWidget(m_tabs);
    m_leftSplitter->setHandleWidth(1);
    m_leftSplitter->setChildrenCollapsible(false);
    m_leftSplitter->installEventFilter(this);
    m_leftSplitter->setStretchFactor(0, 3);
    m_leftSplitter->setStretchFactor(1, 1);
    m_isSplitByUser = m_leftSplitter->restoreState(m_settings.splitter(leftSplitterName));
    connect(m_leftSplitter, &QSplitter::splitterMoved, this, [this] { m_isSplitByUser = true; });

    m_column->setWidget(makeColumn());
    m_column->setWidgetResizable(true);
    m_column->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_column->setFrameShape(QFrame::NoFrame);
    m_column->setFixedWidth(columnWidth());
    auto* const line = new QFrame(this);
    line->setObjectName(QStringLiteral("columnLine"));
    line->setFixedWidth(1);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* const left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(m_findBar);
    left->addWidget(m_leftSplitter, 1);
    layout->addLayout(left, 1);
    layout->addWidget(line);
    layout->addWidget(m_column);
    connectPanels();
    connectGaps();
}

TracePage::~TracePage()
{
    if (m_isSplitByUser)
        m_settings.setSplitter(leftSplitterName, m_leftSplitter->saveState());
    // These show the selection and the gap, which Qt would delete first.
    delete m_selected;
    delete m_autopsy;
    delete m_timeline;
}

QWidget* TracePage::makeColumn()
{
    auto* const column = new QWidget;
    auto* const panels = new QVBoxLayout(column);
    panels->setContentsMargins(0, 0, 0, 0);
    panels->setSpacing(0);
    for (QWidget* const panel : std::initializer_list<QWidget*>{m_budget, m_measurement, m_gates,
                                                                m_topKernels, m_context, m_capture})
        panels->addWidget(panel);
    panels->addStretch();
    return column;
}

void TracePage::connectPanels()
{
    connect(m_document, &TraceDocument::indexChanged, this, &TracePage::showIndex);
    connect(&m_timeline->tools(), &TimelineTools::originChanged, this,
            [this] { m_selected->details().setReading(m_timeline->tools().reading()); });
    connect(m_document, &TraceDocument::identified, this,
            [this] { m_capture->setIndex(m_document->index()); });
    connect(m_lanes, &LaneList::changed, this, &TracePage::splitLeft);
    connect(m_document, &TraceDocument::assessmentChanged, this, &TracePage::showAssessment);
    connect(m_measurement, &MeasurementFields::windowEntered, m_document, &TraceDocument::setWindow);
    connect(m_measurement, &MeasurementFields::driverEntered, m_document, &TraceDocument::setDriver);
    connect(m_selection, &SpanSelection::changed, this, &TracePage::showSelection);
    connect(m_areas, &AreaSelection::changed, this, &TracePage::showSelection);
    connect(m_selected, &SelectionPanel::showRequested, this, [this](const SpanRef& span) {
        const bool leavesArea = !m_areas->current().isNone();
        m_timeline->showSpan(span);
        if (leavesArea) // what was clicked is gone, and with it the focus
            m_timeline->setFocus(Qt::OtherFocusReason);
    });
    connect(m_selected, &SelectionPanel::areaRequested, m_timeline, &TimelineWidget::showArea);
    connect(m_document, &TraceDocument::indexChanged, m_goTo,
            &QWidget::hide); // its places are another trace's
    connect(m_findBar, &FindBar::showRequested, m_timeline, &TimelineWidget::showSpan);
    connect(m_findBar, &FindBar::closed, m_timeline, [this] { m_timeline->setFocus(); });
    connect(m_topKernels, &TopKernelsPanel::kernelActivated, this, &TracePage::showKernel);
    connect(m_gates, &GatesPanel::evidenceActivated, this, &TracePage::showEvidence);
    connect(m_gates, &GatesPanel::overrideEntered, m_document, &TraceDocument::overrideGate);
    connect(m_importLog, &ImportLogPanel::placeRequested, this, &TracePage::showImportPlace);
    connect(m_importLog, &ImportLogPanel::damageRequested, this, &TracePage::damageRequested);
    connect(m_context, &ContextPanel::editRequested, this, &TracePage::contextRequested);
    connect(m_gates, &GatesPanel::rowShown, this,
            [this](QWidget* row) { m_column->ensureWidgetVisible(row, 0, row->height()); });
}

void TracePage::connectGaps()
{
    connect(m_gaps, &GapNavigator::changed, this, &TracePage::markGap);
    connect(m_gaps, &GapNavigator::shown, this, [this](TimeRange gap) {
        m_tabs->show(m_autopsy);
        m_timeline->showGap(gap);
    });
    connect(m_autopsy, &GapAutopsyPanel::gapRequested, m_timeline, &TimelineWidget::showGap);
    connect(m_autopsy, &GapAutopsyPanel::partRequested, m_timeline, &TimelineWidget::showRange);
    connect(m_autopsy, &GapAutopsyPanel::showRequested, m_timeline, &TimelineWidget::showSpan);
    connect(m_histogram, &GapHistogramPlot::bandsChosen, m_gaps, &GapNavigator::setBands);
    connect(m_timeline, &TimelineWidget::litBandsDismissed, m_gaps, &GapNavigator::clearBands);
    connect(m_gaps, &GapNavigator::bandsChanged, this, [this] {
        m_histogram->setChosenBands(m_gaps->bands());
        m_timeline->setLitBands(m_gaps->bands());
    });
    connect(m_timeline, &TimelineWidget::gapDismissed, m_gaps, &GapNavigator::clear);
    connect(m_timeline, &TimelineWidget::gapClicked, this, [this](TimePoint time) {
        if (m_gaps->selectAt(time))
            m_tabs->show(m_autopsy);
    });
}

void TracePage::markGap()
{
    if (!m_gaps->hasCurrent()) {
        m_timeline->setMarkedGap(std::nullopt);
        return;
    }
    const GapAutopsy& autopsy = m_gaps->autopsy();
    MarkedGap mark{autopsy.gap, {}, {}};
    if (autopsy.next)
        mark.next = {SpanRef::Kind::Operation, m_gaps->device(), static_cast<std::uint32_t>(*autopsy.next)};
    if (autopsy.launch.isValid())
        mark.launch = {SpanRef::Kind::Call, {}, autopsy.launch.value()};
    m_timeline->setMarkedGap(mark);
}

void TracePage::showIndex()
{
    m_capture->setIndex(m_document->index());
    m_selected->details().setIndex(m_document->index());
    m_importLog->setTrace(m_document->isOpen() ? m_document->index()->sharedTrace() : nullptr);
    const std::size_t entries = m_importLog->model().entryCount();
    m_tabs->setTitle(m_importLog, entries == 0 ? tr("Import log")
                                               : tr("Import log (%1)").arg(displaytext::count(entries)));
    m_tabs->show(m_histogram);
    m_histogram->setLabelWidth(m_timeline->rulerRect().left());
    splitLeft();
}

bool TracePage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_leftSplitter && event->type() == QEvent::Resize)
        splitLeft();
    return QWidget::eventFilter(watched, event);
}

void TracePage::splitLeft()
{
    if (m_isSplitByUser)
        return;
    // What the lanes leave over is for the tabs, within sensible bounds.
    const int all = m_leftSplitter->height();
    const int spare = all - m_timeline->sizeHint().height();
    const int tabs = std::clamp(spare, lowestTabs, std::max(lowestTabs, all * 2 / 5));
    m_leftSplitter->setSizes({all - tabs, tabs});
}

void TracePage::showAssessment(const std::shared_ptr<const Assessment>& assessment)
{
    m_selected->details().setIndex(m_document->index()); // drawn steps make it another one
    m_selected->details().setReading(m_timeline->tools().reading());
    m_budget->setAssessment(m_document->index(), assessment);
    m_histogram->setAssessment(m_document->index(), assessment);
    m_gates->setAssessment(assessment);
    m_measurement->setAssessment(assessment);
    m_topKernels->setAssessment(m_document->index(), assessment);
    m_context->setAssessment(assessment);
    m_reconcile->setAssessment(assessment);
}

void TracePage::showSelection()
{
    if (!m_selection->current().isNone() || !m_areas->current().isNone())
        m_tabs->show(m_selected);
    else if (m_tabs->current() == m_selected)
        m_tabs->show(m_histogram);
}

const DetailPanel& TracePage::detailPanel() const
{
    return m_selected->details();
}

void TracePage::showKernel(NameId name)
{
    if (!m_document->isOpen())
        return;
    const SpanRef first =
        firstOperation(*m_document->index(), m_document->reference(), m_document->window(), name);
    if (!first.isNone())
        m_timeline->showSpan(first);
}

void TracePage::showImportLog()
{
    m_tabs->show(m_importLog);
}

void TracePage::showImportPlace(const ImportPlace& place)
{
    if (!m_document->isOpen())
        return;
    const Trace& trace = m_document->index()->trace();
    if (place.device.isValid()) { // a row that was kept is selected
        const ActivityTable& work = trace.device(place.device).activities;
        const std::size_t row = work.firstAtOrAfter(place.time);
        if (row < work.size() && work.begin(row) == place.time) {
            m_timeline->showSpan({SpanRef::Kind::Operation, place.device, static_cast<std::uint32_t>(row)});
            return;
        }
    }
    // About a step to either side.
    const Duration step = m_document->index()->device(m_document->reference()).steps.medianCadence;
    const Duration around = step > Duration::zero() ? step : trace.extent().duration() / shareAroundPlace;
    m_timeline->showRange({place.time - around, place.time + around + Duration(1)});
}

void TracePage::showLaunchOrWork()
{
    if (!m_document->isOpen())
        return;
    for (const SpanDetail& line : spanDetails(*m_document->index(), m_selection->current()).lines) {
        if (!line.link.isNone() &&
            (line.link.kind == SpanRef::Kind::Call) != (m_selection->current().kind == SpanRef::Kind::Call)) {
            m_timeline->showSpan(line.link);
            return;
        }
    }
}

void TracePage::showEvidence(GateId gate, const Evidence& evidence)
{
    if (evidence.place && !evidence.place->isEmpty()) {
        m_timeline->showRange(*evidence.place);
        return;
    }
    if (gate == GateId::ReconcilesWithTpot)
        m_tabs->show(m_reconcile);
    if (gate == GateId::ReconcilesWithTpot || evidence.code == EvidenceCode::DriverRecord) {
        m_column->ensureWidgetVisible(m_measurement);
        if (evidence.code == EvidenceCode::TokensPerStep)
            m_measurement->editTokensPerStep();
        else
            m_measurement->editTpot();
    } else if (gate == GateId::ContextComplete) {
        m_column->ensureWidgetVisible(m_context);
        emit contextRequested();
    }
}

int TracePage::columnWidth() const
{
    // What the budget's names and numbers ask for, with room for a slim scroll bar and one digit more.
    return std::max(390, m_budget->sizeHint().width() + 8 + 2 * fontMetrics().averageCharWidth());
}

} // namespace stepscope
