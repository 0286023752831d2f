#include "widgets/panels/contextpanel.h"

#include "widgets/panels/panelsection.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/contextlist.h"
#include "widgets/viewmodel/displaytext.h"

#include <QVBoxLayout>

namespace stepscope {

ContextPanel::ContextPanel(QWidget* parent)
    : QWidget(parent),
      m_section(new PanelSection(tr("MEASUREMENT CONTEXT"),
                                 tr("What a number needs beside it to be compared with another. While a "
                                    "required field is missing, every export is a DRAFT."),
                                 this)),
      m_known(new ThemedLabel(Colour::DimText, m_section))
{
    m_known->setWordWrap(true);
    m_known->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_section->content()->addWidget(m_known);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_section);
}

void ContextPanel::setAssessment(const std::shared_ptr<const Assessment>& assessment)
{
    if (!assessment) {
        m_section->setRemark({});
        m_known->clear();
        m_shown.reset();
        return;
    }
    if (m_shown == assessment->context) // a window changes nothing of it
        return;
    m_shown = assessment->context;
    QStringList known;
    QStringList all;
    for (const ContextLine& line : contextLines(assessment->context)) {
        if (!line.value.isEmpty())
            known += tr("%1 %2").arg(line.name, line.value);
        all += line.value.isEmpty() ? tr("%1: %2").arg(line.name, line.source)
                                    : tr("%1: %2 (%3)").arg(line.name, line.value, line.source);
    }
    m_section->setRemark(contextRemark(assessment->context),
                         tr("A number without its context cannot be compared with another. What is not known "
                            "is said to be unknown in every report."));
    m_section->setRemarkColour(assessment->context.isComplete() ? Colour::DimText : Colour::Warn);
    m_known->setText(known.isEmpty() ? tr("the trace says nothing of it")
                                     : known.join(QStringLiteral(" · ")));
    m_known->setToolTip(displaytext::toolTip(all.join(QLatin1Char('\n'))));
}

QString ContextPanel::remark() const
{
    return m_section->remark();
}

QString ContextPanel::knownText() const
{
    return m_known->text();
}

} // namespace stepscope
