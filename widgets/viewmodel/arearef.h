#pragma once

#include "core/analysis/areastatistics.h"
#include "widgets/viewmodel/lanelist.h"

#include <optional>
#include <vector>

namespace stepscope {

/// A lane by what it is, so that it is found again in a list that others have joined or left.
struct LaneRef {
    QString group; ///< as Lane::group
    LaneKind kind = LaneKind::DeviceBusy;
    DeviceId device;
    ThreadId thread;
    std::int64_t stream = 0;
    QString title; ///< "GPU 0 · stream 7"; not part of what it is

    /// Which spans it shows; none for lanes without spans.
    std::optional<AreaLane> spans() const;
    bool isOf(const Lane& lane) const;
    friend bool operator==(const LaneRef& a, const LaneRef& b)
    {
        return a.group == b.group && a.kind == b.kind && a.device == b.device && a.thread == b.thread &&
               a.stream == b.stream;
    }
};

/// A range of time over some lanes. A value: valid for the trace it was made from.
struct AreaRef {
    TimeRange range;
    std::vector<LaneRef> lanes;

    /// The lanes [first, last) of a list.
    static AreaRef of(const std::vector<Lane>& lanes, std::size_t first, std::size_t last, TimeRange range);

    bool isNone() const { return lanes.empty() || range.isEmpty(); }
    bool holds(const Lane& lane) const;
    friend bool operator==(const AreaRef&, const AreaRef&) = default;
};

} // namespace stepscope
