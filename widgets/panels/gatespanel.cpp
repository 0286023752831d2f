#include "widgets/panels/gatespanel.h"

#include "core/report/gatetext.h"
#include "widgets/panels/gaterow.h"
#include "widgets/panels/panelsection.h"
#include "widgets/viewmodel/displaytext.h"

#include <QVBoxLayout>

#include <algorithm>

namespace stepscope {

GatesPanel::GatesPanel(QWidget* parent)
    : QWidget(parent),
      m_section(new PanelSection(tr("GATES"),
                                 tr("What has to hold before the verdict can be trusted. A gate is as good "
                                    "as its worst row of evidence; one that fails withholds the verdict, and "
                                    "an unknown is never taken for a pass. F8 goes to the next open one."),
                                 this))
{
    m_section->content()->setSpacing(4);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_section);
}

void GatesPanel::setAssessment(const std::shared_ptr<const Assessment>& assessment)
{
    m_snapshot = assessment ? assessment->snapshot : 0;
    showGates(assessment ? assessment->referenceGates() : std::vector<GateResult>());
}

QString GatesPanel::remark() const
{
    return m_section->remark();
}

void GatesPanel::setPrinted()
{
    m_isPrinted = true;
    for (GateRow* const row : m_rows)
        row->setPrinted();
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
        auto* const row = new GateRow(m_section);
        if (m_isPrinted)
            row->setPrinted();
        connect(row, &GateRow::evidenceActivated, this, &GatesPanel::evidenceActivated);
        connect(row, &GateRow::overrideEntered, this, &GatesPanel::overrideEntered);
        m_section->content()->addWidget(row);
        m_rows.push_back(row);
    }
    for (std::size_t i = 0; i < shown.size(); ++i)
        m_rows[i]->showGate(*shown[i]);

    const auto count = [this](auto&& matches) {
        return std::count_if(m_rows.begin(), m_rows.end(), matches);
    };
    const auto failed = count([](const GateRow* row) { return row->gate().state == GateState::Fail; });
    const auto passed = count([](const GateRow* row) { return row->gate().state == GateState::Pass; });
    const auto open = count([](const GateRow* row) { return row->needsAttention(); }) - failed;
    QStringList counts;
    if (failed > 0)
        counts += displaytext::counted(static_cast<std::uint64_t>(failed), tr("1 fails"), tr("%1 fail"));
    if (passed > 0)
        counts += displaytext::counted(static_cast<std::uint64_t>(passed), tr("1 passes"), tr("%1 pass"));
    if (open > 0)
        counts +=
            displaytext::counted(static_cast<std::uint64_t>(open), tr("1 needs you"), tr("%1 need you"));
    m_section->setRemark(counts.join(QStringLiteral(" · ")));
}

void GatesPanel::showOther(int direction)
{
    const auto count = static_cast<std::ptrdiff_t>(m_rows.size());
    if (count == 0)
        return;
    std::ptrdiff_t at = std::min(m_current, count - 1);
    if (at < 0 && direction < 0)
        at = 0; // backwards from nowhere begins at the end
    for (std::ptrdiff_t step = 0; step < count; ++step) {
        at = (at + direction + count) % count;
        GateRow* const row = m_rows[static_cast<std::size_t>(at)];
        if (!row->needsAttention())
            continue;
        m_current = at;
        emit rowShown(row);
        row->activate();
        return;
    }
}

} // namespace stepscope
