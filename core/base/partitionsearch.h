#pragma once

#include <algorithm>
#include <cstddef>

namespace stepscope {

/// The first number in [low, high) that is not `isBefore`, or `high`: as std::partition_point, but looked for
/// from `guess` on in steps that double. O(log distance): for walks in which the next place is about known.
template <class Predicate>
std::size_t partitionNear(std::size_t low, std::size_t high, std::size_t guess, Predicate isBefore)
{
    guess = std::clamp(guess, low, high);
    if (guess < high && isBefore(guess)) {
        low = guess + 1;
        for (std::size_t step = 1; low + step < high; step *= 2) {
            if (!isBefore(low + step)) {
                high = low + step;
                break;
            }
            low += step + 1;
        }
    } else {
        high = guess;
        for (std::size_t step = 1; low + step <= high; step *= 2) {
            if (isBefore(high - step)) {
                low = high - step + 1;
                break;
            }
            high -= step;
        }
    }
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (isBefore(middle))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace stepscope
