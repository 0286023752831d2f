#pragma once

#include <QStyledItemDelegate>

namespace stepscope {

/// The faces of names and of class and graph, in proportion to `base`.
QFont kernelNameFont(const QFont& base);
QFont kernelWordFont(const QFont& base);

/// One cell of the kernel table: name and numbers in a tabular face, class and graph dimmed.
class KernelDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace stepscope
