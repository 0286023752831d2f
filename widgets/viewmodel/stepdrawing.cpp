#include "widgets/viewmodel/stepdrawing.h"

#include <algorithm>

namespace stepscope {

namespace {

Duration distance(TimePoint a, TimePoint b)
{
    return a < b ? b - a : a - b;
}

} // namespace

std::vector<TimePoint> beginsLike(const TraceIndex& index, const SpanRef& span)
{
    std::vector<TimePoint> begins;
    if (span.kind == SpanRef::Kind::Replay) {
        const std::vector<GraphReplay>& replays = index.device(span.device).occupancy.replays();
        for (const GraphReplay& replay : replays) {
            if (replay.graph == replays[span.row].graph)
                begins.push_back(replay.span.begin);
        }
    } else if (span.kind == SpanRef::Kind::Operation) {
        const ActivityTable& work = index.trace().device(span.device).activities;
        for (std::size_t row = 0; row < work.size(); ++row) {
            if (work.name(row) == work.name(span.row) && work.kind(row) == work.kind(span.row))
                begins.push_back(work.begin(row));
        }
    }
    return begins;
}

std::vector<TimePoint> toggledBoundary(const TraceIndex& index, DeviceId device, TimePoint at, Duration reach)
{
    std::vector<TimePoint> boundaries = index.device(device).steps.boundaries;
    const auto after = std::lower_bound(boundaries.begin(), boundaries.end(), at);
    auto nearest = after;
    if (after != boundaries.begin() &&
        (after == boundaries.end() || distance(*(after - 1), at) < distance(*after, at)))
        nearest = after - 1;
    if (nearest != boundaries.end() && distance(*nearest, at) <= reach) {
        boundaries.erase(nearest);
        return boundaries;
    }
    const ActivityTable& work = index.trace().device(device).activities;
    const std::size_t next = work.firstAtOrAfter(at);
    TimePoint begin = at;
    Duration best = reach + Duration(1);
    for (const std::size_t row : {next, next - 1}) { // next - 1 wraps at 0 and is then out of range
        if (row < work.size() && distance(work.begin(row), at) < best) {
            begin = work.begin(row);
            best = distance(begin, at);
        }
    }
    boundaries.insert(std::lower_bound(boundaries.begin(), boundaries.end(), begin), begin);
    return boundaries;
}

} // namespace stepscope
