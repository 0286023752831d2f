#include "app/stepbar.h"

#include "app/arrowbutton.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/stepnavigator.h"

#include <QAction>
#include <QHBoxLayout>

namespace stepscope {

StepBar::StepBar(StepNavigator* navigator, QWidget* parent)
    : QWidget(parent), m_navigator(navigator), m_text(new ThemedLabel(Colour::Text, this))
{
    m_text->setAlignment(Qt::AlignCenter);
    auto* const previous = new QAction(tr("Previous step"), this);
    auto* const next = new QAction(tr("Next step"), this);
    connect(previous, &QAction::triggered, navigator, &StepNavigator::showPrevious);
    connect(next, &QAction::triggered, navigator, &StepNavigator::showNext);
    connect(navigator, &StepNavigator::changed, this, [navigator, previous, next] {
        previous->setEnabled(navigator->count() > 0);
        next->setEnabled(navigator->count() > 0);
    });
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new ArrowButton(QStringLiteral("‹"), previous, this));
    layout->addWidget(m_text);
    layout->addWidget(new ArrowButton(QStringLiteral("›"), next, this));
    connect(m_navigator, &StepNavigator::changed, this, &StepBar::showStep);
    showStep();
}

void StepBar::showStep()
{
    const auto count = static_cast<std::uint64_t>(m_navigator->count());
    const int current = m_navigator->current();
    m_text->setText(
        current > 0
            ? tr("Step %1 / %2")
                  .arg(displaytext::count(static_cast<std::uint64_t>(current)), displaytext::count(count))
            : (count == 0 ? tr("no steps") : displaytext::counted(count, tr("1 step"), tr("%1 steps"))));
    // The width of the longest text, so that the toolbar stands still while stepping.
    const QString longest = tr("Step %1 / %2").arg(displaytext::count(count), displaytext::count(count));
    m_text->setMinimumWidth(m_text->fontMetrics().horizontalAdvance(longest) + 8);
}

} // namespace stepscope
