#pragma once

#include <QToolButton>

class QAction;

namespace stepscope {

/// A small button beside a text, "‹" or "›", that triggers an action and is named after it.
class ArrowButton : public QToolButton {
    Q_OBJECT

public:
    ArrowButton(const QString& sign, QAction* action, QWidget* parent = nullptr);
};

} // namespace stepscope
