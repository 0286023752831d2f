#pragma once

#include "widgets/viewmodel/gotomodel.h"

#include <QFrame>
#include <QPointer>

class QLineEdit;
class QTreeView;

namespace stepscope {

class ThemedLabel;

/// A line to type into over the middle of the window, with the places it is meant for below: Enter goes to
/// the chosen one, Esc or a click elsewhere closes it. GUI thread only.
class GoToBox : public QFrame {
    Q_OBJECT

public:
    /// Hidden until open().
    explicit GoToBox(QWidget* window);

    void open(std::vector<GoToPlace> places);
    QLineEdit& field() const { return *m_field; }
    const GoToModel& model() const { return *m_model; }
    /// Of the chosen place; -1 where there is none.
    int chosenRow() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void filter();
    void choose(int row);
    void go();
    void shut();

    GoToModel* m_model;
    QLineEdit* m_field;
    QTreeView* m_list;
    ThemedLabel* m_told;
    QPointer<QWidget> m_before; // had the focus
};

} // namespace stepscope
