#include "widgets/viewmodel/spanneighbours.h"

#include "widgets/viewmodel/spandetails.h"

namespace stepscope {

namespace {

/// The nearest row of `count` beside `row` that `fits`.
template <class Fits>
SpanRef nearestRow(const SpanRef& span, std::size_t count, Neighbour direction, const Fits& fits)
{
    SpanRef found = span;
    const auto rows = static_cast<std::uint32_t>(count);
    if (direction == Neighbour::Next) {
        for (std::uint32_t row = span.row + 1; row < rows; ++row) {
            found.row = row;
            if (fits(row))
                return found;
        }
        return {};
    }
    for (std::uint32_t row = span.row; row-- > 0;) {
        found.row = row;
        if (fits(row))
            return found;
    }
    return {};
}

SpanRef nearest(const TraceIndex& index, const SpanRef& span, Neighbour direction, bool sameName)
{
    const Trace& trace = index.trace();
    switch (span.kind) {
    case SpanRef::Kind::Operation: {
        const ActivityTable& work = trace.device(span.device).activities;
        return nearestRow(span, work.size(), direction, [&](std::uint32_t row) {
            return sameName ? work.name(row) == work.name(span.row)
                            : work.stream(row) == work.stream(span.row);
        });
    }
    case SpanRef::Kind::Replay: {
        const std::vector<GraphReplay>& replays = index.device(span.device).occupancy.replays();
        return nearestRow(span, replays.size(), direction, [&](std::uint32_t row) {
            return !sameName || replays[row].graph == replays[span.row].graph;
        });
    }
    case SpanRef::Kind::Call: {
        const ApiCallTable& calls = trace.calls();
        return nearestRow(span, calls.size(), direction, [&](std::uint32_t row) {
            return calls.thread(row) == calls.thread(span.row) &&
                   (!sameName || calls.name(row) == calls.name(span.row));
        });
    }
    case SpanRef::Kind::Range: {
        const RangeTable& ranges = trace.ranges();
        return nearestRow(span, ranges.size(), direction, [&](std::uint32_t row) {
            return ranges[row].thread == ranges[span.row].thread &&
                   (!sameName || ranges[row].name == ranges[span.row].name);
        });
    }
    case SpanRef::Kind::Step: {
        const std::vector<Step>& steps = index.device(span.device).steps.steps;
        return nearestRow(span, steps.size(), direction, [&](std::uint32_t row) {
            return !sameName || steps[row].kind == steps[span.row].kind;
        });
    }
    case SpanRef::Kind::None:
        break;
    }
    return {};
}

} // namespace

SpanRef neighbourOf(const TraceIndex& index, const SpanRef& span, Neighbour direction)
{
    return nearest(index, span, direction, false);
}

SpanRef nextOfSameName(const TraceIndex& index, const SpanRef& span, Neighbour direction)
{
    return nearest(index, span, direction, true);
}

SpanRef launchPartner(const TraceIndex& index, const SpanRef& span)
{
    if (span.isNone() || span.kind == SpanRef::Kind::Step)
        return {};
    for (const SpanDetail& line : spanDetails(index, span).lines) {
        if (!line.link.isNone() &&
            (line.link.kind == SpanRef::Kind::Call) != (span.kind == SpanRef::Kind::Call))
            return line.link;
    }
    return {};
}

} // namespace stepscope
