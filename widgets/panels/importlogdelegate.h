#pragma once

#include <QStyledItemDelegate>

namespace stepscope {

/// Draws a row of the import log: the severity as a mark, a word and a colour, examples dimmer and further
/// in, places as links.
class ImportLogDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace stepscope
