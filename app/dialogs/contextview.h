#pragma once

#include <QTreeView>

namespace stepscope {

class ContextModel;

/// The rows of the measurement context. The keys work on the value of the current row: typing or Enter edits
/// it, Space or Ctrl+Enter confirms what is likely, Delete takes back what was typed. Tab in an editor
/// goes on to the next field.
class ContextView : public QTreeView {
    Q_OBJECT

public:
    ContextView(ContextModel* model, QWidget* parent = nullptr);

    void confirmCurrent();
    void clearCurrent();
    /// The first required field that is missing, or the first field.
    void goToFirstMissing();

    QSize sizeHint() const override;

signals:
    /// Another row, or the current one says something else.
    void currentRowChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                 const QModelIndex& index) const override;

private:
    void fitColumns();
    void applyTheme();
    QModelIndex nextEditable(const QModelIndex& from, int direction) const;
    QModelIndex currentValue() const;

    ContextModel* m_context;
};

} // namespace stepscope
