#pragma once

#include "core/analysis/deviceoccupancy.h"
#include "core/analysis/stepmarker.h"
#include "core/trace/trace.h"

#include <vector>

namespace stepscope {

/// Where steps begin, given an operation that occurs once in each: one position for the whole trace, voted
/// for by the largest host gap of each period, so that a step begins with GPU work and ends with its own host
/// gap (definitions.md §4, boundaries). Where no position carries the vote, `replays` (the markers of the
/// graph that runs once a step) are the boundaries if they agree with the markers, else the operation after
/// each marker. Returns rows in order of begin. O(n log n).
std::vector<std::uint32_t> cutIntoSteps(const Trace& trace, const ActivityTable& work,
                                        const OperationSequence& sequence, const DeviceOccupancy& occupancy,
                                        const StepMarkers& markers, const StepMarkers* replays);

} // namespace stepscope
