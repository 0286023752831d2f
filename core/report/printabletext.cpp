#include "core/report/printabletext.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace stepscope {

namespace {

void appendHex(std::string& text, unsigned value, int digits)
{
    constexpr std::string_view hexDigits = "0123456789abcdef";
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        text += hexDigits[(value >> shift) & 15];
}

bool isUnsafe(unsigned codePoint)
{
    return (codePoint >= 0x80 && codePoint < 0xa0) || codePoint == 0x200e || codePoint == 0x200f ||
           (codePoint >= 0x2028 && codePoint <= 0x202e) || (codePoint >= 0x2066 && codePoint <= 0x2069);
}

} // namespace

std::string printable(std::string_view text)
{
    std::string safe;
    safe.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const std::size_t length = validSequenceLength(text.substr(at));
        if (length == 0 || byte < 0x20 || byte == 0x7f) {
            safe += "\\x";
            appendHex(safe, byte, 2);
            ++at;
            continue;
        }
        unsigned codePoint = length == 1 ? byte : byte & (0x7fU >> length);
        for (std::size_t i = 1; i < length; ++i)
            codePoint = (codePoint << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3f);
        if (isUnsafe(codePoint)) {
            safe += "\\u";
            appendHex(safe, codePoint, 4);
        } else {
            safe += text.substr(at, length);
        }
        at += length;
    }
    return safe;
}

std::size_t columnsOf(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

} // namespace stepscope
