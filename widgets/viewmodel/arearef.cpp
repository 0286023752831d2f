#include "widgets/viewmodel/arearef.h"

#include <algorithm>

namespace stepscope {

std::optional<AreaLane> LaneRef::spans() const
{
    const auto as = [this](AreaLane::Kind shown) { return AreaLane{shown, device, thread, stream}; };
    switch (kind) {
    case LaneKind::DeviceBusy:
        return as(AreaLane::Kind::Device);
    case LaneKind::Graphs:
        return as(AreaLane::Kind::Graphs);
    case LaneKind::Compute:
        return as(AreaLane::Kind::Compute);
    case LaneKind::Comm:
        return as(AreaLane::Kind::Comm);
    case LaneKind::Copies:
        return as(AreaLane::Kind::Copies);
    case LaneKind::Stream:
        return as(AreaLane::Kind::Stream);
    case LaneKind::Annotations:
        return as(AreaLane::Kind::Ranges);
    case LaneKind::Calls:
        return as(AreaLane::Kind::Calls);
    case LaneKind::HostHead:
    case LaneKind::IdleOwner:
        break;
    }
    return std::nullopt;
}

bool LaneRef::isOf(const Lane& lane) const
{
    return group == lane.group && kind == lane.kind && device == lane.device && thread == lane.thread &&
           stream == lane.stream;
}

AreaRef AreaRef::of(const std::vector<Lane>& lanes, std::size_t first, std::size_t last, TimeRange range)
{
    AreaRef area{range, {}};
    QString head;
    for (std::size_t number = 0; number < std::min(last, lanes.size()); ++number) {
        const Lane& lane = lanes[number];
        if (lane.isHead())
            head = lane.title;
        if (number < first)
            continue;
        QString title = head;
        if (!lane.isHead())
            title += QStringLiteral(" · ") + lane.title;
        if (lane.thread.isValid() && !lane.note.isEmpty()) // one of several threads
            title += QStringLiteral(" · ") + lane.note;
        area.lanes.push_back({lane.group, lane.kind, lane.device, lane.thread, lane.stream, title});
    }
    return area;
}

bool AreaRef::holds(const Lane& lane) const
{
    return std::any_of(lanes.begin(), lanes.end(), [&lane](const LaneRef& own) { return own.isOf(lane); });
}

} // namespace stepscope
