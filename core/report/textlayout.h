#pragma once

#include <cstddef>
#include <string>

namespace stepscope {

/// Columns of a text for people: widths count what a terminal shows, not bytes.

/// `text` with spaces behind it up to `width`; a longer text stays whole.
std::string padded(std::string text, std::size_t width);
/// `text` with spaces before it up to `width`; a longer text stays whole.
std::string rightAligned(const std::string& text, std::size_t width);
/// `text` cut to `width` columns, with "…" where something is left out.
std::string shortened(const std::string& text, std::size_t width);
/// "1 step", "2 steps".
std::string counted(std::size_t count, const char* one, const char* many);

} // namespace stepscope
