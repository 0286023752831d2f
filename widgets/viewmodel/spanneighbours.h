#pragma once

#include "core/analysis/traceindex.h"
#include "widgets/viewmodel/spanref.h"

namespace stepscope {

enum class Neighbour { Previous, Next };

/// The span before or after one, by begin, on the same lane: of an operation its stream, of a call or a range
/// its thread, of a replay the device's replays, of a step the device's steps. None at the end. O(rows in
/// between).
SpanRef neighbourOf(const TraceIndex& index, const SpanRef& span, Neighbour direction);
/// The nearest of the same name, before or after: on the same device whatever the stream, on the same thread;
/// of a replay one of the same graph, of a step one of the same kind. None when there is none. O(rows in
/// between).
SpanRef nextOfSameName(const TraceIndex& index, const SpanRef& span, Neighbour direction);
/// From work to the call that launched it, from a call to what it launched. None where the file does not
/// hold it.
SpanRef launchPartner(const TraceIndex& index, const SpanRef& span);

} // namespace stepscope
