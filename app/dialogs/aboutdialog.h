#pragma once

#include <QDialog>

namespace stepscope {

/// What this program is, its version and licence, and those of the libraries in it.
class AboutDialog : public QDialog {
    Q_OBJECT

public:
    explicit AboutDialog(QWidget* parent = nullptr);

private:
    QWidget* libraries();
};

} // namespace stepscope
