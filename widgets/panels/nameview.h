#pragma once

#include <QPlainTextEdit>

namespace stepscope {

/// A name from a trace as plain monospaced text that can be selected: broken anywhere, since names have no
/// blanks to break at, and as tall as its lines; beyond `mostLines` it scrolls.
class NameView : public QPlainTextEdit {
    Q_OBJECT

public:
    static constexpr int mostLines = 3;

    explicit NameView(QWidget* parent = nullptr);

    void setName(const QString& name);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHeight();
    void applyTheme();
};

} // namespace stepscope
