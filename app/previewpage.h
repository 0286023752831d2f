#pragma once

#include "core/trace/tracepreview.h"

#include <QWidget>

#include <memory>

namespace stepscope {

class PreviewView;

/// What the window shows of a trace that is being read: its lanes so far, laid out as TracePage will lay out
/// the whole, and a word in place of the panels, which need all of it.
class PreviewPage : public QWidget {
    Q_OBJECT

public:
    explicit PreviewPage(QWidget* parent = nullptr);

    void setPreview(std::shared_ptr<const TracePreview> preview);
    /// Of the column beside the lanes.
    void setColumnWidth(int width);
    const PreviewView& view() const { return *m_view; }

private:
    PreviewView* m_view;
    QWidget* m_column;
};

} // namespace stepscope
