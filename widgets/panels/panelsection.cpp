#include "widgets/panels/panelsection.h"

#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/displaytext.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace stepscope {

PanelSection::PanelSection(const QString& title, const QString& meaning, QWidget* parent)
    : QWidget(parent), m_remark(new ThemedLabel(Colour::DimText, this)), m_content(new QVBoxLayout)
{
    auto* const titleLabel = new ThemedLabel(title, Colour::DimText, this);
    QFont titleFont = titleLabel->font();
    titleFont.setBold(true);
    titleFont.setPointSizeF(titleFont.pointSizeF() * 0.95);
    titleFont.setLetterSpacing(QFont::PercentageSpacing, 104);
    titleLabel->setFont(titleFont);
    titleLabel->setToolTip(displaytext::toolTip(meaning));
    setWhatsThis(displaytext::toolTip(meaning));
    m_remark->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_remark->setWordWrap(true);

    auto* const header = new QHBoxLayout;
    header->setSpacing(8);
    header->addWidget(titleLabel);
    header->addWidget(m_remark, 1);
    m_content->setSpacing(6);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(6);
    layout->addLayout(header);
    layout->addLayout(m_content);
}

void PanelSection::setRemark(const QString& text, const QString& toolTip)
{
    m_remark->setText(text);
    m_remark->setToolTip(toolTip.isEmpty() ? QString() : displaytext::toolTip(toolTip));
}

void PanelSection::setRemarkColour(Colour colour)
{
    m_remark->setColour(colour);
}

QString PanelSection::remark() const
{
    return m_remark->text();
}

void PanelSection::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1,
                     TracePalette::matching(QGuiApplication::palette())[Colour::Separator]);
}

} // namespace stepscope
