#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stepscope {

/// U+FFFD, which stands for bytes that are no UTF-8.
inline constexpr std::string_view utf8Replacement = "\xef\xbf\xbd";
inline constexpr std::string_view utf8ByteOrderMark = "\xef\xbb\xbf";

/// Of the sequence that begins with `first`; 0 when none can.
std::size_t utf8SequenceLength(unsigned char first);
/// Whether `second` may follow `first` (no overlong forms, no surrogates, nothing above U+10FFFF).
bool isUtf8SecondByte(unsigned char first, unsigned char second);

/// Of the whole, valid sequence that `text` begins with; 0 when it begins with none.
std::size_t validSequenceLength(std::string_view text);

bool isValidUtf8(std::string_view text);

struct CleanText {
    std::string text;
    bool wasInvalid = false;
};

/// `bytes` with each invalid piece replaced by U+FFFD.
CleanText validUtf8(std::string_view bytes);
/// `text` cut to at most `limit` bytes at a border between characters.
std::string_view cutUtf8(std::string_view text, std::size_t limit);

} // namespace stepscope
