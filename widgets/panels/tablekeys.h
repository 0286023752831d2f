#pragma once

#include <QKeyEvent>

namespace stepscope {

/// Keys that a table needs for itself while it has the focus, though the window has actions for them: copy
/// and select all. For QWidget::event(): true when `event` asks for one of them and was answered.
inline bool claimsTableKey(QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    const auto* const key = static_cast<QKeyEvent*>(event);
    if (!key->matches(QKeySequence::Copy) && !key->matches(QKeySequence::SelectAll))
        return false;
    event->accept();
    return true;
}

} // namespace stepscope
