#pragma once

#include "core/lod/pixelcoverage.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stepscope {

/// A lane of a TracePreview over `columns` pixel columns: the mean share of the stretches that each of them
/// lies over, as busy time of the first class, whatever it was. A sliver of busy or idle time is never
/// rounded away. O(stretches + columns).
std::vector<ColumnCoverage> previewColumns(std::span<const std::uint16_t> busy, std::size_t columns);

} // namespace stepscope
