#include "app/salvagepage.h"

#include "app/readingcolumn.h"
#include "app/windowstyle.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QRegularExpression>
#include <QStringList>
#include <QVBoxLayout>

namespace stepscope {

namespace {

/// Sentences that begin with a file keep its name as it is; those of a gate begin small elsewhere.
enum class Begin { AsItIs, Capital };

/// A number stays with its unit, and whole.
QString unbroken(QString text)
{
    static const QRegularExpression gap(QStringLiteral("(?<=[0-9]) (?=[0-9]|(?:ns|µs|ms|s)\\b)"),
                                        QRegularExpression::UseUnicodePropertiesOption);
    return text.replace(gap, QString(QChar::Nbsp));
}

QString paragraph(const std::vector<Sentence>& sentences, Begin begin)
{
    QStringList parts;
    for (const Sentence& sentence : sentences) {
        QString part = displaytext::sentence(sentence);
        if (!part.endsWith(QLatin1Char('.')))
            part += QLatin1Char('.');
        if (begin == Begin::Capital && !part.isEmpty())
            part[0] = part[0].toUpper();
        parts += part;
    }
    return unbroken(parts.join(QLatin1Char(' ')));
}

} // namespace

SalvagePage::SalvagePage(QWidget* parent)
    : QWidget(parent), m_title(new ThemedLabel(Colour::Text, this)),
      m_found(new ThemedLabel(Colour::Text, this)), m_meaning(new ThemedLabel(Colour::Text, this)),
      m_use(new QPushButton(tr("Use the part that is whole"), this)), m_log(new QPushButton(this))
{
    m_title->setScale(1.5, true);
    m_found->setScale(1.1);
    m_meaning->setScale(1.1);
    for (ThemedLabel* const label : {m_title, m_found, m_meaning}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* const open = new QPushButton(tr("Open another…"), this);
    m_use->setDefault(true);
    setPrimary(m_use);

    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(10);
    for (QPushButton* const button : {m_use, m_log, open})
        buttons->addWidget(button);
    buttons->addStretch();
    QVBoxLayout* const column = makeReadingColumn(this);
    column->addStretch(1);
    column->addWidget(m_title);
    column->addWidget(m_found);
    column->addWidget(m_meaning);
    column->addSpacing(6);
    column->addLayout(buttons);
    column->addStretch(2);
    connect(m_use, &QPushButton::clicked, this, &SalvagePage::useRequested);
    connect(m_log, &QPushButton::clicked, this, &SalvagePage::logRequested);
    connect(open, &QPushButton::clicked, this, &SalvagePage::openRequested);
    setFocusProxy(m_use);
}

void SalvagePage::setText(const SalvageText& text, std::size_t logEntries)
{
    std::vector<Sentence> found = text.found;
    found.insert(found.end(), text.lanes.begin(), text.lanes.end());
    m_title->setText(displaytext::sentence(text.title));
    m_found->setText(paragraph(found, Begin::AsItIs));
    m_meaning->setText(paragraph(text.reason, Begin::Capital) + QLatin1String("\n\n") +
                       paragraph(text.meaning, Begin::Capital));
    m_log->setText(displaytext::counted(logEntries, tr("Import log, 1 entry"), tr("Import log, %1 entries")));
}

QString SalvagePage::title() const
{
    return m_title->text();
}

QString SalvagePage::text() const
{
    return QString(m_found->text() + QLatin1Char('\n') + m_meaning->text())
        .replace(QChar::Nbsp, QLatin1Char(' '));
}

} // namespace stepscope
