#pragma once

#include "widgets/theme/tracepalette.h"

#include <QWidget>

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

    /// `action` is the text of the one button beside "close"; empty for none.
    void showNote(const QString& title, const QString& text, Colour mark, const QString& action = {});
    QString title() const;
    QString text() const;

signals:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ThemedLabel* m_title;
    ThemedLabel* m_text;
    QPushButton* m_action;
    QToolButton* m_close;
    Colour m_mark = Colour::Warn;
};

} // namespace stepscope
