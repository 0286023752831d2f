#include "widgets/panels/gatespanel.h"

#include "core/report/gatetext.h"
#include "widgets/panels/gaterow.h"
#include "widgets/panels/panelsection.h"
#include "widgets/viewmodel/displaytext.h"

#include <QVBoxLayout>

#include <algorithm>

namespace stepscope {

GatesPanel::GatesPanel(QWidget* parent) : QWidget(parent), m_section(new PanelSection(tr("GATES"), this))
{
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_section);
}

void GatesPanel::setAssessment(const std::shared_ptr<const Assessment>& assessment)
{
    m_snapshot = assessment ? assessment->snapshot : 0;
    showGates(assessment ? assessment->referenceGates() : std::vector<GateResult>());
}

void GatesPanel::showGates(const std::vector<GateResult>& gates)
{
    std::vector<const GateResult*> shown;
    for (const GateResult& gate : gates) {
        if (!gate.evidence.empty())
            shown.push_back(&gate);
    }
    while (m_rows.size() > shown.size()) {
        delete m_rows.back();
        m_rows.pop_back();
    }
    while (m_rows.size() < shown.size()) {
        m_rows.push_back(new GateRow(m_section));
        m_section->content()->addWidget(m_rows.back());
    }
    for (std::size_t i = 0; i < shown.size(); ++i)
        m_rows[i]->showGate(*shown[i]);

    QStringList counts;
    for (const GateState state : {GateState::Fail, GateState::Warn, GateState::Unknown, GateState::Pass}) {
        const auto number = std::count_if(shown.begin(), shown.end(),
                                          [state](const GateResult* gate) { return gate->state == state; });
        if (number > 0)
            counts +=
                QStringLiteral("%1 %2").arg(QString::number(number), displaytext::core(gateStateWord(state)));
    }
    m_section->setRemark(counts.join(QStringLiteral(" · ")));
}

} // namespace stepscope
