#pragma once

#include "core/analysis/traceindex.h"

#include <QWidget>

#include <memory>

class QGridLayout;

namespace stepscope {

class PanelSection;

/// What the trace says of itself: tool, GPUs, rank, versions, size. Names are shown as they stand.
class CapturePanel : public QWidget {
    Q_OBJECT

public:
    explicit CapturePanel(QWidget* parent = nullptr);

    void setIndex(const std::shared_ptr<const TraceIndex>& index);

private:
    void addRow(const QString& name, const QString& value);

    PanelSection* m_section;
    QWidget* m_rows = nullptr;
    QGridLayout* m_grid = nullptr;
};

} // namespace stepscope
