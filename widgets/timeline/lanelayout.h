#pragma once

#include "widgets/viewmodel/lanelist.h"

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace stepscope {

/// Where one lane lies, in logical pixels from the top of the first lane.
struct LaneBox {
    int top = 0;
    int height = 0;
    int barTop = 0; ///< of what is drawn in it
    int subRows = 1;
    int subRowPitch = 0;  ///< from one sub-row to the next
    int subRowHeight = 0; ///< what of it is drawn

    int bottom() const { return top + height; }
    int barHeight() const { return (subRows - 1) * subRowPitch + subRowHeight; }
    int subRowTop(std::size_t subRow) const { return barTop + static_cast<int>(subRow) * subRowPitch; }
};

/// Heights and positions of all visible lanes: device heads share what height there is, within bounds;
/// sub-lanes are as low as their content allows. Multiples of four keep edges on whole device pixels at
/// 1.25 and 1.5, too. Geometry only; O(lanes).
class LaneLayout {
public:
    static constexpr int lowestHead = 32;
    static constexpr int hostHead = 24;
    static constexpr int subLane = 20;

    LaneLayout() = default;
    LaneLayout(std::span<const Lane> lanes, int availableHeight);

    std::size_t size() const { return m_boxes.size(); }
    const LaneBox& box(std::size_t lane) const { return m_boxes[lane]; }
    int contentHeight() const { return m_boxes.empty() ? 0 : m_boxes.back().bottom(); }
    /// The lane at `y`; none above the first and below the last. O(log lanes).
    std::optional<std::size_t> laneAt(int y) const;
    /// The sub-row of a lane at or nearest to `y`.
    std::size_t subRowAt(std::size_t lane, int y) const;
    /// The lanes that are at least partly in [top, bottom).
    std::pair<std::size_t, std::size_t> lanesIn(int top, int bottom) const;

    /// More height than this would only be empty.
    static int tallest(std::span<const Lane> lanes);
    /// A height at which the first lanes read well; more than eight devices are left to scrolling.
    static int preferred(std::span<const Lane> lanes);

private:
    std::vector<LaneBox> m_boxes;
};

} // namespace stepscope
