#pragma once

#include <QWidget>

class QVBoxLayout;

namespace stepscope {

class RecentFiles;
class ThemedLabel;

/// What the window shows when nothing is open: what the program is for, how to begin, and the last traces.
class StartPage : public QWidget {
    Q_OBJECT

public:
    /// `recent` must outlive the page. Without a sample there is no card for it.
    StartPage(const RecentFiles& recent, bool hasSample, QWidget* parent = nullptr);

signals:
    void openRequested();
    void sampleRequested();
    void recentRequested(const QString& path);

private:
    void showRecent();

    const RecentFiles& m_recent;
    ThemedLabel* m_recentTitle;
    QVBoxLayout* m_recentRows;
};

} // namespace stepscope
