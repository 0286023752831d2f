#include "widgets/panels/importlogpanel.h"

#include "widgets/panels/importlogtable.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/importlogmodel.h"

#include <QGuiApplication>
#include <QPainter>
#include <QVBoxLayout>

namespace stepscope {

ImportLogPanel::ImportLogPanel(QWidget* parent)
    : QWidget(parent), m_model(new ImportLogModel(this)), m_table(new ImportLogTable(m_model, this)),
      m_empty(new ThemedLabel(tr("Nothing was odd in the file: every row was read and kept."),
                              Colour::DimText, this))
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 4, 0, 4);
    layout->addWidget(m_empty);
    layout->addWidget(m_table);
    connect(m_table, &ImportLogTable::rowActivated, this, &ImportLogPanel::activate);
    setTrace(nullptr);
}

void ImportLogPanel::setTrace(std::shared_ptr<const Trace> trace)
{
    m_model->setTrace(std::move(trace));
    m_empty->setVisible(m_model->rowCount() == 0);
    m_table->setVisible(m_model->rowCount() > 0);
}

QString ImportLogPanel::emptyText() const
{
    return m_empty->isVisibleTo(this) ? m_empty->text() : QString();
}

void ImportLogPanel::activate(int row)
{
    if (m_model->isDamageAt(row))
        emit damageRequested();
    else if (const std::optional<ImportPlace> place = m_model->placeAt(row))
        emit placeRequested(*place);
}

void ImportLogPanel::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), TracePalette::matching(QGuiApplication::palette())[Colour::Canvas]);
}

} // namespace stepscope
