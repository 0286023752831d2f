#pragma once

#include "widgets/timeline/lanelayout.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace stepscope {

/// Which lanes of a layout are in sight, and how far down: the first ones may be pinned and stay at the top,
/// the others scroll below them. In logical pixels; heights of the widget against heights of the content. A
/// value that reads the layout it was made for.
class LaneSight {
public:
    using Lanes = std::pair<std::size_t, std::size_t>; ///< the first of them, and the first beyond

    LaneSight() = default;
    /// Of `pinned` lanes those stay that leave at least a third of `height` to the others.
    LaneSight(const LaneLayout& layout, std::size_t pinned, int height) : m_layout(&layout), m_height(height)
    {
        while (m_pinned < std::min(pinned, layout.size()) && layout.box(m_pinned).bottom() <= height * 2 / 3)
            ++m_pinned;
        m_pinnedHeight = m_pinned > 0 ? layout.box(m_pinned - 1).bottom() : 0;
    }

    int offset() const { return m_offset; }
    /// As near as the content allows.
    void scrollTo(int offset) { m_offset = std::clamp(offset, 0, std::max(0, contentHeight() - m_height)); }
    /// Scrolls as far as needed to see a lane as a whole.
    void show(std::size_t lane)
    {
        if (lane < m_pinned)
            return;
        const LaneBox& box = m_layout->box(lane);
        if (box.bottom() > m_offset + m_height)
            scrollTo(box.bottom() - m_height);
        if (box.top < m_offset + m_pinnedHeight)
            scrollTo(box.top - m_pinnedHeight);
    }

    int pinnedHeight() const { return m_pinnedHeight; }
    Lanes pinned() const { return {0, m_pinned}; }
    Lanes scrolled() const
    {
        if (m_layout == nullptr)
            return {0, 0};
        const auto [first, last] = m_layout->lanesIn(m_offset + m_pinnedHeight, m_offset + m_height);
        return {std::max(first, m_pinned), std::max(last, m_pinned)};
    }
    /// How much higher a lane is seen than it lies in the content.
    int shiftOf(std::size_t lane) const { return lane < m_pinned ? 0 : m_offset; }
    /// Above this height of the widget nothing is seen of a lane.
    int edgeOver(std::size_t lane) const { return lane < m_pinned ? 0 : m_pinnedHeight; }
    /// What of the content is seen at a height of the widget.
    int contentAt(int height) const { return height < m_pinnedHeight ? height : height + m_offset; }

private:
    int contentHeight() const { return m_layout == nullptr ? 0 : m_layout->contentHeight(); }

    const LaneLayout* m_layout = nullptr;
    std::size_t m_pinned = 0;
    int m_pinnedHeight = 0;
    int m_height = 0;
    int m_offset = 0;
};

} // namespace stepscope
