#pragma once

#include <QWidget>

#include <utility>
#include <vector>

class QHBoxLayout;
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
    /// Another title for a view: one that counts something.
    void setTitle(const QWidget* view, const QString& title);
    QString titleOf(const QWidget* view) const;
    /// What stands on the right beside the tabs while `view` is shown. Takes it over.
    void setCorner(const QWidget* view, QWidget* corner);
    QWidget* current() const;
    void show(QWidget* view);
    /// The next one, after the last the first.
    void showNext();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showCorner();

    QTabBar* m_bar;
    QHBoxLayout* m_head;
    QStackedWidget* m_views;
    std::vector<std::pair<const QWidget*, QWidget*>> m_corners; // view, corner
};

} // namespace stepscope
