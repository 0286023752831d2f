#include "core/lod/spanfolding.h"

#include <algorithm>
#include <numeric>

namespace stepscope {

std::vector<SpanPiece> foldSpans(const SpanRow& row, TimeRange view, std::size_t pixels)
{
    std::vector<SpanPiece> pieces;
    if (view.isEmpty() || pixels == 0)
        return pieces;
    const auto width = static_cast<std::int64_t>(pixels);
    const Duration pixel((view.duration().count() + width - 1) / width);
    std::size_t next = row.firstSeenAfter(view.begin);
    const std::size_t last = std::max(next, row.firstBeginningAt(view.end));
    while (next < last) {
        const TimeRange span = row.range(next);
        if (span.duration() >= pixel) {
            pieces.push_back({span, next, 1, span.duration()});
            ++next;
            continue;
        }
        const std::size_t end = std::min(row.endOfRun(next, pixel), last);
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
