#include "widgets/timeline/axisentry.h"

#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/displaytext.h"

#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int entryWidth = 280;

} // namespace

AxisEntry::AxisEntry(QWidget* parent) : QLineEdit(parent)
{
    hide();
    connect(this, &QLineEdit::textEdited, this, [this] { setRefused(false); });
}

void AxisEntry::open(const QRect& ruler, int x, const QString& text, const QString& placeholder,
                     const QString& complaint, Take take)
{
    m_take = std::move(take);
    m_complaint = complaint;
    setText(text);
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setRefused(false);
    const int width = std::min(entryWidth, ruler.width());
    const int left = std::clamp(x - 8, ruler.left(), std::max(ruler.left(), ruler.right() - width));
    setGeometry(left, ruler.top(), width, std::max(ruler.height(), sizeHint().height()));
    raise();
    show();
    setFocus(Qt::OtherFocusReason);
    selectAll();
}

bool AxisEntry::event(QEvent* event)
{
    // Every key is text here, also those the window has actions for.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (!key->modifiers().testFlag(Qt::ControlModifier) && !key->modifiers().testFlag(Qt::AltModifier)) {
            event->accept();
            return true;
        }
    }
    return QLineEdit::event(event);
}

void AxisEntry::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        accept();
    else
        QLineEdit::keyPressEvent(event);
}

void AxisEntry::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        leave();
}

void AxisEntry::accept()
{
    const Take take = m_take; // it may open the entry anew
    if (!take || take(text()))
        leave();
    else
        setRefused(true);
}

void AxisEntry::leave()
{
    if (!isVisible())
        return;
    m_take = nullptr;
    const bool hadFocus = hasFocus();
    hide();
    if (hadFocus)
        parentWidget()->setFocus(Qt::OtherFocusReason);
}

void AxisEntry::setRefused(bool isRefused)
{
    const TracePalette& colours = TracePalette::matching(palette());
    setStyleSheet(
        isRefused ? QStringLiteral("QLineEdit { border: 1px solid %1; }").arg(colours[Colour::Fail].name())
                  : QString());
    if (isRefused)
        QToolTip::showText(mapToGlobal(QPoint(0, height())), displaytext::toolTip(m_complaint), this);
    else
        QToolTip::hideText();
}

} // namespace stepscope
