#pragma once

#include "core/trace/trace.h"
#include "core/trace/tracepreview.h"

#include <functional>
#include <string>

namespace stepscope {

inline constexpr std::size_t previewStretches = 4096;

/// The busy share of each of `previewStretches` equal stretches of the GPU extent, exact but for the rounding
/// to 1/65535; as many as there are nanoseconds where that is fewer. All of a stretch is 65535 and nothing
/// less is, some of it never 0. `labelOf` says what a lane is called. O(n).
TracePreview tracePreviewOf(const Trace& trace, const std::function<std::string(DeviceId)>& labelOf);

} // namespace stepscope
