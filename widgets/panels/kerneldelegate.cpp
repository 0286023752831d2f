#include "widgets/panels/kerneldelegate.h"

#include "widgets/theme/themedlabel.h"
#include "widgets/viewmodel/topkernelsmodel.h"

#include <QAbstractItemView>
#include <QGuiApplication>

namespace stepscope {

namespace {

constexpr double narrowScale = 0.92; // names are long and the panel is narrow

QFont scaled(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * narrowScale);
    return font;
}

} // namespace

QFont kernelNameFont(const QFont& base)
{
    return scaled(tabularFont(base));
}

QFont kernelWordFont(const QFont& base)
{
    return scaled(base);
}

void KernelDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isWord =
        index.column() == TopKernelsModel::Class || index.column() == TopKernelsModel::InGraph;
    const TracePalette& colours = TracePalette::matching(QGuiApplication::palette());
    option->font = index.column() == TopKernelsModel::Name ? kernelNameFont(option->font)
                   : isWord                                ? kernelWordFont(option->font)
                                                           : tabularFont(option->font);
    option->fontMetrics = QFontMetrics(option->font);
    option->palette.setColor(QPalette::Text, colours[isWord ? Colour::DimText : Colour::Text]);
    option->textElideMode = Qt::ElideRight;
    // The row that the keys act on is marked as a whole, not its one cell.
    const auto* const table = qobject_cast<const QAbstractItemView*>(option->widget);
    if (table && table->hasFocus() && table->currentIndex().row() == index.row())
        option->backgroundBrush = colours[Colour::Raised];
    option->state &= ~QStyle::State_HasFocus;
}

} // namespace stepscope
