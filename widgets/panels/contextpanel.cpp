#include "widgets/panels/contextpanel.h"

#include "widgets/panels/panelsection.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/contextlist.h"
#include "widgets/viewmodel/displaytext.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace stepscope {

ContextPanel::ContextPanel(QWidget* parent)
    : QWidget(parent),
      m_section(new PanelSection(tr("MEASUREMENT CONTEXT"),
                                 tr("What a number needs beside it to be compared with another. While a "
                                    "required field is missing, every export is a DRAFT."),
                                 this)),
      m_contradictions(new ThemedLabel(Colour::Warn, m_section)),
      m_known(new ThemedLabel(Colour::DimText, m_section)),
      m_hints(new ThemedLabel(Colour::FaintText, m_section)),
      m_command(new ThemedLabel(Colour::FaintText, m_section))
{
    for (ThemedLabel* const label : {m_contradictions, m_known, m_hints}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_section->content()->addWidget(label);
    }
    m_contradictions->hide();
    m_hints->hide();
    m_section->content()->addWidget(makeFoot());
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_section);
}

QWidget* ContextPanel::makeFoot()
{
    auto* const foot = new QWidget(m_section);
    auto* const edit = new QPushButton(tr("Edit…"), foot);
    edit->setProperty("quietLink", true);
    edit->setCursor(Qt::PointingHandCursor);
    edit->setAccessibleName(tr("Edit measurement context"));
    edit->setToolTip(displaytext::toolTip(tr("Type what is missing, and confirm what is likely (Ctrl+K)")));
    edit->setWhatsThis(edit->toolTip());
    auto* const row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_command, 1);
    row->addWidget(edit);
    connect(edit, &QPushButton::clicked, this, &ContextPanel::editRequested);
    return foot;
}

void ContextPanel::setAssessment(const std::shared_ptr<const Assessment>& assessment)
{
    if (!assessment) {
        m_section->setRemark({});
        for (ThemedLabel* const label : {m_contradictions, m_known, m_hints, m_command})
            label->clear();
        m_shown.reset();
        return;
    }
    const bool hasCommand = assessment->input.command.has_value();
    if (m_shown == assessment->context && m_hasCommand == hasCommand) // a window changes nothing of it
        return;
    m_shown = assessment->context;
    m_hasCommand = hasCommand;
    m_section->setRemark(contextRemark(assessment->context),
                         tr("A number without its context cannot be compared with another. What is not known "
                            "is said to be unknown in every report."));
    m_section->setRemarkColour(assessment->context.isComplete() ? Colour::DimText : Colour::Warn);
    m_command->setText(hasCommand ? tr("with the server's command") : tr("without the server's command"));
    showTexts(assessment->context);
}

void ContextPanel::showTexts(const MeasurementContext& context)
{
    QStringList known;
    QStringList likely;
    QStringList all;
    for (const ContextLine& line : contextLines(context)) {
        if (!line.value.isEmpty())
            (line.isHint ? likely : known) += tr("%1 %2").arg(line.name, line.value);
        all += line.value.isEmpty() ? tr("%1: %2").arg(line.name, line.source)
                                    : tr("%1: %2 (%3)").arg(line.name, line.value, line.source);
    }
    const QString dot = QStringLiteral(" · ");
    const QStringList contradictions = contradictionLines(context);
    m_contradictions->setText(contradictions.isEmpty()
                                  ? QString()
                                  : tr("The trace may be of another configuration:") + QLatin1Char('\n') +
                                        contradictions.join(QLatin1Char('\n')));
    m_contradictions->setVisible(!contradictions.isEmpty());
    m_known->setText(known.isEmpty() ? tr("the trace says nothing of it") : known.join(dot));
    m_hints->setText(likely.isEmpty() ? QString() : tr("not confirmed: %1").arg(likely.join(dot)));
    m_hints->setVisible(!likely.isEmpty());
    for (ThemedLabel* const label : {m_known, m_hints})
        label->setToolTip(displaytext::toolTip(all.join(QLatin1Char('\n'))));
}

QString ContextPanel::remark() const
{
    return m_section->remark();
}

QString ContextPanel::knownText() const
{
    return m_known->text();
}

QString ContextPanel::hintText() const
{
    return m_hints->text();
}

QString ContextPanel::contradictions() const
{
    return m_contradictions->text();
}

} // namespace stepscope
