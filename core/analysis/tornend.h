#pragma once

#include "core/analysis/traceindex.h"

#include <optional>

namespace stepscope {

/// Where the records of a device break off because its file does: the end of its last whole operation, or
/// earlier, the end of what the first of its tables to break off still held.
/// Nothing for a device whose file is whole, or is damaged only where reading went on behind it. O(damaged
/// places).
std::optional<TimePoint> tornEnd(const TraceIndex& index, DeviceId device);

} // namespace stepscope
