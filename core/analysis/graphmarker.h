#pragma once

#include "core/analysis/stepmarker.h"

#include <optional>

namespace stepscope {

/// Replays of the graph that runs once a step (definitions.md §4 G): of those that recur evenly over the
/// trace the one replayed least. Without an operation found, its periods must be steps and not layers: copies
/// between the replays, a gap that stands out or nothing else at all, and no rarer graph that recurs after a
/// fixed number of them; a more frequent one is taken if it divides the periods into like parts. O(n log n).
std::optional<StepMarkers> findGraphMarkers(const Trace& trace, const ActivityTable& work,
                                            const OperationSequence& sequence,
                                            const DeviceOccupancy& occupancy, bool operationFound);

} // namespace stepscope
