#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace stepscope {

class ThemedLabel;

/// How a failed gate is overridden: a reason is typed, the verdict goes on with it, and every export carries
/// it. Shows the reason in force, and takes it back.
class OverrideLine : public QWidget {
    Q_OBJECT

public:
    explicit OverrideLine(QWidget* parent = nullptr);

    /// Empty: none is in force.
    void setReason(const QString& reason);
    /// Without fields and buttons, for a page that nobody clicks on.
    void setPrinted();

signals:
    /// An empty one takes the override back.
    void reasonEntered(const QString& reason);

private:
    void showParts();
    void enter();

    ThemedLabel* m_text;
    QLineEdit* m_field;
    QPushButton* m_button;
    QString m_reason;
    bool m_isPrinted = false;
};

} // namespace stepscope
