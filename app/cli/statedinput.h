#pragma once

#include "app/cli/arguments.h"
#include "core/gates/assessmentinput.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// The options by which a user says something of a trace.
const std::vector<std::string_view>& inputOptions();

/// What they say. On failure nullopt: `fault` says what is wrong with the words, or is empty where a file
/// could not be used, which was then said on stderr.
std::optional<AssessmentInput> statedInput(const Arguments& arguments, std::string& fault);

} // namespace stepscope
