#include "core/base/utf8.h"

#include <algorithm>

namespace stepscope {

std::size_t utf8SequenceLength(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xc2)
        return 0;
    if (first < 0xe0)
        return 2;
    if (first < 0xf0)
        return 3;
    return first < 0xf5 ? 4 : 0;
}

bool isUtf8SecondByte(unsigned char first, unsigned char second)
{
    if ((second & 0xc0) != 0x80)
        return false;
    switch (first) {
    case 0xe0:
        return second >= 0xa0;
    case 0xed:
        return second < 0xa0;
    case 0xf0:
        return second >= 0x90;
    case 0xf4:
        return second < 0x90;
    default:
        return true;
    }
}

namespace {

/// How many bytes of the sequence at the front are as they should be, up to its length.
std::size_t goodBytes(std::string_view text, std::size_t length)
{
    const auto byteAt = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    std::size_t good = length == 0 ? 0 : 1;
    while (good > 0 && good < length && good < text.size()) {
        if (good == 1 ? !isUtf8SecondByte(byteAt(0), byteAt(1)) : (byteAt(good) & 0xc0) != 0x80)
            break;
        ++good;
    }
    return good;
}

} // namespace

std::size_t validSequenceLength(std::string_view text)
{
    const std::size_t length =
        text.empty() ? 0 : utf8SequenceLength(static_cast<unsigned char>(text.front()));
    return goodBytes(text, length) == length ? length : 0;
}

bool isValidUtf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t length = validSequenceLength(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

CleanText validUtf8(std::string_view bytes)
{
    CleanText clean;
    const auto isPlain = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::all_of(bytes.begin(), bytes.end(), isPlain)) {
        clean.text = bytes;
        return clean;
    }
    while (!bytes.empty()) {
        const std::size_t length = utf8SequenceLength(static_cast<unsigned char>(bytes.front()));
        const std::size_t good = goodBytes(bytes, length);
        if (length > 0 && good == length) {
            clean.text += bytes.substr(0, length);
        } else {
            clean.text += utf8Replacement;
            clean.wasInvalid = true;
        }
        bytes.remove_prefix(std::max<std::size_t>(good, 1));
    }
    return clean;
}

std::string_view cutUtf8(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit)
        return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80)
        --limit;
    return text.substr(0, limit);
}

} // namespace stepscope
