#pragma once

#include <QTableView>

namespace stepscope {

class ImportLogModel;

/// The import log as a table without frame or grid. A click on a place, a double click or Enter on a row
/// follows its link; Ctrl+C copies the selected rows, or all.
class ImportLogTable : public QTableView {
    Q_OBJECT

public:
    explicit ImportLogTable(ImportLogModel* model, QWidget* parent = nullptr);

    void copyText() const;

signals:
    /// The model's row, one that leads somewhere.
    void rowActivated(int row);

protected:
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void activate(const QModelIndex& index);
    void fitColumns();
    void applyTheme();

    ImportLogModel* m_log;
};

} // namespace stepscope
