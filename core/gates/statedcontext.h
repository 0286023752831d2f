#pragma once

#include "core/base/result.h"
#include "core/gates/assessmentinput.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepscope {

/// States a field of the measurement context; an empty value takes back what was stated, so that the other
/// sources speak again. A key that nobody can state changes nothing.
void stateField(AssessmentInput& input, std::string_view key, std::string value);
/// What the user stated of a field; null: nothing.
const std::string* statedField(const AssessmentInput& input, std::string_view key);

/// `input` with the fields, the server's command and the thresholds of `other`; the driver's numbers and the
/// overridden gates stay.
AssessmentInput withContextOf(AssessmentInput input, const AssessmentInput& other);

/// Why a number cannot be a threshold.
enum class ThresholdFault {
    NotFinite,
    NotAShare, ///< has to be from 0 to 1
    BelowOne,  ///< a slowdown
};

/// Null when the threshold of that name may have that value.
std::optional<ThresholdFault> thresholdFault(std::string_view name, double value);

/// `input` with what a context file states, in place of the fields and thresholds that were stated before.
/// NotAContextFile names the first field or threshold that there is not, or whose value cannot be.
Result<AssessmentInput> withStatement(AssessmentInput input, const ContextStatement& statement);

} // namespace stepscope
