#include "core/analysis/replaylookup.h"

#include <algorithm>

namespace stepscope {

namespace {

/// Replays of several streams interleave: how many may begin between a replay's first operation and one of
/// its later ones.
constexpr int mostInterleaved = 256;

} // namespace

std::optional<std::uint32_t> replayOf(const ActivityTable& work, const std::vector<GraphReplay>& replays,
                                      std::size_t row)
{
    const auto after = std::partition_point(
        replays.begin(), replays.end(), [row](const GraphReplay& replay) { return replay.firstRow <= row; });
    int steps = 0;
    for (auto replay = after; replay != replays.begin() && steps < mostInterleaved; ++steps) {
        --replay;
        // One launch: the same process and correlation, as findReplays() groups them.
        const bool isSameLaunch = work.correlation(row) != 0 &&
                                  work.correlation(row) == work.correlation(replay->firstRow) &&
                                  work.process(row) == work.process(replay->firstRow);
        if (replay->firstRow == row || isSameLaunch)
            return static_cast<std::uint32_t>(replay - replays.begin());
    }
    return std::nullopt;
}

} // namespace stepscope
