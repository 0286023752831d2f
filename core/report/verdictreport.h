#pragma once

#include "core/gates/assessment.h"

#include <string>

namespace stepscope {

/// The verdict of the reference device and what it rests on: sentence, shares, margin to flip, robust
/// interval, driver's numbers, gates that are not passed.
std::string verdictText(const Assessment& assessment, const TraceIndex& index);
/// One JSON object with the verdicts of all devices.
std::string verdictJson(const Assessment& assessment, const TraceIndex& index);

} // namespace stepscope
