#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace stepscope {

// Texts as the scanner meets them, by the million and short: eight bytes at a time, without a call.

inline std::uint64_t wordAt(const char* bytes)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

/// The bytes of a text of less than eight, one or two of them twice. Texts of one size differ where this
/// does.
inline std::uint64_t shortWord(std::string_view text)
{
    const char* const bytes = text.data();
    const std::size_t size = text.size();
    if (size >= 4) {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::memcpy(&first, bytes, sizeof first);
        std::memcpy(&last, bytes + size - sizeof last, sizeof last);
        return std::uint64_t{first} << 32 | last;
    }
    if (size == 0)
        return 0;
    const auto byte = [bytes](std::size_t at) {
        return std::uint64_t{static_cast<unsigned char>(bytes[at])};
    };
    return byte(0) << 16 | byte(size / 2) << 8 | byte(size - 1);
}

inline bool isSameText(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    if (a.size() < 8)
        return shortWord(a) == shortWord(b);
    std::uint64_t differs = wordAt(a.data() + a.size() - 8) ^ wordAt(b.data() + b.size() - 8);
    for (std::size_t at = 0; at + 8 < a.size(); at += 8)
        differs |= wordAt(a.data() + at) ^ wordAt(b.data() + at);
    return differs == 0;
}

} // namespace stepscope
