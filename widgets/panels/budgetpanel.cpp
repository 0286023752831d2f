#include "widgets/panels/budgetpanel.h"

#include "widgets/panels/budgettable.h"
#include "widgets/panels/cadencesummary.h"
#include "widgets/panels/panelsection.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/budgetmodel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QVBoxLayout>

namespace stepscope {

BudgetPanel::BudgetPanel(QWidget* parent)
    : QWidget(parent), m_model(new BudgetModel(this)),
      m_budgetSection(new PanelSection(tr("DECODE-STEP BUDGET"),
                                       tr("Where the time of a decode step goes: every nanosecond of the "
                                          "clean steps in the window is in exactly one row."),
                                       this)),
      m_subject(new ThemedLabel(Colour::DimText, m_budgetSection)),
      m_table(new BudgetTable(m_model, m_budgetSection)),
      m_footnote(new ThemedLabel(Colour::DimText, m_budgetSection)),
      m_cadenceSection(new PanelSection(
          tr("STEP CADENCE"),
          tr("How long the clean steps of the window take, from one to the next, and how evenly."), this)),
      m_cadence(new CadenceSummary(m_cadenceSection))
{
    m_footnote->setWordWrap(true);
    m_subject->setWordWrap(true);
    m_budgetSection->content()->addWidget(m_subject);
    m_budgetSection->content()->addWidget(m_table);
    m_budgetSection->content()->addWidget(m_footnote);
    m_cadenceSection->content()->addWidget(m_cadence);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_budgetSection);
    layout->addWidget(m_cadenceSection);
}

void BudgetPanel::setAssessment(const std::shared_ptr<const TraceIndex>& index,
                                const std::shared_ptr<const Assessment>& assessment)
{
    m_model->setAssessment(index, assessment);
    m_cadence->setAssessment(assessment);
    if (!index || !assessment) {
        m_subject->clear();
        m_footnote->clear();
        return;
    }
    const StepIndex& steps = index->device(assessment->reference).steps;
    m_budgetSection->setRemark(displaytext::deviceName(index->trace(), assessment->reference));
    m_subject->setText(subject(*assessment));
    m_footnote->setText(footnote(*index, *assessment));
    m_footnote->setVisible(!m_footnote->text().isEmpty());
    m_cadenceSection->setRemark(displaytext::stepSource(steps), displaytext::stepSourceToolTip(steps));
}

std::uint64_t BudgetPanel::shownSnapshot() const
{
    return m_model->shownSnapshot() == m_cadence->shownSnapshot() ? m_model->shownSnapshot() : 0;
}

QString BudgetPanel::subject(const Assessment& assessment)
{
    const QString steps =
        displaytext::counted(assessment.referenceWindow().budget.steps, tr("1 step"), tr("%1 steps"));
    return tr("window %1 · %2").arg(displaytext::window(assessment.analysis.window), steps);
}

QString BudgetPanel::footnote(const TraceIndex& index, const Assessment& assessment)
{
    const DeviceWindow& window = assessment.referenceWindow();
    QStringList lines;
    if (window.budget.steps == 0) {
        const auto length = static_cast<double>(assessment.analysis.window.duration().count());
        lines += tr("No whole decode step lies in the window, so there is no budget. The GPU is busy for %1 "
                    "of it.")
                     .arg(displaytext::percentWithSign(static_cast<double>(window.inWindow.busy().count()) /
                                                       std::max(1.0, length)));
    }
    const NotCounted& left = window.notCounted;
    if (left.time > Duration::zero() && window.budget.steps > 0) {
        QStringList parts;
        const auto add = [&parts](std::size_t count, const QString& one, const QString& many) {
            if (count > 0)
                parts += displaytext::counted(count, one, many);
        };
        add(left.edgeSteps, tr("1 edge step"), tr("%1 edge steps"));
        add(left.prefillSteps, tr("1 prefill"), tr("%1 prefills"));
        add(left.mixedSteps, tr("1 mixed step"), tr("%1 mixed steps"));
        add(left.lullSteps, tr("1 lull"), tr("%1 lulls"));
        parts += displaytext::duration(left.time);
        lines += tr("not counted: %1").arg(parts.join(QLatin1String(", ")));
    }
    if (index.device(assessment.reference).occupancy.isGraphLevel()) {
        lines += tr("Each graph replay is recorded as one span, so busy is an upper bound. Compute, comm and "
                    "copies are those outside graphs; inside they are unknown.");
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace stepscope
