#pragma once

#include "core/analysis/graphreplay.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace stepscope {

/// The replay that row `row` belongs to; none for work outside graphs. `replays` are those of the same table.
/// O(log n).
std::optional<std::uint32_t> replayOf(const ActivityTable& work, const std::vector<GraphReplay>& replays,
                                      std::size_t row);

} // namespace stepscope
