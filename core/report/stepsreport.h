#pragma once

#include "core/gates/assessment.h"

#include <string>

namespace stepscope {

/// The steps that a window touches, cut ones included, in the two forms that `steps` prints beside stepsCsv.
/// O(operations in the window).

/// Where the steps come from, the suggested window and why the rest is not in it, then a line for each step
/// of the reference device and their sum; the other devices in a line each.
std::string stepsText(const Assessment& assessment, const TraceIndex& index);
/// One JSON object, all devices, times in integer ns of the trace clock: format stepscope.steps/1.
std::string stepsJson(const Assessment& assessment, const TraceIndex& index);

} // namespace stepscope
