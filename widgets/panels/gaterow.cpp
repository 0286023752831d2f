#include "widgets/panels/gaterow.h"

#include "core/report/gatetext.h"
#include "widgets/panels/evidenceline.h"
#include "widgets/panels/gatemark.h"
#include "widgets/panels/overrideline.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QGridLayout>
#include <QMouseEvent>
#include <QToolButton>

namespace stepscope {

GateRow::GateRow(QWidget* parent)
    : QWidget(parent), m_head(new QToolButton(this)), m_sign(new ThemedLabel(Colour::DimText, this)),
      m_title(new ThemedLabel(Colour::Text, this)), m_state(new ThemedLabel(Colour::DimText, this)),
      m_evidence(new QVBoxLayout), m_grid(new QGridLayout(this))
{
    m_head->setCheckable(true);
    m_head->setAutoRaise(true);
    m_head->setObjectName(QStringLiteral("disclosure"));
    m_head->setArrowType(Qt::RightArrow);
    const int side = fontMetrics().height();
    m_head->setFixedSize(side, side);
    m_sign->setScale(1.0, true);
    m_sign->setFixedWidth(fontMetrics().horizontalAdvance(QLatin1Char('M')) + 2);
    m_evidence->setContentsMargins(0, 0, 0, 0);
    m_evidence->setSpacing(0);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(4);
    m_grid->setVerticalSpacing(0);
    m_grid->addWidget(m_sign, 0, 0);
    m_grid->addWidget(m_title, 0, 1);
    m_grid->addWidget(m_state, 0, 2, Qt::AlignRight);
    m_grid->addWidget(m_head, 0, 3);
    m_grid->addLayout(m_evidence, 1, 1, 1, 3);
    m_grid->setColumnStretch(1, 1);
    connect(m_head, &QToolButton::toggled, this, &GateRow::showEvidence);
}

void GateRow::showGate(const GateResult& gate)
{
    if (gate == m_gate) // most gates say the same all through a drag
        return;
    const bool isSameState = gate.gate == m_gate.gate && gate.state == m_gate.state &&
                             gate.isOverridden() == m_gate.isOverridden() && !m_title->text().isEmpty();
    m_gate = gate;
    if (!isSameState)
        showState();
    showEvidence();
}

void GateRow::showState()
{
    const GateResult& gate = m_gate;
    const GateMark mark = gateMark(gate.state);
    m_sign->setText(mark.sign);
    m_sign->setColour(mark.colour);
    m_title->setText(QStringLiteral("%1 %2").arg(QString::number(static_cast<int>(gate.gate)),
                                                 displaytext::core(gateTitle(gate.gate))));
    const QString state = displaytext::core(gateStateWord(gate.state));
    m_state->setText(gate.isOverridden() ? tr("%1, overridden").arg(state) : state);
    m_state->setColour(gate.state == GateState::Pass ? Colour::DimText : mark.colour);
    setAccessibleName(m_title->text());
    setAccessibleDescription(m_state->text());
    m_head->setAccessibleName(tr("Evidence of gate %1").arg(m_title->text()));
    m_head->setToolTip(displaytext::toolTip(tr("Show or hide all evidence")));
    const QString meaning = displaytext::toolTip(displaytext::core(gateMeaning(gate.gate)));
    for (QWidget* const part : std::initializer_list<QWidget*>{m_sign, m_title, m_state, this}) {
        part->setToolTip(meaning);
        part->setWhatsThis(meaning);
    }
}

bool GateRow::needsAttention() const
{
    return m_gate.state != GateState::Pass && m_gate.state != GateState::NotApplicable;
}

bool GateRow::isOpened() const
{
    return m_head->isChecked();
}

void GateRow::setOpened(bool isOpened)
{
    m_head->setChecked(isOpened);
}

void GateRow::setPrinted()
{
    m_isPrinted = true;
    m_head->hide();
    showEvidence();
}

void GateRow::activate()
{
    for (EvidenceLine* const line : m_lines) {
        if (line->isHidden() || line->evidence().state != m_gate.state || line->focusPolicy() == Qt::NoFocus)
            continue;
        line->setFocus(Qt::ShortcutFocusReason);
        line->click();
        return;
    }
    m_head->setFocus(Qt::ShortcutFocusReason);
}

std::vector<const EvidenceLine*> GateRow::shownEvidence() const
{
    std::vector<const EvidenceLine*> shown;
    for (const EvidenceLine* const line : m_lines) {
        if (!line->isHidden())
            shown.push_back(line);
    }
    return shown;
}

void GateRow::mousePressEvent(QMouseEvent* event)
{
    // The whole line opens, not the small arrow alone.
    if (event->button() == Qt::LeftButton && !m_isPrinted && event->pos().y() <= m_head->geometry().bottom())
        m_head->toggle();
}

bool GateRow::leadsSomewhere(GateId gate, const Evidence& evidence)
{
    if (evidence.place && !evidence.place->isEmpty())
        return true;
    const bool isAnswered = evidence.state == GateState::Pass || evidence.state == GateState::NotApplicable;
    return !isAnswered && (gate == GateId::ReconcilesWithTpot || gate == GateId::ContextComplete ||
                           evidence.code == EvidenceCode::DriverRecord);
}

void GateRow::showEvidence()
{
    m_head->setArrowType(isOpened() ? Qt::DownArrow : Qt::RightArrow);
    std::vector<const Evidence*> shown;
    for (const Evidence& evidence : m_gate.evidence)
        shown.push_back(&evidence);
    if (!isOpened() && !m_isPrinted) {
        const Evidence* const reason = decidingEvidence(m_gate);
        shown.clear();
        if (reason && m_gate.state != GateState::Pass)
            shown.push_back(reason);
    }
    while (m_lines.size() < shown.size()) {
        auto* const line = new EvidenceLine(this);
        connect(line, &QAbstractButton::clicked, this,
                [this, line] { emit evidenceActivated(m_gate.gate, line->evidence()); });
        m_evidence->addWidget(line);
        m_lines.push_back(line);
    }
    const bool isWhole = isOpened() || m_isPrinted;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i]->setVisible(i < shown.size());
        if (i < shown.size())
            m_lines[i]->showEvidence(*shown[i], !m_isPrinted && leadsSomewhere(m_gate.gate, *shown[i]),
                                     isWhole);
    }
    showOverride(isWhole);
}

/// Only where a failure withholds the verdict, or would: offered when the gate is opened, shown always.
void GateRow::showOverride(bool isWhole)
{
    const bool isOffered = m_gate.state == GateState::Fail && isWhole && !m_isPrinted;
    const bool isShown = isOffered || m_gate.isOverridden();
    if (isShown && m_override == nullptr) {
        m_override = new OverrideLine(this);
        m_grid->addWidget(m_override, 2, 1, 1, 3);
        connect(m_override, &OverrideLine::reasonEntered, this,
                [this](const QString& reason) { emit overrideEntered(m_gate.gate, reason); });
        if (m_isPrinted)
            m_override->setPrinted();
    }
    if (m_override == nullptr)
        return;
    m_override->setReason(m_gate.isOverridden() ? QString::fromStdString(m_gate.overrideReason) : QString());
    m_override->setVisible(isShown);
}

} // namespace stepscope
