#include "widgets/panels/gaterow.h"

#include "core/report/gatetext.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QGridLayout>

namespace stepscope {

namespace {

struct GateMark {
    QString sign;
    Colour colour;
};

GateMark markOf(GateState state)
{
    switch (state) {
    case GateState::Pass:
        return {QStringLiteral("✓"), Colour::Pass};
    case GateState::Warn:
        return {QStringLiteral("!"), Colour::Warn};
    case GateState::Fail:
        return {QStringLiteral("✕"), Colour::Fail};
    case GateState::Unknown:
        return {QStringLiteral("?"), Colour::DimText};
    case GateState::NotApplicable:
        break;
    }
    return {QStringLiteral("–"), Colour::FaintText};
}

} // namespace

GateRow::GateRow(QWidget* parent)
    : QWidget(parent), m_sign(new ThemedLabel(Colour::DimText, this)),
      m_title(new ThemedLabel(Colour::Text, this)), m_evidence(new ThemedLabel(Colour::DimText, this))
{
    m_sign->setScale(1.0, true);
    m_sign->setFixedWidth(fontMetrics().horizontalAdvance(QLatin1Char('M')) + 4);
    m_evidence->setWordWrap(true);
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(0);
    grid->addWidget(m_sign, 0, 0, Qt::AlignTop);
    grid->addWidget(m_title, 0, 1);
    grid->addWidget(m_evidence, 1, 1);
    grid->setColumnStretch(1, 1);
}

void GateRow::showGate(const GateResult& gate)
{
    const GateMark mark = markOf(gate.state);
    m_sign->setText(mark.sign);
    m_sign->setColour(mark.colour);
    m_title->setText(QStringLiteral("%1 %2").arg(QString::number(static_cast<int>(gate.gate)),
                                                 displaytext::core(gateTitle(gate.gate))));
    const Evidence* const reason = decidingEvidence(gate);
    // A passed gate needs no words; its evidence is in the tooltip with the rest.
    m_evidence->setText(reason && gate.state != GateState::Pass
                            ? displaytext::sentence(evidenceSentence(*reason))
                            : QString());
    m_evidence->setVisible(!m_evidence->text().isEmpty());
    QStringList rows;
    for (const Evidence& evidence : gate.evidence) {
        rows += QStringLiteral("%1 %2").arg(markOf(evidence.state).sign,
                                            displaytext::sentence(evidenceSentence(evidence)));
    }
    setToolTip(displaytext::toolTip(rows.join(QLatin1Char('\n'))));
    setAccessibleName(m_title->text());
    setAccessibleDescription(displaytext::core(gateStateWord(gate.state)));
}

} // namespace stepscope
