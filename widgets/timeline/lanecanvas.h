#pragma once

#include "widgets/timeline/lanepainter.h"
#include "widgets/timeline/timelinerow.h"

#include <QImage>

#include <optional>

namespace stepscope {

/// One busy/idle lane for each device, with its name and its busy share in the window. The lanes are an
/// image that is made once for a view; window, boundaries and cursor are painted over it.
class LaneCanvas : public TimelineRow {
    Q_OBJECT

public:
    static constexpr int lowestRow = 32;
    /// Fewer lanes may be taller: there is more to see in them than in empty space.
    static constexpr int tallestRow(int lanes) { return lanes <= 1 ? 128 : lanes == 2 ? 96 : 64; }

    LaneCanvas(TimelineState& state, QWidget* parent);

    int laneCount() const;
    /// Between lowestRow and tallestRow(), as the height allows.
    int rowHeight() const;
    int contentHeight() const { return laneCount() * rowHeight(); }
    int scrollOffset() const { return m_scrollOffset; }
    void setScrollOffset(int offset);
    /// The lane at a height of the widget.
    std::optional<DeviceId> deviceAt(int y) const;
    /// The bar of a lane, in own coordinates.
    QRect barRect(DeviceId device) const;
    /// "12.5 %", "≤ 12.5 %" where busy is an upper bound.
    QString busyText(DeviceId device) const;

signals:
    void scrolled(int offset);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void appearanceChanged() override;

private:
    struct ImageKey {
        const TraceIndex* index = nullptr;
        TimeRange view;
        QSize size;
        std::vector<LanePlace> lanes;
        bool isDark = false;
        friend bool operator==(const ImageKey&, const ImageKey&) = default;
    };

    std::pair<int, int> visibleLanes() const;
    void updateImage();
    void paintGrid(QPainter& painter) const;
    void paintLabels(QPainter& painter) const;
    void paintLabel(QPainter& painter, DeviceId device, const QRect& row) const;
    QString labelToolTip(DeviceId device) const;

    int m_scrollOffset = 0;
    ImageKey m_imageKey;
    QImage m_image;
};

} // namespace stepscope
