#pragma once

#include "core/report/salvagetext.h"

#include <QWidget>

#include <cstddef>

class QPushButton;

namespace stepscope {

class ThemedLabel;

/// What the window shows before a trace that is damaged: where its file stops, what was kept, what that means
/// for the verdict, and the ways on. Plain text.
class SalvagePage : public QWidget {
    Q_OBJECT

public:
    explicit SalvagePage(QWidget* parent = nullptr);

    /// `logEntries`: rows of the import log.
    void setText(const SalvageText& text, std::size_t logEntries);
    QString title() const;
    /// The paragraphs, parted by line feeds.
    QString text() const;
    QPushButton& useButton() const { return *m_use; }
    QPushButton& logButton() const { return *m_log; }

signals:
    void useRequested();
    void logRequested();
    void openRequested();

private:
    ThemedLabel* m_title;
    ThemedLabel* m_found;
    ThemedLabel* m_meaning;
    QPushButton* m_use;
    QPushButton* m_log;
};

} // namespace stepscope
