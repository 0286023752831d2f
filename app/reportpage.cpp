#include "app/reportpage.h"

#include "core/report/budgetreport.h"
#include "widgets/panels/budgetpanel.h"
#include "widgets/panels/capturepanel.h"
#include "widgets/panels/gatespanel.h"
#include "widgets/panels/verdictbanner.h"
#include "widgets/plots/gaphistogramplot.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int pageWidth = 1480;
constexpr int rightWidth = 420;
constexpr int lowestHistogram = 210;

} // namespace

ReportPage::ReportPage(TraceDocument* document, QWidget* parent)
    : QWidget(parent), m_viewport(new TimelineViewport(this))
{
    setAutoFillBackground(true);
    auto* const banner = new VerdictBanner(this);
    banner->setAssessment(document->index(), document->assessment());
    auto* const middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(makeLeft(document), 1);
    middle->addWidget(makeRight(*document));
    auto* const page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(makeHead(*document));
    page->addWidget(banner);
    page->addLayout(middle, 1);
    page->addWidget(makeFoot(*document));
    // Not adjustSize(): that ends at two thirds of a screen, and there may be none.
    page->activate();
    setFixedSize(pageWidth, std::max(page->totalSizeHint().height(), page->totalHeightForWidth(pageWidth)));
}

QWidget* ReportPage::makeHead(const TraceDocument& document)
{
    const CaptureInfo& capture = document.index()->trace().capture();
    auto* const head = new QWidget(this);
    auto* const name =
        new ThemedLabel(QFileInfo(QFile::decodeName(capture.path.c_str())).fileName(), Colour::Text, head);
    name->setScale(1.25, true);
    auto* const label = new ThemedLabel(
        tr("%1 · %2").arg(QLatin1String(draftLabel),
                          displaytext::deviceName(document.index()->trace(), document.reference())),
        Colour::DimText, head);
    auto* const row = new QHBoxLayout(head);
    row->setContentsMargins(18, 12, 14, 10);
    row->addWidget(name);
    row->addStretch();
    row->addWidget(label);
    return head;
}

QWidget* ReportPage::makeLeft(TraceDocument* document)
{
    auto* const left = new QWidget(this);
    auto* const timeline = new TimelineWidget(document, m_viewport, left);
    timeline->fitWindow();
    auto* const histogram = new GapHistogramPlot(left);
    histogram->setAssessment(document->index(), document->assessment());
    histogram->setLabelWidth(timeline->rulerRect().left());
    histogram->setMinimumHeight(lowestHistogram);
    auto* const column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(timeline);
    column->addWidget(histogram, 1);
    return left;
}

QWidget* ReportPage::makeRight(const TraceDocument& document)
{
    auto* const right = new QWidget(this);
    right->setFixedWidth(rightWidth);
    auto* const budget = new BudgetPanel(right);
    budget->setAssessment(document.index(), document.assessment());
    auto* const gates = new GatesPanel(right);
    gates->setAssessment(document.assessment());
    auto* const capture = new CapturePanel(right);
    capture->setIndex(document.index());
    auto* const column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(budget);
    column->addWidget(gates);
    column->addWidget(capture);
    column->addStretch();
    return right;
}

QWidget* ReportPage::makeFoot(const TraceDocument& document)
{
    const CaptureInfo& capture = document.index()->trace().capture();
    auto* const foot = new QWidget(this);
    // Of a file that people compare with others: written as files are, not as the screen is.
    const QString made = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    auto* const hash = new ThemedLabel(
        QStringLiteral("SHA-256 %1").arg(QString::fromStdString(capture.sha256)), Colour::DimText, foot);
    hash->setMonospaced();
    auto* const program =
        new ThemedLabel(QStringLiteral("StepScope %1 · %2").arg(QCoreApplication::applicationVersion(), made),
                        Colour::DimText, foot);
    auto* const row = new QHBoxLayout(foot);
    row->setContentsMargins(18, 8, 14, 10);
    row->addWidget(hash);
    row->addStretch();
    row->addWidget(program);
    return foot;
}

} // namespace stepscope
