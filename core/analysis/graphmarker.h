#pragma once

#include "core/analysis/stepmarker.h"

#include <optional>

namespace stepscope {

/// Replays of the graph that runs once a step (definitions.md §4 G). With `operationFound`, any graph that
/// recurs evenly counts, whatever its share of busy time. Without, its periods must be steps and not layers:
/// copies between the replays, a gap that stands out or nothing else at all, and no rarer graph that recurs
/// after a fixed number of them. O(n log n).
std::optional<StepMarkers> findGraphMarkers(const Trace& trace, const ActivityTable& work,
                                            const DeviceOccupancy& occupancy, bool operationFound);

} // namespace stepscope
