#pragma once

#include <QStyledItemDelegate>

namespace stepscope {

/// Paints one cell of the budget: sums in full colour with their square, parts dimmed and indented, the
/// cadence bold under a line.
class BudgetDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int cellPadding = 4; ///< left and right of every text
    static constexpr int nameIndent = 18; ///< of names beside a square and of the parts below them

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace stepscope
