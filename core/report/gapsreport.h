#pragma once

#include "core/gates/assessment.h"

#include <limits>
#include <string>

namespace stepscope {

/// The gaps wholly inside a window, the longest taken apart, in the two forms that `gaps` prints beside
/// gapsCsv. Each gap's parts sum to it, exactly.

inline constexpr std::size_t usualListedGaps = 20;
inline constexpr std::size_t allGaps = std::numeric_limits<std::size_t>::max();

/// Where the idle time of a clean step goes, then the `most` longest gaps of the reference device: owners
/// with their reason, the operations around it, the launch that ended it; the other devices in a line each.
std::string gapsText(const Assessment& assessment, const TraceIndex& index, std::size_t most);
/// One JSON object, all devices, times in integer ns of the trace clock: format stepscope.gaps/1.
std::string gapsJson(const Assessment& assessment, const TraceIndex& index, std::size_t most);

} // namespace stepscope
