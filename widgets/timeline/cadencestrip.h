#pragma once

#include "widgets/timeline/cadencegeometry.h"
#include "widgets/timeline/timelinerow.h"

#include <memory>
#include <optional>

namespace stepscope {

/// The length of each step over the same time axis as the lanes, with the window's median and its p10–p90.
class CadenceStrip : public TimelineRow {
    Q_OBJECT

public:
    CadenceStrip(TimelineState& state, QWidget* parent);

    /// What is on the screen: the snapshot's number and its cadence; 0 and zeros when no trace is open.
    std::uint64_t shownSnapshot() const;
    CadenceStatistics shownCadence() const;
    CadenceScale scale() const;
    CadenceGeometry geometry() const;
    /// The step under x; none between or outside steps.
    std::optional<std::size_t> stepAt(int x) const;
    /// The step whose dot, or whose column, is there.
    std::optional<std::size_t> stepMeantAt(QPointF at) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void show(std::shared_ptr<const Assessment> assessment);
    double topOfScale() const;
    double bottomOfScale() const;
    double yOf(Duration cadence) const;
    void paintLabel(QPainter& painter) const;
    void paintSpread(QPainter& painter) const;
    void paintBlocks(QPainter& painter, const CadenceGeometry& shapes) const;
    void paintColumns(QPainter& painter, const CadenceGeometry& shapes) const;
    void paintPoints(QPainter& painter, const CadenceGeometry& shapes) const;
    void paintDot(QPainter& painter, const CadencePoint& point, double radius) const;
    void paintScale(QPainter& painter) const;

    std::shared_ptr<const Assessment> m_shown;
    std::shared_ptr<const TraceIndex> m_usualOf;
    DeviceId m_usualDevice;
    CadenceScale m_usual;
};

} // namespace stepscope
