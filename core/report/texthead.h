#pragma once

#include "core/gates/assessment.h"

#include <string>

namespace stepscope {

/// The lines that every text begins with, so that its numbers keep their context: file, tool, trust, hash and
/// version; the reference device and the window; what the numbers were measured with. `steps` says what the
/// window holds: "93 steps from annotations".
std::string textHead(const Assessment& assessment, const TraceIndex& index, const std::string& steps);

/// "annotations", "gaps (weak)".
std::string stepSourceText(const StepIndex& steps);

} // namespace stepscope
