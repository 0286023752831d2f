#include "app/gapplacebar.h"

#include "app/arrowbutton.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"
#include "widgets/viewmodel/gapfacts.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>

namespace stepscope {

namespace {

constexpr int spaceBeforeButtons = 8;

} // namespace

GapPlaceBar::GapPlaceBar(GapNavigator* navigator, QAction* previous, QAction* next, QWidget* parent)
    : QWidget(parent), m_navigator(navigator)
{
    setObjectName(QStringLiteral("gapBar"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addStretch();
    layout->addWidget(new ArrowButton(QStringLiteral("‹"), previous, this));
    layout->addWidget(new ThemedLabel(tr("G"), Colour::DimText, this));
    layout->addWidget(new ArrowButton(QStringLiteral("›"), next, this));
    connect(m_navigator, &GapNavigator::changed, this, &GapPlaceBar::showPosition);
    connect(m_navigator, &GapNavigator::positionChanged, this, &GapPlaceBar::showPosition);
}

void GapPlaceBar::showPosition()
{
    if (!isVisible())
        return; // showEvent will
    m_text = gapPosition(*m_navigator);
    setAccessibleName(m_text);
    setToolTip(displaytext::toolTip(m_text));
    updateGeometry();
    update();
}

QSize GapPlaceBar::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2 + spaceBeforeButtons + layout()->sizeHint().width(),
            layout()->sizeHint().height()};
}

QSize GapPlaceBar::minimumSizeHint() const
{
    return layout()->minimumSize();
}

void GapPlaceBar::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    showPosition();
}

void GapPlaceBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(TracePalette::matching(QGuiApplication::palette())[Colour::DimText]);
    const QRect room = rect().adjusted(0, 0, -layout()->sizeHint().width() - spaceBeforeButtons, 0);
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, Qt::ElideRight, room.width()));
}

} // namespace stepscope
