#pragma once

#include "widgets/theme/tracepalette.h"
#include "widgets/timeline/timelinestate.h"
#include "widgets/viewmodel/lanelist.h"

#include <QFont>
#include <QRect>

class QPainter;

namespace stepscope {

/// What labels are painted with.
struct LabelLook {
    QFont normal;
    QFont bold;
    QFont small;
    const TracePalette* colours = nullptr;
};

/// The label cells of the lanes: triangle, name, hardware and busy share of heads, indented titles of what
/// belongs to them. Reads the document; holds nothing.
class LaneLabels {
public:
    /// Left edge of the titles: right of the triangle.
    static constexpr int titleLeft = TimelineState::padding + 14;
    /// Below this x a head's label is its triangle.
    static constexpr int triangleRight = titleLeft - 2;

    LaneLabels(const TimelineState& state, const LaneList& lanes) : m_state(state), m_lanes(lanes) {}

    /// `cell` is the whole cell, from the left edge of the widget to the time axis.
    void paint(QPainter& painter, const Lane& lane, const QRect& cell, const LabelLook& look) const;
    QString toolTip(const Lane& lane) const;
    /// "12.5 %", "≤ 12.5 %" where busy is an upper bound.
    QString busyText(DeviceId device) const;

private:
    void paintTriangle(QPainter& painter, const QRect& cell, bool isExpanded, const LabelLook& look) const;
    void paintPin(QPainter& painter, const QRect& cell, const LabelLook& look) const;
    void paintHead(QPainter& painter, const Lane& lane, const QRect& cell, const LabelLook& look) const;
    void paintTitle(QPainter& painter, const Lane& lane, const QRect& cell, const LabelLook& look) const;
    QString deviceToolTip(DeviceId device) const;
    bool hasSeveralDevices() const;

    const TimelineState& m_state;
    const LaneList& m_lanes;
};

} // namespace stepscope
