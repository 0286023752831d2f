#pragma once

#include "widgets/panels/textwidths.h"

#include <QTableView>

namespace stepscope {

class BudgetModel;

/// The budget as a table without frame or grid: as tall as its rows, numbers in a tabular face, sums marked
/// by a square of their colour, the cadence under a line.
class BudgetTable : public QTableView {
    Q_OBJECT

public:
    explicit BudgetTable(BudgetModel* model, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int nameWidth() const;
    int numberWidth(int column) const;
    void fitContents();
    void fitColumns();
    void applyTheme();

    int m_nameWidth = 0;
    int m_numbersWidth = 0;
    QSize m_hint; // what the layout knows of
    mutable TextWidths m_headers;
    mutable TextWidths m_numbers;
};

} // namespace stepscope
