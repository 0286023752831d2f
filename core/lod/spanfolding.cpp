#include "core/lod/spanfolding.h"

#include <algorithm>
#include <numeric>

namespace stepscope {

namespace {

/// Where the folded piece that begins with `first` ends.
std::size_t endOfFold(const SpanRow& row, std::size_t first, std::size_t last, Duration pixel)
{
    std::size_t next = first + 1;
    std::size_t passed = 0; // spans of the round before
    while (next < last) {
        // All that begin within a pixel after the piece so far: each but the last of them ends before the
        // next begins and so is shorter than a pixel.
        const std::size_t beyond =
            std::min(row.firstBeginningAt(row.range(next - 1).end + pixel, next, next + passed), last);
        if (beyond == next)
            break;
        if (row.range(beyond - 1).duration() >= pixel)
            return beyond - 1;
        passed = beyond - next;
        next = beyond;
    }
    return next;
}

} // namespace

std::vector<SpanPiece> foldSpans(const SpanRow& row, TimeRange view, std::size_t pixels)
{
    std::vector<SpanPiece> pieces;
    if (view.isEmpty() || pixels == 0)
        return pieces;
    const auto width = static_cast<std::int64_t>(pixels);
    const Duration pixel((view.duration().count() + width - 1) / width);
    std::size_t next = row.firstSeenAfter(view.begin);
    const std::size_t last = std::max(next, row.firstBeginningAt(view.end, next));
    while (next < last) {
        const TimeRange span = row.range(next);
        if (span.duration() >= pixel) {
            pieces.push_back({span, next, 1, span.duration()});
            ++next;
            continue;
        }
        const std::size_t end = endOfFold(row, next, last, pixel);
        const SpanTimes times = row.timesOf(next, end);
        pieces.push_back({{span.begin, row.range(end - 1).end},
                          next,
                          end - next,
                          std::accumulate(times.begin(), times.end(), Duration::zero())});
        next = end;
    }
    return pieces;
}

} // namespace stepscope
