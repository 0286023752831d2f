#pragma once

#include "widgets/viewmodel/spandetails.h"

#include <QWidget>

#include <vector>

namespace stepscope {

/// Labels and values in as many pairs of columns as the width holds, read downwards.
class DetailLines : public QWidget {
    Q_OBJECT

public:
    explicit DetailLines(QWidget* parent = nullptr);

    void showLines(std::vector<SpanDetail> lines);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void linkActivated(const stepscope::SpanRef& span);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Pair {
        QWidget* label;
        QWidget* value;
    };

    int columnsFor(int width) const;
    int rowsFor(int columns) const;
    int rowHeight() const;
    void place();

    std::vector<Pair> m_pairs;
    int m_labelWidth = 0;
};

} // namespace stepscope
