#pragma once

#include "core/gates/assessmentinput.h"

#include <string>

namespace stepscope {

/// The context file that states what the user stated: the typed fields, and the thresholds that are not the
/// defaults. What other sources say is not in it. Read again it gives the same.
std::string contextFileText(const AssessmentInput& input);

} // namespace stepscope
