#include "core/lod/spanfolding.h"

#include <algorithm>
#include <numeric>

namespace stepscope {

namespace {

/// Where the piece begins that holds a span, when the first one begins at `first`.
std::size_t beginOfPiece(const SpanRow& row, std::size_t position, std::size_t first, Duration pixel)
{
    const std::size_t last = row.lastBreak(position, pixel);
    if (last >= row.size() || last < first)
        return first;
    // A long span ends what is before it, and what comes after is a piece of its own.
    const bool isLong = row.range(last).duration() >= pixel;
    return isLong && last < position ? last + 1 : last;
}

} // namespace

std::vector<SpanPiece> foldSpans(const SpanRow& row, TimeRange view, std::size_t pixels)
{
    return foldSpans(row, view, pixels, view);
}

std::vector<SpanPiece> foldSpans(const SpanRow& row, TimeRange view, std::size_t pixels, TimeRange part)
{
    std::vector<SpanPiece> pieces;
    if (view.isEmpty() || pixels == 0)
        return pieces;
    const auto width = static_cast<std::int64_t>(pixels);
    const Duration pixel((view.duration().count() + width - 1) / width);
    const std::size_t first = row.firstSeenAfter(view.begin);
    const std::size_t last = std::max(first, row.firstBeginningAt(view.end));
    std::size_t next = first;
    if (part.begin > view.begin && first < last)
        next = beginOfPiece(row, std::min(row.firstSeenAfter(part.begin), last - 1), first, pixel);
    while (next < last && row.begin(next) < part.end) {
        const TimeRange span = row.range(next);
        if (span.duration() >= pixel) {
            pieces.push_back({span, next, 1});
            ++next;
            continue;
        }
        const std::size_t end = std::min(row.endOfRun(next, pixel), last);
        pieces.push_back({{span.begin, row.range(end - 1).end}, next, end - next});
        next = end;
    }
    return pieces;
}

Duration coveredTime(const SpanRow& row, const SpanPiece& piece)
{
    const SpanTimes times = row.timesOf(piece.first, piece.first + piece.count);
    return std::accumulate(times.begin(), times.end(), Duration::zero());
}

} // namespace stepscope
