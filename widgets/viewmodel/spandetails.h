#pragma once

#include "core/analysis/traceindex.h"
#include "widgets/viewmodel/spanref.h"

#include <QString>

#include <optional>
#include <vector>

namespace stepscope {

struct TimeReading;

/// One line of what is known about a span.
struct SpanDetail {
    QString label;
    QString value;
    QString meaning;        ///< tooltip: what the value says; may be empty
    SpanRef link;           ///< where the value leads (the launch call, the replay); None for plain values
    bool isTelling = false; ///< one of the lines that a tooltip shows
    std::optional<TimePoint> time; ///< the value is this place, on the clock of the trace
};

/// What a click on a span tells: all of it plain text.
struct SpanDetails {
    QString name; ///< as the file spells it, whole
    QString kind; ///< "kernel", "copy, host to device", "CUDA graph replay", "API call", "annotation"
    TimeRange range;
    std::vector<SpanDetail> lines;
};

/// Operation: class and the rule that matched, stream, graph and node, launch call, queue time or "started
/// before the call returned", share of its step. Replay: graph, nodes, launch. Call: thread, what it
/// launched. Range: thread, depth. "n/a: not recorded" with the missing column named instead of 0.
/// Empty for None. O(log n); for a range O(ranges), for its depth.
SpanDetails spanDetails(const TraceIndex& index, const SpanRef& span);
/// The same with its places in time as `reading` tells them.
SpanDetails countedFrom(SpanDetails details, const TimeReading& reading);
/// Where numbers of this trace come from, for copies: file, tool, hash. Plain text.
QString contextLine(const TraceIndex& index);
/// The time a span covers. O(1).
TimeRange spanRange(const TraceIndex& index, const SpanRef& span);
/// Name, length, kind and the two most telling lines: for a tooltip. Plain text.
QString spanToolTip(const TraceIndex& index, const SpanRef& span);

} // namespace stepscope
