#pragma once

#include "widgets/panels/textwidths.h"

#include <QTableView>

class QSortFilterProxyModel;

namespace stepscope {

class TopKernelsModel;

/// The kernels as a table without frame or grid: names cut to their room, numbers in a tabular face, sorted
/// by any column. At first as tall as a few rows; a wheel over it scrolls what it lies in.
class TopKernelsTable : public QTableView {
    Q_OBJECT

public:
    static constexpr int rowsAtFirst = 8;

    explicit TopKernelsTable(TopKernelsModel* model, QWidget* parent = nullptr);

    void setAllShown(bool isAllShown);
    bool isAllShown() const { return m_isAllShown; }
    /// The selected rows as a table to the clipboard, in their order on screen; all when none is selected.
    void copyTable() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// Double click or Enter: the model's row.
    void rowActivated(int row);

protected:
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    int shownRows() const;
    int columnWidthFor(int column) const;
    void fitContents();
    void fitColumns();
    void applyTheme();
    void activateRow(const QModelIndex& index);
    void copyName() const;

    TopKernelsModel* m_kernels;
    QSortFilterProxyModel* m_sorted;
    bool m_isAllShown = false;
    int m_rowsFitted = -1; // what the layout knows of
    mutable TextWidths m_headers;
    mutable TextWidths m_words;
    mutable TextWidths m_numbers;
};

} // namespace stepscope
