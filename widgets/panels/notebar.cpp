#include "widgets/panels/notebar.h"

#include "widgets/theme/themedlabel.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace stepscope {

namespace {

constexpr int markWidth = 4;

} // namespace

NoteBar::NoteBar(QWidget* parent)
    : QWidget(parent), m_title(new ThemedLabel(Colour::Text, this)),
      m_text(new ThemedLabel(Colour::DimText, this)), m_action(new QPushButton(this)),
      m_buttons(new QHBoxLayout), m_close(new QToolButton(this))
{
    m_title->setScale(1.0, true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setText(QStringLiteral("✕"));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close this note"));
    m_close->setAccessibleName(m_close->toolTip());

    auto* const texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_text);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(14 + markWidth, 8, 10, 8);
    layout->setSpacing(12);
    layout->addLayout(texts, 1);
    m_buttons->setSpacing(8);
    m_buttons->addWidget(m_action, 0, Qt::AlignVCenter);
    layout->addLayout(m_buttons);
    layout->addWidget(m_close, 0, Qt::AlignVCenter);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (const std::function<void()> work = m_work)
            work(); // it may show another note
    });
    hide();
}

void NoteBar::showNote(const QString& title, const QString& text, Colour mark, const QString& action,
                       std::function<void()> work)
{
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_work = std::move(work);
    for (QPushButton* const old : m_choices) {
        old->hide();
        old->deleteLater(); // its click may have led here
    }
    m_choices.clear();
    m_mark = mark;
    show();
    update();
}

void NoteBar::addChoices(const std::vector<Choice>& choices)
{
    for (const Choice& choice : choices) {
        auto* const button = new QPushButton(choice.text, this);
        connect(button, &QPushButton::clicked, this, choice.choose);
        m_buttons->insertWidget(static_cast<int>(m_choices.size()), button, 0, Qt::AlignVCenter);
        m_choices.push_back(button);
    }
}

QString NoteBar::title() const
{
    return m_title->text();
}

QString NoteBar::text() const
{
    return m_text->text();
}

void NoteBar::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    painter.fillRect(rect(), colours[Colour::Raised]);
    painter.fillRect(0, 0, markWidth, height(), colours[m_mark]);
    painter.fillRect(0, height() - 1, width(), 1, colours[Colour::Separator]);
}

} // namespace stepscope
