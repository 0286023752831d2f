#pragma once

#include "core/analysis/stepmarker.h"

#include <cstdint>
#include <vector>

namespace stepscope {

/// Adds the markers that the recording lost. Another operation that runs once a step, the nearest before the
/// marker, tells: where it occurs twice between two markers, one is missing. The added row is the last one
/// before the place of the lost marker. O(n log n).
std::vector<std::uint32_t> withLostMarkers(const OperationSequence& sequence,
                                           const std::vector<std::uint32_t>& markers);

/// Adds a marker for each step that emits tokens without running the marker: a prefill among speculative
/// steps samples another way. It is told by a small copy to the host more than usual, behind as many
/// operations as a step has. O(n).
std::vector<std::uint32_t> withPrefillMarkers(const ActivityTable& work,
                                              const std::vector<std::uint32_t>& markers);

} // namespace stepscope
