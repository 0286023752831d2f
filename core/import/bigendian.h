#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace stepscope {

inline std::uint32_t bigEndian16(const unsigned char* bytes)
{
    return static_cast<std::uint32_t>(bytes[0]) << 8 | bytes[1];
}

inline std::uint32_t bigEndian32(const unsigned char* bytes)
{
    return bigEndian16(bytes) << 16 | bigEndian16(bytes + 2);
}

inline std::uint64_t bigEndian64(const unsigned char* bytes)
{
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    return __builtin_bswap64(value); // of the little-endian machines that are supported
}

/// A number of one to nine bytes as SQLite writes it; returns how many.
inline std::size_t readVarint(const unsigned char* bytes, std::uint64_t& value)
{
    value = bytes[0] & 0x7fU;
    std::size_t length = 1;
    for (; length < 9 && bytes[length - 1] >= 0x80; ++length)
        value = length < 8 ? value << 7 | (bytes[length] & 0x7fU) : value << 8 | bytes[length];
    return length;
}

} // namespace stepscope
