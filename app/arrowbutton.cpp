#include "app/arrowbutton.h"

#include <QAction>

namespace stepscope {

ArrowButton::ArrowButton(const QString& sign, QAction* action, QWidget* parent) : QToolButton(parent)
{
    setObjectName(QStringLiteral("stepArrow")); // narrower in the style sheet
    setText(sign);
    setToolTip(action->toolTip());
    setAccessibleName(action->text().remove(QLatin1Char('&')));
    setEnabled(action->isEnabled());
    connect(this, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::enabledChanged, this, &QWidget::setEnabled);
}

} // namespace stepscope
