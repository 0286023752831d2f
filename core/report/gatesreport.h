#pragma once

#include "core/gates/assessment.h"

#include <string>

namespace stepscope {

/// The checklist of the reference device with every row of evidence, worst gate first: what it says, and what
/// to do now.
std::string gatesText(const Assessment& assessment, const TraceIndex& index);
/// One JSON object with the checklists of all devices.
std::string gatesJson(const Assessment& assessment, const TraceIndex& index);

} // namespace stepscope
