#include "widgets/plots/plotlegend.h"

#include "widgets/theme/coloursquare.h"
#include "widgets/theme/themedlabel.h"

#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>

namespace stepscope {

PlotLegend::PlotLegend(QWidget* parent)
    : QWidget(parent), m_subject(new ThemedLabel(Colour::DimText, this)),
      m_note(new ThemedLabel(Colour::FaintText, this)), m_idleSquare(new ColourSquare(this)),
      m_gapsSquare(new ColourSquare(this))
{
    auto* const title = new ThemedLabel(tr("Idle-gap histogram"), Colour::Text, this);
    title->setScale(1.0, true);
    m_note->setWordWrap(true);
    m_note->hide();
    setAutoFillBackground(true);

    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(14, 8, 6, 8);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(4);
    grid->addWidget(title, 0, 0, 1, 2);
    grid->addWidget(m_subject, 1, 0, 1, 2);
    grid->addWidget(m_idleSquare, 2, 0);
    grid->addWidget(new ThemedLabel(tr("share of idle time"), Colour::DimText, this), 2, 1);
    grid->addWidget(m_gapsSquare, 3, 0);
    grid->addWidget(new ThemedLabel(tr("number of gaps"), Colour::DimText, this), 3, 1);
    grid->addWidget(m_note, 4, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(5, 1);
    applyTheme();
}

void PlotLegend::setSubject(const QString& subject)
{
    m_subject->setText(subject);
}

void PlotLegend::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void PlotLegend::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    QWidget::changeEvent(event);
}

void PlotLegend::applyTheme()
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    m_idleSquare->setColour(colours[Colour::HostIdle]);
    m_gapsSquare->setColour(colours[Colour::GapCount]);
    if (palette().color(QPalette::Window) != colours[Colour::Canvas]) {
        QPalette own = palette();
        own.setColor(QPalette::Window, colours[Colour::Canvas]);
        setPalette(own);
    }
}

} // namespace stepscope
