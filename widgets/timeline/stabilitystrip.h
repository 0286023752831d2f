#pragma once

#include "widgets/timeline/stabilitygeometry.h"
#include "widgets/timeline/timelinerow.h"

#include <memory>

namespace stepscope {

/// How even the steps are, over the same time axis as the lanes: the spread of the cadence around each step
/// as an area (low is steady; the top of the row is where gate 4 fails), the requests in the batch as a line,
/// prefills as marks at the top.
class StabilityStrip : public TimelineRow {
    Q_OBJECT

public:
    StabilityStrip(TimelineState& state, QWidget* parent);

    /// The largest spread in the window; negative when it holds too few steps.
    double windowSpread() const;
    /// What the longest text in the label cell takes.
    static int labelWidth(const QFont& font);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void show();
    void updateBars();
    double yOf(double spread) const;
    double yOfBatch(std::int64_t batch) const;
    QString spreadText() const;
    QString labelToolTip() const;
    void paintLabel(QPainter& painter) const;
    void paintSpread(QPainter& painter) const;
    void paintBatch(QPainter& painter) const;
    void paintBlocks(QPainter& painter) const;
    void paintScale(QPainter& painter) const;

    std::shared_ptr<const TraceIndex> m_rangesOf;
    DeviceId m_rangesDevice;
    StabilityRanges m_ranges;
    TimeAxis m_barsOver; // a moving cursor repaints them, and does not change them
    std::vector<StabilityBar> m_bars;
};

} // namespace stepscope
