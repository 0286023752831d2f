#include "app/tracepage.h"

#include "app/settings.h"
#include "widgets/panels/budgetpanel.h"
#include "widgets/panels/capturepanel.h"
#include "widgets/panels/gatespanel.h"
#include "widgets/panels/measurementfields.h"
#include "widgets/plots/gaphistogramplot.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace stepscope {

namespace {

const QString leftSplitterName = QStringLiteral("timelineOverHistogram");

constexpr int lowestHistogram = 150;

} // namespace

TracePage::TracePage(TraceDocument* document, TimelineViewport* viewport, Settings& settings, QWidget* parent)
    : QWidget(parent), m_document(document), m_settings(settings),
      m_timeline(new TimelineWidget(document, viewport, this)), m_histogram(new GapHistogramPlot(this)),
      m_budget(new BudgetPanel), m_gates(new GatesPanel), m_measurement(new MeasurementFields),
      m_capture(new CapturePanel), m_leftSplitter(new QSplitter(Qt::Vertical, this))
{
    m_histogram->setLabelWidth(m_timeline->rulerRect().left());
    m_leftSplitter->addWidget(m_timeline);
    m_leftSplitter->addWidget(m_histogram);
    m_leftSplitter->setHandleWidth(1);
    m_leftSplitter->setChildrenCollapsible(false);
    m_leftSplitter->installEventFilter(this);
    m_leftSplitter->setStretchFactor(0, 3);
    m_leftSplitter->setStretchFactor(1, 1);
    m_isSplitByUser = m_leftSplitter->restoreState(m_settings.splitter(leftSplitterName));
    connect(m_leftSplitter, &QSplitter::splitterMoved, this, [this] { m_isSplitByUser = true; });

    auto* const column = new QWidget;
    auto* const panels = new QVBoxLayout(column);
    panels->setContentsMargins(0, 0, 0, 0);
    panels->setSpacing(0);
    panels->addWidget(m_budget);
    panels->addWidget(m_measurement);
    panels->addWidget(m_gates);
    panels->addWidget(m_capture);
    panels->addStretch();
    auto* const scroll = new QScrollArea(this);
    scroll->setWidget(column);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFixedWidth(columnWidth());

    auto* const line = new QFrame(this);
    line->setObjectName(QStringLiteral("columnLine"));
    line->setFixedWidth(1);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_leftSplitter, 1);
    layout->addWidget(line);
    layout->addWidget(scroll);

    connect(m_document, &TraceDocument::indexChanged, this, &TracePage::showIndex);
    connect(m_document, &TraceDocument::assessmentChanged, this, &TracePage::showAssessment);
    connect(m_measurement, &MeasurementFields::windowEntered, m_document, &TraceDocument::setWindow);
    connect(m_measurement, &MeasurementFields::driverEntered, m_document, &TraceDocument::setDriver);
}

TracePage::~TracePage()
{
    if (m_isSplitByUser)
        m_settings.setSplitter(leftSplitterName, m_leftSplitter->saveState());
}

void TracePage::showIndex()
{
    m_capture->setIndex(m_document->index());
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
    // What the lanes leave over is the histogram's, within sensible bounds.
    const int all = m_leftSplitter->height();
    const int spare = all - m_timeline->sizeHint().height();
    const int histogram = std::clamp(spare, lowestHistogram, std::max(lowestHistogram, all * 2 / 5));
    m_leftSplitter->setSizes({all - histogram, histogram});
}

void TracePage::showAssessment(const std::shared_ptr<const Assessment>& assessment)
{
    m_budget->setAssessment(m_document->index(), assessment);
    m_histogram->setAssessment(m_document->index(), assessment);
    m_gates->setAssessment(assessment);
    m_measurement->setAssessment(assessment);
}

int TracePage::columnWidth() const
{
    // What the budget's names and numbers ask for, with room for a slim scroll bar and one digit more.
    return std::max(390, m_budget->sizeHint().width() + 8 + 2 * fontMetrics().averageCharWidth());
}

} // namespace stepscope
