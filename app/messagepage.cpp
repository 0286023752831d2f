#include "app/messagepage.h"

#include "app/readingcolumn.h"
#include "app/windowstyle.h"
#include "widgets/theme/themedlabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace stepscope {

MessagePage::MessagePage(QWidget* parent)
    : QWidget(parent), m_title(new ThemedLabel(Colour::Text, this)),
      m_text(new ThemedLabel(Colour::Text, this)), m_open(new QPushButton(tr("Open another…"), this)),
      m_buttons(new QHBoxLayout)
{
    m_title->setScale(1.5, true);
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setScale(1.1);
    for (ThemedLabel* const label : {m_title, m_text})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* const back = new QPushButton(tr("Back to the first page"), this);
    m_open->setDefault(true);
    setPrimary(m_open);

    m_buttons->setSpacing(10);
    m_buttons->addWidget(m_open);
    m_buttons->addWidget(back);
    m_buttons->addStretch();
    QVBoxLayout* const column = makeReadingColumn(this);
    column->addStretch(1);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addLayout(m_buttons);
    column->addStretch(2);
    connect(m_open, &QPushButton::clicked, this, &MessagePage::openRequested);
    connect(back, &QPushButton::clicked, this, &MessagePage::backRequested);
}

void MessagePage::setMessage(const QString& title, const QString& text, const std::vector<Choice>& choices)
{
    m_title->setText(title);
    m_text->setText(text);
    for (QPushButton* const old : m_choices) {
        old->hide();
        old->deleteLater(); // its click may have led here
    }
    m_choices.clear();
    QPushButton* best = m_open;
    for (const Choice& choice : choices) {
        auto* const button = new QPushButton(choice.text, this);
        if (choice.isBest)
            best = button;
        connect(button, &QPushButton::clicked, this, choice.choose);
        m_buttons->insertWidget(static_cast<int>(m_choices.size()), button);
        m_choices.push_back(button);
    }
    setPrimary(m_open, best == m_open);
    setPrimary(best);
    best->setDefault(true);
    best->setFocus();
}

QString MessagePage::title() const
{
    return m_title->text();
}

QString MessagePage::text() const
{
    return m_text->text();
}

} // namespace stepscope
