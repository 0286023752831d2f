#include "widgets/panels/topkernelspanel.h"

#include "widgets/panels/panelsection.h"
#include "widgets/panels/topkernelstable.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/topkernelsmodel.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>

#include <chrono>

namespace stepscope {

TopKernelsPanel::TopKernelsPanel(QWidget* parent)
    : QWidget(parent), m_model(new TopKernelsModel(this)),
      m_section(new PanelSection(tr("TOP KERNELS IN WINDOW"),
                                 tr("What the GPU spent the window on, by kernel name. Kernels that run at "
                                    "the same time count each."),
                                 this)),
      m_caption(new ThemedLabel(Colour::DimText, m_section)),
      m_table(new TopKernelsTable(m_model, m_section)), m_more(new QPushButton(m_section))
{
    m_caption->setWordWrap(true);
    m_patience.setSingleShot(true);
    m_patience.setInterval(std::chrono::milliseconds(150));
    connect(&m_patience, &QTimer::timeout, this, &TopKernelsPanel::showState);
    m_more->setAutoDefault(false);
    m_more->setCursor(Qt::PointingHandCursor);
    m_section->content()->addWidget(m_caption);
    m_section->content()->addWidget(m_table);
    m_section->content()->addWidget(m_more, 0, Qt::AlignLeft);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_section);
    connect(m_model, &TopKernelsModel::updated, this, &TopKernelsPanel::showState);
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
            &TopKernelsPanel::showState);
    connect(m_table, &TopKernelsTable::rowActivated, this,
            [this](int row) { emit kernelActivated(m_model->nameAt(row)); });
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_table->setAllShown(!m_table->isAllShown());
        showState();
    });
    applyTheme();
    showState();
}

void TopKernelsPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void TopKernelsPanel::applyTheme()
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    const QString sheet =
        QStringLiteral("QPushButton { color: %1; background: transparent; border: 1px solid transparent;"
                       " padding: 1px 3px; }"
                       "QPushButton:hover { text-decoration: underline; }"
                       "QPushButton:focus { border-color: %2; }")
            .arg(colours[Colour::Link].name(), colours[Colour::Focus].name());
    if (m_more->styleSheet() != sheet)
        m_more->setStyleSheet(sheet);
}

void TopKernelsPanel::setAssessment(const std::shared_ptr<const TraceIndex>& index,
                                    const std::shared_ptr<const Assessment>& assessment)
{
    m_model->setAssessment(index, assessment);
}

std::uint64_t TopKernelsPanel::shownSnapshot() const
{
    return m_model->shownSnapshot();
}

void TopKernelsPanel::showState()
{
    const int rows = m_model->rowCount();
    const QString names =
        displaytext::counted(static_cast<std::uint64_t>(rows), tr("1 name"), tr("%1 names"));
    if (!m_model->isUpdating())
        m_patience.stop();
    else if (!m_isUpdating)
        m_patience.start();
    m_isUpdating = m_model->isUpdating();
    if (m_isUpdating && !m_patience.isActive())
        m_section->setRemark(tr("updating…"),
                             tr("The window holds many operations: they are summed in the background."));
    else if (rows > 0)
        m_section->setRemark(QStringLiteral("%1 · %2").arg(order(), names));
    else
        m_section->setRemark({});
    m_caption->setText(caption());
    m_caption->setVisible(!m_caption->text().isEmpty());
    m_table->setVisible(rows > 0);
    m_more->setVisible(rows > TopKernelsTable::rowsAtFirst);
    m_more->setText(m_table->isAllShown() ? tr("Show fewer") : tr("Show all %1").arg(names));
}

QString TopKernelsPanel::caption() const
{
    const KernelSummary* const summary = m_model->summary();
    if (!summary)
        return {};
    if (summary->rows.empty())
        return tr("The GPU did nothing in the window.");
    if (summary->steps == 0)
        return tr("No whole decode step lies in the window: these are the sums of the window itself.");
    for (const KernelRow& row : summary->rows) {
        if (row.kind == ActivityKind::GraphTrace)
            return tr("Each graph replay is recorded as one span: kernels inside graphs are not listed.");
    }
    return {};
}

QString TopKernelsPanel::order() const
{
    switch (m_table->horizontalHeader()->sortIndicatorSection()) {
    case TopKernelsModel::Name:
        return tr("by name");
    case TopKernelsModel::Class:
        return tr("by class");
    case TopKernelsModel::PerStep:
        return tr("by count");
    case TopKernelsModel::InGraph:
        return tr("by share in graphs");
    default:
        return tr("by time");
    }
}

} // namespace stepscope
