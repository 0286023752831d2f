#pragma once

#include <QWidget>

namespace stepscope {

class ThemedLabel;

/// What the window shows instead of a trace that could not be opened: what is wrong with which file, and the
/// way out. Plain text.
class MessagePage : public QWidget {
    Q_OBJECT

public:
    explicit MessagePage(QWidget* parent = nullptr);

    void setMessage(const QString& title, const QString& text);
    QString title() const;
    QString text() const;

signals:
    void openRequested();
    void backRequested();

private:
    ThemedLabel* m_title;
    ThemedLabel* m_text;
};

} // namespace stepscope
