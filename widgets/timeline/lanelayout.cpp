#include "widgets/timeline/lanelayout.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr int headMargin = 6; // above and below the bar of a device
constexpr int subLaneMargin = 2;
constexpr int rowsMargin = 4; // above and below several sub-rows
constexpr int preferredHeads = 8;

/// Many sub-rows are rare and must not push everything else out of sight.
int pitchOf(int subRows)
{
    if (subRows == 1)
        return LaneLayout::subLane - 2 * subLaneMargin;
    return subRows <= 6 ? 12 : subRows <= 16 ? 8 : 4;
}

int subLaneHeight(const Lane& lane)
{
    if (lane.subRows == 1)
        return LaneLayout::subLane;
    return lane.subRows * pitchOf(lane.subRows) + 2 * rowsMargin;
}

struct Content {
    int heads = 0; // of devices
    int others = 0;
    bool hasDeviceLanes = false;
};

Content contentOf(std::span<const Lane> lanes)
{
    Content content;
    for (const Lane& lane : lanes) {
        if (lane.kind == LaneKind::DeviceBusy)
            ++content.heads;
        else
            content.others += lane.kind == LaneKind::HostHead ? LaneLayout::hostHead : subLaneHeight(lane);
        content.hasDeviceLanes =
            content.hasDeviceLanes ||
            (!lane.isHead() && lane.kind != LaneKind::IdleOwner && lane.device.isValid());
    }
    return content;
}

/// Fewer lanes may be taller: there is more to see in them than in empty space.
int tallestHead(const Content& content)
{
    if (content.hasDeviceLanes)
        return content.heads <= 2 ? 56 : 44;
    return content.heads <= 1 ? 128 : content.heads == 2 ? 96 : 64;
}

LaneBox boxOf(const Lane& lane, int top, int headHeight)
{
    LaneBox box;
    box.top = top;
    if (lane.kind == LaneKind::DeviceBusy) {
        box.height = headHeight;
        box.barTop = top + headMargin;
        box.subRowHeight = headHeight - 2 * headMargin - 1;
    } else if (lane.kind == LaneKind::HostHead) {
        box.height = LaneLayout::hostHead;
        box.barTop = top;
    } else {
        box.height = subLaneHeight(lane);
        box.subRows = lane.subRows;
        box.barTop = top + (lane.subRows == 1 ? subLaneMargin : rowsMargin);
        box.subRowHeight = pitchOf(lane.subRows) - (lane.subRows == 1 ? 0 : 1);
    }
    box.subRowPitch = lane.isHead() ? box.subRowHeight : pitchOf(lane.subRows);
    return box;
}

} // namespace

LaneLayout::LaneLayout(std::span<const Lane> lanes, int availableHeight)
{
    const Content content = contentOf(lanes);
    const int free = (availableHeight - content.others) / std::max(1, content.heads) / 4 * 4;
    const int headHeight = std::clamp(free, lowestHead, tallestHead(content));
    int top = 0;
    for (const Lane& lane : lanes) {
        m_boxes.push_back(boxOf(lane, top, headHeight));
        top += m_boxes.back().height;
    }
}

std::optional<std::size_t> LaneLayout::laneAt(int y) const
{
    if (y < 0 || y >= contentHeight())
        return std::nullopt;
    const auto found = std::partition_point(m_boxes.begin(), m_boxes.end(),
                                            [y](const LaneBox& box) { return box.bottom() <= y; });
    return static_cast<std::size_t>(found - m_boxes.begin());
}

std::size_t LaneLayout::subRowAt(std::size_t lane, int y) const
{
    const LaneBox& box = m_boxes[lane];
    const int row = (y - box.barTop) / std::max(1, box.subRowPitch);
    return static_cast<std::size_t>(std::clamp(row, 0, std::max(0, box.subRows - 1)));
}

std::pair<std::size_t, std::size_t> LaneLayout::lanesIn(int top, int bottom) const
{
    const auto first = std::partition_point(m_boxes.begin(), m_boxes.end(),
                                            [top](const LaneBox& box) { return box.bottom() <= top; });
    const auto last =
        std::partition_point(first, m_boxes.end(), [bottom](const LaneBox& box) { return box.top < bottom; });
    return {static_cast<std::size_t>(first - m_boxes.begin()),
            static_cast<std::size_t>(last - m_boxes.begin())};
}

int LaneLayout::tallest(std::span<const Lane> lanes)
{
    const Content content = contentOf(lanes);
    return content.others + content.heads * tallestHead(content);
}

int LaneLayout::preferred(std::span<const Lane> lanes)
{
    const Content content = contentOf(lanes);
    const int heads = std::min(content.heads, preferredHeads);
    int head = heads <= 1 ? 96 : heads == 2 ? 64 : heads <= 4 ? 44 : lowestHead;
    if (content.hasDeviceLanes)
        head = heads <= 1 ? 40 : lowestHead;
    return content.others + heads * head;
}

} // namespace stepscope
