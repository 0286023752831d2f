#include "widgets/panels/budgetdelegate.h"

#include "widgets/theme/coloursquare.h"
#include "widgets/theme/ownerlook.h"
#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/budgetmodel.h"

#include <QGuiApplication>
#include <QPainter>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int partSide = 6; // of a part's square, which lies under that of the sum

void paintSquare(QPainter* painter, const QRect& cell, int side, const QBrush& brush)
{
    const int left = cell.left() + BudgetDelegate::cellPadding + (ColourSquare::side - side) / 2;
    const QRect square(left, cell.center().y() - side / 2 + 1, side, side);
    painter->setPen(Qt::NoPen);
    painter->setBrush(brush);
    painter->setBrushOrigin(square.topLeft());
    painter->setRenderHint(QPainter::Antialiasing);
    painter->drawRoundedRect(square, 2, 2);
}

/// The key of a row: its sum's colour, or the look that its class has in the lanes.
void paintKey(QPainter* painter, const QRect& cell, const QModelIndex& index, const TracePalette& colours)
{
    const auto paintSum = [&](Colour colour) {
        paintSquare(painter, cell, ColourSquare::side, colours[colour]);
    };
    switch (index.data(BudgetModel::MarkRole).toInt()) {
    case BudgetModel::BusyRow:
        return paintSum(Colour::Compute);
    case BudgetModel::HostRow:
        return paintSum(Colour::HostIdle);
    case BudgetModel::OtherIdleRow:
        return paintSum(Colour::OtherIdle);
    default:
        break;
    }
    const QVariant timeClass = index.data(BudgetModel::ClassRole);
    if (!timeClass.isValid())
        return;
    const int unit = std::max(1, qRound(painter->device()->devicePixelRatioF()));
    paintSquare(painter, cell, partSide,
                QBrush(ownerTile(static_cast<TimeClass>(timeClass.toInt()), colours, unit)));
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
    if (isName)
        paintKey(painter, option.rect, index, colours);

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
