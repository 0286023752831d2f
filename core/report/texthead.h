#pragma once

#include "core/gates/assessment.h"

#include <string>

namespace stepscope {

/// The lines that every text begins with, so that its numbers keep their context: file, tool, trust, hash and
/// version; the reference device and the window; what the numbers were measured with. `steps` says what the
/// window holds: "93 steps from annotations".
std::string textHead(const Assessment& assessment, const TraceIndex& index, const std::string& steps);

/// "two kinds of step: 5.100 ms (60.0 %) and 9.300 ms (40.0 %)", a line.
std::string mixtureText(const CadenceMixture& mixture);

/// "annotations", "gaps (weak)".
std::string stepSourceText(const StepIndex& steps);

} // namespace stepscope
