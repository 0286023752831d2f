#pragma once

#include "app/recentfiles.h"

#include <QAbstractButton>

namespace stepscope {

/// One trace in the list of the first page: name, folder, verdict and day; a click opens it.
class RecentRow : public QAbstractButton {
    Q_OBJECT

public:
    explicit RecentRow(const RecentFile& file, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    static QString day(const QDateTime& opened);

    RecentFile m_file;
};

} // namespace stepscope
