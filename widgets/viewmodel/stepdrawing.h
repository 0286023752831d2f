#pragma once

#include "core/analysis/traceindex.h"
#include "widgets/viewmodel/spanref.h"

#include <vector>

namespace stepscope {

/// Where the user lets steps begin, for TraceDocument::drawSteps().

/// The begin of each operation of the span's name and kind on its device, or of each replay of its graph;
/// empty for what is no GPU work. In order of time. O(n).
std::vector<TimePoint> beginsLike(const TraceIndex& index, const SpanRef& span);

/// The device's boundaries with one more at `at`, or without the one within `reach` of it. A new boundary
/// moves to the begin of the operation nearest to it within `reach`, since a step begins with GPU work.
/// O(log n + boundaries).
std::vector<TimePoint> toggledBoundary(const TraceIndex& index, DeviceId device, TimePoint at,
                                       Duration reach);

} // namespace stepscope
