#pragma once

#include <QDialog>

namespace stepscope {

/// A dialog that shows plain text to read and copy: nothing in it is ever taken for HTML.
class TextDialog : public QDialog {
    Q_OBJECT

public:
    TextDialog(const QString& title, const QString& text, QWidget* parent = nullptr);
};

} // namespace stepscope
