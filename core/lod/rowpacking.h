#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace stepscope {

/// Distributes spans on sub-rows so that those of one sub-row are disjoint: each goes to the lowest sub-row
/// that is free when it begins. What is nested ends up as deep as it is nested; what does not overlap stays
/// in the first. `ids` must come in order of begin; empty spans take no room but keep their order.
/// O(n log rows), four bytes a span. Any thread.
std::vector<std::vector<std::uint32_t>> packRows(std::span<const std::uint32_t> ids,
                                                 const std::function<TimeRange(std::uint32_t)>& range);

} // namespace stepscope
