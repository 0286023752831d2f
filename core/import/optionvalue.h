#pragma once

#include "core/import/serveroptiontable.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepscope {

/// A whole number above 0 and nothing else.
std::optional<std::int64_t> positiveCount(std::string_view text);

/// The value of an option as the context has it: sizes in digits, all else as it was typed. None for what the
/// engine would not take, and for texts with control characters. 25.6k is 25600 and 8K is 8192, as vLLM
/// documents it: only the decimal units take a fraction.
std::optional<std::string> optionValue(OptionKind kind, const std::string& text);

} // namespace stepscope
