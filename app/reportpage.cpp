#include "app/reportpage.h"

#include "app/reportcontext.h"
#include "app/reportfoot.h"
#include "core/report/budgetreport.h"
#include "widgets/panels/badge.h"
#include "widgets/panels/budgetpanel.h"
#include "widgets/panels/gatespanel.h"
#include "widgets/panels/topkernelspanel.h"
#include "widgets/panels/topkernelstable.h"
#include "widgets/panels/verdictbanner.h"
#include "widgets/plots/gaphistogramplot.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/timeline/lanelayout.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/contextlist.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/topkernelsmodel.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/typicalsteps.h"

#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int pageWidth = 1600;
constexpr int rightWidth = 470;
constexpr int lowestHistogram = 230;
constexpr int tallestLanes = 900;
constexpr std::size_t stepsShown = 3;
constexpr int airShare = 40; // of a range, on either side

TimeRange withAir(TimeRange range)
{
    const Duration air = range.duration() / airShare;
    return {range.begin - air, range.end + air};
}

QWidget* captionOf(const QString& title, const QString& remark, QWidget* parent)
{
    auto* const caption = new QWidget(parent);
    auto* const name = new ThemedLabel(title, Colour::DimText, caption);
    name->setScale(0.95, true);
    auto* const row = new QHBoxLayout(caption);
    row->setContentsMargins(14, 9, 16, 7);
    row->addWidget(name);
    row->addStretch();
    row->addWidget(new ThemedLabel(remark, Colour::DimText, caption));
    return caption;
}

} // namespace

ReportPage::ReportPage(TraceDocument* document, double ratio, QWidget* parent)
    : QWidget(parent), m_document(document), m_ratio(ratio), m_windowLanes(new LaneList(document, this)),
      m_stepLanes(new LaneList(document, this)), m_selection(new SpanSelection(*document, this)),
      m_areas(new AreaSelection(*document, *m_selection, this)), m_body(new QWidget(this))
{
    setAutoFillBackground(true);
    const DeviceId reference = document->reference();
    const ProcessId process = document->index()->trace().device(reference).process;
    const QString device = QStringLiteral("device:%1").arg(reference.value());
    m_windowLanes->setExpandedGroups({device});
    m_stepLanes->setExpandedGroups({device, QStringLiteral("host:%1").arg(process.value())});
    for (LaneList* const lanes : {m_windowLanes, m_stepLanes})
        lanes->finishPacking();
    auto* const banner = new VerdictBanner(m_body);
    banner->setAssessment(document->index(), document->assessment());
    auto* const middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(makeLeft(), 1);
    middle->addWidget(makeRight());
    auto* const page = new QVBoxLayout(m_body);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(makeHead());
    page->addWidget(banner);
    page->addLayout(middle, 1);
    page->addWidget(makeContext());
    page->addWidget(makeFoot());
    // Not adjustSize(): that ends at two thirds of a screen, and there may be none.
    page->activate();
    const int height = std::max(page->totalSizeHint().height(), page->totalHeightForWidth(pageWidth));
    m_body->setFixedSize(pageWidth, height);
    setFixedSize(pageWidth, height);
    ensurePolished();
}

ReportPage::~ReportPage()
{
    delete m_body; // the timelines go before the lanes and the selection that they show
}

QWidget* ReportPage::makeHead()
{
    const CaptureInfo& capture = m_document->index()->trace().capture();
    const Assessment& assessment = *m_document->assessment();
    auto* const head = new QWidget(m_body);
    auto* const name =
        new ThemedLabel(QFileInfo(QFile::decodeName(capture.path.c_str())).fileName(), Colour::Text, head);
    name->setScale(1.25, true);
    auto* const label = new Badge(Badge::Style::Outlined, head);
    label->setContent(QLatin1String(labelOf(assessment.context)),
                      assessment.context.isComplete() ? Colour::Pass : Colour::Warn);
    auto* const reason = new ThemedLabel(tr("%1 of %2 context fields are unknown")
                                             .arg(assessment.context.missingCount())
                                             .arg(assessment.context.requiredCount()),
                                         Colour::DimText, head);
    auto* const row = new QHBoxLayout(head);
    row->setContentsMargins(18, 12, 14, 10);
    row->setSpacing(12);
    row->addWidget(name);
    row->addStretch();
    row->addWidget(reason);
    row->addWidget(label);
    return head;
}

QWidget* ReportPage::makeTimeline(LaneList* list, TimeRange view, QWidget* parent)
{
    auto* const viewport = new TimelineViewport(parent);
    auto* const timeline = new TimelineWidget(m_document, viewport, list, m_selection, m_areas, parent);
    timeline->setPixelRatio(m_ratio);
    viewport->setView(view);
    const std::vector<Lane>& lanes = list->lanes();
    const int head = timeline->sizeHint().height() - LaneLayout::preferred(lanes);
    const int all = LaneLayout(lanes, 0).contentHeight();
    timeline->setFixedHeight(head + std::min(tallestLanes, std::max(all, LaneLayout::preferred(lanes))));
    return timeline;
}

QWidget* ReportPage::makeLeft()
{
    const Assessment& assessment = *m_document->assessment();
    const TraceIndex& index = *m_document->index();
    const QString device = displaytext::deviceName(index.trace(), assessment.reference);
    auto* const left = new QWidget(m_body);
    auto* const column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(captionOf(tr("THE WINDOW"),
                                tr("%1 · %2 · %3")
                                    .arg(displaytext::window(m_document->window()),
                                         displaytext::counted(assessment.referenceWindow().budget.steps,
                                                              tr("1 step"), tr("%1 steps")),
                                         device),
                                left));
    column->addWidget(makeTimeline(m_windowLanes, withAir(m_document->window()), left));
    if (const std::optional<TypicalSteps> typical = typicalSteps(index, assessment, stepsShown)) {
        const QString which =
            typical->count == 1
                ? tr("step %1").arg(typical->first)
                : tr("steps %1 to %2").arg(typical->first).arg(typical->first + typical->count - 1);
        column->addWidget(captionOf(
            displaytext::counted(typical->count, tr("A STEP OF THE WINDOW"), tr("%1 STEPS OF THE WINDOW")),
            tr("%1 of %2, nearest to the median of %3")
                .arg(which, displaytext::count(assessment.referenceWindow().budget.steps),
                     displaytext::duration(assessment.referenceWindow().cadence.spread.median)),
            left));
        column->addWidget(makeTimeline(m_stepLanes, withAir(typical->range), left));
    }
    column->addWidget(captionOf(tr("IDLE GAPS"), tr("gaps wholly inside the window · %1").arg(device), left));
    auto* const histogram = new GapHistogramPlot(left);
    histogram->setPixelRatio(m_ratio);
    histogram->setAssessment(m_document->index(), m_document->assessment());
    if (const auto* const timeline = left->findChild<TimelineWidget*>())
        histogram->setLabelWidth(timeline->rulerRect().left());
    histogram->setMinimumHeight(lowestHistogram);
    column->addWidget(histogram, 1);
    auto* const kernels = new TopKernelsPanel(left);
    kernels->setAssessment(m_document->index(), m_document->assessment());
    kernels->model().waitForFinished();
    for (QPushButton* const button : kernels->findChildren<QPushButton*>())
        button->hide(); // nobody can press it
    column->addWidget(kernels);
    if (const int more = kernels->model().rowCount() - TopKernelsTable::rowsAtFirst; more > 0) {
        auto* const rest = new ThemedLabel(displaytext::counted(static_cast<std::uint64_t>(more),
                                                                tr("1 more name is not listed here"),
                                                                tr("%1 more names are not listed here")),
                                           Colour::FaintText, left);
        rest->setContentsMargins(18, 6, 0, 8);
        column->addWidget(rest);
    }
    return left;
}

QWidget* ReportPage::makeRight()
{
    auto* const right = new QWidget(m_body);
    right->setFixedWidth(rightWidth);
    auto* const budget = new BudgetPanel(right);
    budget->setAssessment(m_document->index(), m_document->assessment());
    auto* const gates = new GatesPanel(right);
    gates->setPrinted();
    gates->setAssessment(m_document->assessment());
    auto* const column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(budget);
    column->addWidget(gates);
    column->addStretch();
    return right;
}

QWidget* ReportPage::makeContext()
{
    return new ReportContext(m_document->assessment()->context, m_body);
}

QWidget* ReportPage::makeFoot()
{
    return new ReportFoot(*m_document, m_body);
}

} // namespace stepscope
