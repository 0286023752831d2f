#pragma once

#include <string>
#include <string_view>

namespace stepscope {

/// A text cell of a CSV: quoted by RFC 4180 where needed; a leading `=`, `+`, `-`, `@`, tab or CR gets an
/// apostrophe so that no spreadsheet takes it for a formula.
std::string csvText(std::string_view text);

} // namespace stepscope
