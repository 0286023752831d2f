#include "widgets/panels/evidenceline.h"

#include "core/report/gatetext.h"
#include "widgets/panels/gatemark.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace stepscope {

EvidenceLine::EvidenceLine(QWidget* parent)
    : QAbstractButton(parent), m_sign(new ThemedLabel(Colour::DimText, this)),
      m_sentence(new ThemedLabel(Colour::DimText, this))
{
    m_sign->setFixedWidth(fontMetrics().horizontalAdvance(QLatin1Char('M')) + 2);
    m_sentence->setWordWrap(true);
    setBackgroundRole(QPalette::Window); // else the labels take the text colour of a button
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 1, 0, 1);
    row->setSpacing(4);
    row->addWidget(m_sign, 0, Qt::AlignTop);
    row->addWidget(m_sentence, 1);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void EvidenceLine::showEvidence(const Evidence& evidence, bool isLink, bool hasSign)
{
    const Shown shown{evidence, isLink, hasSign};
    if (shown == m_shown && !m_sentence->text().isEmpty())
        return;
    m_shown = shown;
    const GateMark mark = gateMark(evidence.state);
    m_sign->setVisible(hasSign);
    m_sign->setText(mark.sign);
    m_sign->setColour(mark.colour);
    m_sentence->setText(displaytext::sentence(evidenceSentence(evidence)));
    m_sentence->setColour(isLink ? Colour::Link : Colour::DimText);
    setFocusPolicy(isLink ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(isLink ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setEnabled(true);
    setAttribute(Qt::WA_TransparentForMouseEvents, !isLink);
    const QString state = displaytext::core(gateStateWord(evidence.state));
    setAccessibleName(QStringLiteral("%1: %2").arg(state, m_sentence->text()));
    const QString place = evidence.place ? tr("Show where: %1").arg(displaytext::window(*evidence.place))
                                         : tr("Show where to answer");
    setToolTip(isLink ? displaytext::toolTip(place) : QString());
    underline(isLink && underMouse());
}

QString EvidenceLine::sentence() const
{
    return m_sentence->text();
}

QSize EvidenceLine::sizeHint() const
{
    return layout()->sizeHint();
}

void EvidenceLine::paintEvent(QPaintEvent*)
{
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setPen(TracePalette::matching(QGuiApplication::palette())[Colour::Focus]);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void EvidenceLine::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void EvidenceLine::enterEvent(QEnterEvent*)
{
    underline(focusPolicy() != Qt::NoFocus);
}

void EvidenceLine::leaveEvent(QEvent*)
{
    underline(false);
}

void EvidenceLine::underline(bool isUnderlined)
{
    QFont font = m_sentence->font();
    if (font.underline() == isUnderlined)
        return;
    font.setUnderline(isUnderlined);
    m_sentence->setFont(font);
}

} // namespace stepscope
