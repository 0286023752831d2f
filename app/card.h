#pragma once

#include <QAbstractButton>

namespace stepscope {

/// A large button of the first page: a title and a sentence that says what it does.
class Card : public QAbstractButton {
    Q_OBJECT

public:
    Card(const QString& title, const QString& text, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QFont titleFont() const;

    QString m_description;
    bool m_showsFocus = false; ///< the focus came by the keyboard
};

} // namespace stepscope
