#pragma once

#include "core/gates/assessment.h"

#include <string>

namespace stepscope {

/// The columns that every export begins with (product.md §Exports), and their cells for one device.
inline constexpr const char* csvContextHeader =
    "trace_sha256,label,device,rank,window_start_ns,window_end_ns";
std::string csvContextCells(const Assessment& assessment, const TraceIndex& index, DeviceId device);

} // namespace stepscope
