#pragma once

#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace stepscope {

/// The views below the lanes, one at a time, under quiet tabs.
class BottomTabs : public QWidget {
    Q_OBJECT

public:
    explicit BottomTabs(QWidget* parent = nullptr);

    /// Takes the view over.
    void add(QWidget* view, const QString& title, const QString& toolTip);
    QWidget* current() const;
    void show(QWidget* view);
    /// The next one, after the last the first.
    void showNext();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QTabBar* m_bar;
    QStackedWidget* m_views;
};

} // namespace stepscope
