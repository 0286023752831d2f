#pragma once

#include <QDialog>

class QAction;
class QGridLayout;

namespace stepscope {

/// Every key of the window, from its actions, and what the mouse does on the timeline.
class KeysDialog : public QDialog {
    Q_OBJECT

public:
    KeysDialog(const QList<QAction*>& actions, QWidget* parent = nullptr);

private:
    void addRow(QGridLayout* grid, const QString& keys, const QString& meaning);
};

} // namespace stepscope
