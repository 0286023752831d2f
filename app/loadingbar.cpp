#include "app/loadingbar.h"

#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/traceloader.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

namespace stepscope {

LoadingBar::LoadingBar(QWidget* parent)
    : QWidget(parent), m_name(new ThemedLabel(Colour::Text, this)), m_bar(new QProgressBar(this)),
      m_percent(new ThemedLabel(Colour::DimText, this))
{
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(8);
    m_bar->setAccessibleName(tr("Opening"));
    m_percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* const cancel = new QPushButton(tr("Cancel"), this);
    cancel->setToolTip(tr("Stop opening; what is open stays (Esc)"));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 6, 10, 6);
    layout->setSpacing(12);
    layout->addWidget(m_name);
    layout->addWidget(m_bar, 1);
    layout->addWidget(m_percent);
    layout->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, &LoadingBar::cancelRequested);
    hide();
}

void LoadingBar::start(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    m_name->setText(tr("Opening %1").arg(fontMetrics().elidedText(name, Qt::ElideMiddle, 420)));
    setRoom(0);
    m_percent->setMinimumWidth(m_percent->fontMetrics().horizontalAdvance(stepsText()));
    setProgress(0);
    show();
}

void LoadingBar::setProgress(int perMille)
{
    m_bar->setValue(perMille);
    m_percent->setText(perMille < TraceLoader::readPerMille
                           ? tr("%1 % read").arg(perMille * 100 / TraceLoader::readPerMille)
                           : stepsText());
}

void LoadingBar::setRoom(int height)
{
    setMinimumHeight(height);
}

QString LoadingBar::stepsText()
{
    return tr("finding the steps");
}

QString LoadingBar::percentText() const
{
    return m_percent->text();
}

void LoadingBar::paintEvent(QPaintEvent*)
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    QPainter painter(this);
    painter.fillRect(rect(), colours[Colour::Raised]);
    painter.fillRect(0, height() - 1, width(), 1, colours[Colour::Separator]);
}

} // namespace stepscope
