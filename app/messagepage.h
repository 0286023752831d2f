#pragma once

#include "widgets/panels/choice.h"

#include <QWidget>

#include <vector>

class QHBoxLayout;
class QPushButton;

namespace stepscope {

class ThemedLabel;

/// What the window shows instead of a trace that could not be opened: what is wrong with which file, and the
/// way out. Plain text.
class MessagePage : public QWidget {
    Q_OBJECT

public:
    explicit MessagePage(QWidget* parent = nullptr);

    /// `choices` become buttons before the usual two; the best of them, if any, is the one that Enter
    /// presses.
    void setMessage(const QString& title, const QString& text, const std::vector<Choice>& choices = {});
    QString title() const;
    QString text() const;

signals:
    void openRequested();
    void backRequested();

private:
    ThemedLabel* m_title;
    ThemedLabel* m_text;
    QPushButton* m_open;
    QHBoxLayout* m_buttons;
    std::vector<QPushButton*> m_choices;
};

} // namespace stepscope
