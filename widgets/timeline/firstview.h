#pragma once

#include "core/analysis/traceindex.h"

namespace stepscope {

/// What a newly opened trace shows: its robust extent, and a torn end close behind it, which is to be seen.
TimeRange firstView(const TraceIndex& index);

} // namespace stepscope
