#pragma once

#include <QLineEdit>

#include <functional>

namespace stepscope {

/// A line to type into, laid over the ruler at some x: a marker's note, a time to go to. Enter takes what was
/// typed, where it can be taken; Esc or a click elsewhere leaves it. GUI thread only.
class AxisEntry : public QLineEdit {
    Q_OBJECT

public:
    explicit AxisEntry(QWidget* parent);

    /// Whether the text was taken; if not the entry stays and shows `complaint`.
    using Take = std::function<bool(const QString& text)>;
    /// Over `ruler` (in the parent's coordinates), near `x`.
    void open(const QRect& ruler, int x, const QString& text, const QString& placeholder,
              const QString& complaint, Take take);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void accept();
    void leave();
    void setRefused(bool isRefused);

    Take m_take;
    QString m_complaint;
};

} // namespace stepscope
