#include "widgets/panels/budgetdelegate.h"

#include "widgets/theme/coloursquare.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/budgetmodel.h"

#include <QGuiApplication>
#include <QPainter>

namespace stepscope {

namespace {

void paintSquare(QPainter* painter, const QRect& cell, const QColor& colour)
{
    const int side = ColourSquare::side;
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->drawRoundedRect(cell.left() + BudgetDelegate::cellPadding, cell.center().y() - side / 2 + 1,
                             side, side, 2, 2);
}

} // namespace

void BudgetDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const
{
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    const int mark = index.data(BudgetModel::MarkRole).toInt();
    const bool isPart = index.data(BudgetModel::LevelRole).toInt() > 0;
    const bool isName = index.column() == BudgetModel::Name;

    painter->save();
    if (mark == BudgetModel::CadenceRow)
        painter->fillRect(option.rect.left(), option.rect.top(), option.rect.width(), 1,
                          colours[Colour::Separator]);
    if (isName && mark == BudgetModel::BusyRow)
        paintSquare(painter, option.rect, colours[Colour::Compute]);
    if (isName && mark == BudgetModel::HostRow)
        paintSquare(painter, option.rect, colours[Colour::HostIdle]);
    if (isName && mark == BudgetModel::OtherIdleRow)
        paintSquare(painter, option.rect, colours[Colour::OtherIdle]);

    QFont font = isName ? option.font : tabularFont(option.font);
    font.setBold(mark == BudgetModel::CadenceRow);
    painter->setFont(font);
    painter->setPen(colours[isPart ? Colour::DimText : Colour::Text]);
    QRect place = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    if (isName && mark != BudgetModel::CadenceRow)
        place.setLeft(place.left() + nameIndent);
    QString text = index.data().toString();
    if (isName)
        text = painter->fontMetrics().elidedText(text, Qt::ElideRight, place.width());
    const auto side = isName ? Qt::AlignLeft : Qt::AlignRight;
    painter->drawText(place, static_cast<int>(side) | static_cast<int>(Qt::AlignVCenter), text);
    painter->restore();
}

} // namespace stepscope
