#include "widgets/timeline/spanboxes.h"

#include "widgets/viewmodel/timelineviewport.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

std::vector<SpanBox> spanBoxes(const SpanRow& row, TimeRange view, int width)
{
    return spanBoxes(row, view, width, view);
}

std::vector<SpanBox> spanBoxes(const SpanRow& row, TimeRange view, int width, TimeRange part)
{
    std::vector<SpanBox> boxes;
    const auto pixels = static_cast<std::size_t>(std::max(0, width));
    for (const SpanPiece& piece : foldSpans(row, view, pixels, part)) {
        const double begin = std::clamp(toPixel(piece.range.begin, view, width), 0.0, double(width));
        const double end = std::clamp(toPixel(piece.range.end, view, width), 0.0, double(width));
        SpanBox box{piece};
        if (piece.isFolded()) {
            box.left = static_cast<int>(std::floor(begin));
            box.right = static_cast<int>(std::ceil(end));
        } else {
            box.left = static_cast<int>(std::lround(begin));
            box.right = static_cast<int>(std::lround(end));
        }
        box.isWidened = toPixel(piece.range.end, view, width) - toPixel(piece.range.begin, view, width) < 1.0;
        box.left = std::min(box.left, width - 1);
        box.right = std::max(box.right, box.left + 1);
        boxes.push_back(box);
    }
    return boxes;
}

std::optional<SpanHit> spanAt(const SpanRow& row, TimeRange view, int width, double x, double reach)
{
    std::optional<SpanHit> nearest;
    // Boxes lie on whole pixels, up to one beside the time they stand for.
    const TimeRange near{toTime(x - reach - 2.0, view, width),
                         toTime(x + reach + 2.0, view, width) + Duration(1)};
    for (const SpanBox& box : spanBoxes(row, view, width, near)) {
        const double distance = std::max({box.left - x, x - box.right, 0.0});
        if (distance > reach)
            continue;
        reach = distance;
        nearest = SpanHit{box.piece, box.piece.first};
        if (x < box.right)
            break;
    }
    if (nearest && nearest->piece.isFolded()) {
        const std::size_t first = nearest->piece.first;
        nearest->position =
            std::clamp(row.firstSeenAfter(toTime(x, view, width)), first, first + nearest->piece.count - 1);
    }
    return nearest;
}

} // namespace stepscope
