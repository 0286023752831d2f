#include "core/base/checksum.h"

#include <array>
#include <bit>
#include <cstring>

namespace stepscope {

namespace {

constexpr std::uint64_t checksumFactor = 0x9e3779b97f4a7c15ULL;
constexpr std::size_t checksumLanes = 8; // as many multiplications as are under way at a time
constexpr int halfOfWord = 32;

/// Loses nothing: for a given sum each word has its own result, for a given word each sum.
constexpr std::uint64_t mixedIn(std::uint64_t sum, std::uint64_t word)
{
    return std::rotl((sum ^ word) * checksumFactor, halfOfWord);
}

} // namespace

std::uint64_t checksumOf(const void* bytes, std::size_t size)
{
    const auto* from = static_cast<const unsigned char*>(bytes);
    std::array<std::uint64_t, checksumLanes> sums{};
    for (std::size_t lane = 0; lane < checksumLanes; ++lane)
        sums[lane] = lane + 1;
    std::array<std::uint64_t, checksumLanes> words{};
    std::size_t left = size;
    for (; left >= sizeof words; left -= sizeof words, from += sizeof words) {
        std::memcpy(words.data(), from, sizeof words);
        for (std::size_t lane = 0; lane < checksumLanes; ++lane)
            sums[lane] = mixedIn(sums[lane], words[lane]);
    }
    words.fill(0);
    if (left > 0)
        std::memcpy(words.data(), from, left);
    for (std::size_t lane = 0; lane < checksumLanes; ++lane)
        sums[lane] = mixedIn(sums[lane], words[lane]);
    std::uint64_t all = mixedIn(0, size);
    for (const std::uint64_t sum : sums)
        all = mixedIn(all, sum);
    return mixedIn(all ^ (all >> halfOfWord), checksumFactor);
}

} // namespace stepscope
