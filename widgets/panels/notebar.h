#pragma once

#include "widgets/panels/choice.h"
#include "widgets/theme/tracepalette.h"

#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QPushButton;
class QToolButton;

namespace stepscope {

class ThemedLabel;

/// A strip across the window that says one thing and stays until it is closed: an open that failed, a file
/// that was read only in part. Never modal. A new note replaces the old one.
class NoteBar : public QWidget {
    Q_OBJECT

public:
    explicit NoteBar(QWidget* parent = nullptr);

    /// `action` is the text of the one button beside "close", which does `work`; empty for none.
    void showNote(const QString& title, const QString& text, Colour mark, const QString& action = {},
                  std::function<void()> work = {});
    /// Further buttons of the note that is shown, before the one it has.
    void addChoices(const std::vector<Choice>& choices);
    QString title() const;
    QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ThemedLabel* m_title;
    ThemedLabel* m_text;
    QPushButton* m_action;
    QHBoxLayout* m_buttons;
    std::vector<QPushButton*> m_choices;
    QToolButton* m_close;
    std::function<void()> m_work;
    Colour m_mark = Colour::Warn;
};

} // namespace stepscope
