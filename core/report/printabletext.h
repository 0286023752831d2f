#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stepscope {

/// Text of a file made safe for a terminal: control characters (C0, C1, DEL), the marks that turn the
/// direction of text (U+200E–F, U+202A–E, U+2066–9), line separators and bytes that are no UTF-8 appear as
/// `\x1b`, `\u202e` (platform.md §5.1). A line feed is a control character too.
std::string printable(std::string_view text);

/// How many columns a text takes: characters, not bytes.
std::size_t columnsOf(std::string_view text);

} // namespace stepscope
