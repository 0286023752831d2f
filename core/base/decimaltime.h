#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stepscope {

/// Nanoseconds from a decimal number of microseconds as it stands in a trace (`-?digits[.digits][e±n]`),
/// from its digits and never through a double: round-half-even(decimal × 1000) (formats.md §2.3).
/// nullopt when the text is no such number or the result does not fit into 64 bits.
std::optional<std::int64_t> nanosecondsFromMicroseconds(std::string_view text);

} // namespace stepscope
