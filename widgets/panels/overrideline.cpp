#include "widgets/panels/overrideline.h"

#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace stepscope {

OverrideLine::OverrideLine(QWidget* parent)
    : QWidget(parent), m_text(new ThemedLabel(Colour::Warn, this)), m_field(new QLineEdit(this)),
      m_button(new QPushButton(this))
{
    m_text->setWordWrap(true);
    m_field->setPlaceholderText(tr("why go on in spite of it?"));
    m_field->setAccessibleName(tr("Reason for overriding the gate"));
    const QString meaning =
        tr("The verdict is given in spite of this gate. The gate stays failed, and every export "
           "carries the reason.");
    m_field->setToolTip(displaytext::toolTip(meaning));
    m_button->setAutoDefault(false);
    m_button->setToolTip(displaytext::toolTip(meaning));
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 2, 0, 3);
    row->setSpacing(6);
    row->addWidget(m_text, 1);
    row->addWidget(m_field, 1);
    row->addWidget(m_button);
    connect(m_field, &QLineEdit::returnPressed, this, &OverrideLine::enter);
    connect(m_field, &QLineEdit::textChanged, this, &OverrideLine::showParts);
    connect(m_button, &QPushButton::clicked, this, &OverrideLine::enter);
    showParts();
}

void OverrideLine::setReason(const QString& reason)
{
    if (reason == m_reason)
        return;
    m_reason = reason;
    m_field->clear();
    showParts();
}

void OverrideLine::setPrinted()
{
    m_isPrinted = true;
    showParts();
}

void OverrideLine::showParts()
{
    const bool isInForce = !m_reason.isEmpty();
    m_text->setVisible(isInForce);
    m_text->setText(tr("overridden: %1").arg(m_reason));
    m_field->setVisible(!isInForce && !m_isPrinted);
    m_button->setVisible(!m_isPrinted);
    m_button->setText(isInForce ? tr("Take back") : tr("Override"));
    m_button->setEnabled(isInForce || !m_field->text().trimmed().isEmpty());
}

void OverrideLine::enter()
{
    if (!m_reason.isEmpty())
        emit reasonEntered({});
    else if (const QString reason = m_field->text().trimmed(); !reason.isEmpty())
        emit reasonEntered(reason);
}

} // namespace stepscope
