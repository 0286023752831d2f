#pragma once

#include <QWidget>

class QAction;

namespace stepscope {

class GapNavigator;

/// "3 of 1,107 by size · gap 2 of 5 in step 205 · 4.83 ms ‹ G ›" beside the tabs. Asks the navigator only
/// while it is seen.
class GapPlaceBar : public QWidget {
    Q_OBJECT

public:
    /// The navigator must outlive the bar.
    GapPlaceBar(GapNavigator* navigator, QAction* previous, QAction* next, QWidget* parent = nullptr);

    /// What is shown, whole.
    const QString& text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void showPosition();

    GapNavigator* m_navigator;
    QString m_text;
};

} // namespace stepscope
