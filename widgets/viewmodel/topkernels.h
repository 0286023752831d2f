#pragma once

#include "core/analysis/traceindex.h"
#include "widgets/viewmodel/spanref.h"

namespace stepscope {

/// The first operation of that name that begins in the window; None when there is none. O(operations in the
/// window): for a click, not for painting.
SpanRef firstOperation(const TraceIndex& index, DeviceId device, TimeRange window, NameId name);

} // namespace stepscope
