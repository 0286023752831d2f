#include "app/bottomtabs.h"

#include "widgets/theme/tracepalette.h"
#include "widgets/viewmodel/displaytext.h"

#include <QGuiApplication>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace stepscope {

BottomTabs::BottomTabs(QWidget* parent)
    : QWidget(parent), m_bar(new QTabBar(this)), m_head(new QHBoxLayout), m_views(new QStackedWidget(this))
{
    m_bar->setObjectName(QStringLiteral("bottomTabs"));
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setAccessibleName(tr("Views below the lanes"));
    m_head->setContentsMargins(8, 3, 8, 3);
    m_head->addWidget(m_bar);
    m_head->addStretch();
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_head);
    layout->addWidget(m_views, 1);
    connect(m_bar, &QTabBar::currentChanged, m_views, &QStackedWidget::setCurrentIndex);
    connect(m_views, &QStackedWidget::currentChanged, this, &BottomTabs::showCorner);
}

void BottomTabs::add(QWidget* view, const QString& title, const QString& toolTip)
{
    m_views->addWidget(view);
    const int index = m_bar->addTab(title);
    m_bar->setTabToolTip(index, displaytext::toolTip(toolTip));
}

void BottomTabs::setTitle(const QWidget* view, const QString& title)
{
    m_bar->setTabText(m_views->indexOf(view), title);
}

QString BottomTabs::titleOf(const QWidget* view) const
{
    return m_bar->tabText(m_views->indexOf(view));
}

void BottomTabs::setCorner(const QWidget* view, QWidget* corner)
{
    m_corners.emplace_back(view, corner);
    m_head->addWidget(corner);
    showCorner();
}

void BottomTabs::showCorner()
{
    for (const auto& [view, corner] : m_corners)
        corner->setVisible(view == m_views->currentWidget());
}

QWidget* BottomTabs::current() const
{
    return m_views->currentWidget();
}

void BottomTabs::show(QWidget* view)
{
    m_bar->setCurrentIndex(m_views->indexOf(view));
}

void BottomTabs::showNext()
{
    if (m_bar->count() > 0)
        m_bar->setCurrentIndex((m_bar->currentIndex() + 1) % m_bar->count());
}

void BottomTabs::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    const QRect head(0, 0, width(), m_views->y());
    painter.fillRect(head, colours[Colour::Panel]);
    painter.fillRect(0, head.bottom(), width(), 1, colours[Colour::Separator]);
}

} // namespace stepscope
