#pragma once

#include "core/trace/tracepreview.h"
#include "widgets/timeline/timeaxis.h"

#include <QWidget>

#include <memory>

class QPainter;

namespace stepscope {

class TracePalette;

/// What can be drawn of a trace while it is read, where TimelineWidget will draw all of it: overview, ruler,
/// and a busy lane for each device. What takes the whole trace to know is left blank. A picture: nothing in
/// it can be pointed at. GUI thread only.
class PreviewView : public QWidget {
    Q_OBJECT

public:
    explicit PreviewView(QWidget* parent = nullptr);

    void setPreview(std::shared_ptr<const TracePreview> preview);
    const TracePreview* preview() const { return m_preview.get(); }

    /// The time areas, in own coordinates, as those of TimelineWidget.
    QRect overviewRect() const;
    QRect rulerRect() const;
    /// The bar of a lane; empty for one that has no room.
    QRect laneRect(std::size_t lane) const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int labelWidth() const;
    QRect timeRect(int top, int height) const;
    TimeAxis axis() const;
    std::size_t shownLanes() const;
    void paintRow(QPainter& painter, const QRect& row, const QString& title, bool isBold) const;
    void paintOverview(QPainter& painter) const;
    void paintRuler(QPainter& painter) const;
    void paintLanes(QPainter& painter) const;

    std::shared_ptr<const TracePreview> m_preview; // null: nothing yet
};

} // namespace stepscope
