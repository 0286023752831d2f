#pragma once

#include <cstdint>

namespace stepscope {

/// Whether a time of a file, in ns, lies within ±146 years of its zero. Beyond that it is a fault, and the
/// distance of two such times would not fit into 64 bits.
constexpr bool isPlausibleTime(std::int64_t nanoseconds)
{
    constexpr std::int64_t farthest = std::int64_t{1} << 62;
    return nanoseconds > -farthest && nanoseconds < farthest;
}

} // namespace stepscope
