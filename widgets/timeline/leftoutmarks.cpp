#include "widgets/timeline/leftoutmarks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace stepscope {

std::vector<LeftOutMark> leftOutMarks(const std::vector<LeftOut>& parts, const TimeAxis& axis)
{
    std::vector<LeftOutMark> marks;
    const auto end = std::partition_point(
        parts.begin(), parts.end(), [&](const LeftOut& part) { return part.range.begin < axis.range.end; });
    auto next = std::partition_point(parts.begin(), end,
                                     [&](const LeftOut& part) { return part.range.end <= axis.range.begin; });
    while (next != end) {
        const double left = std::max(axis.xOf(next->range.begin), double(axis.left));
        auto after = next + 1;
        if (axis.xOf(next->range.end) < left + 1.0) { // with what else ends in the same pixel
            const TimePoint column = axis.timeAt(left + 1.0);
            after = std::partition_point(after, end,
                                         [&](const LeftOut& part) { return part.range.end <= column; });
        }
        const double right = std::min(axis.xOf((after - 1)->range.end), double(axis.right()));
        marks.push_back({left, std::max(right, left + 1.0), static_cast<std::size_t>(next - parts.begin()),
                         static_cast<std::size_t>(after - parts.begin())});
        next = after;
    }
    return marks;
}

std::vector<MarkWord> placeWords(const std::vector<MarkLabel>& labels, const QRectF& row,
                                 const std::vector<QRectF>& taken, double gap)
{
    std::vector<std::size_t> order(labels.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return labels[a].markWidth > labels[b].markWidth; });
    std::vector<MarkWord> words;
    std::vector<QRectF> full = taken;
    for (const std::size_t index : order) {
        const MarkLabel& label = labels[index];
        QRectF place(label.left, row.top(), label.width, row.height());
        const double last = label.left + std::max(label.markWidth - label.width, 0.0);
        const auto meets = [&](const QRectF& other) {
            return place.adjusted(-gap, 0.0, gap, 0.0).intersects(other);
        };
        // At the begin of its mark, else further on in it.
        auto obstacle = std::find_if(full.begin(), full.end(), meets);
        while (obstacle != full.end() && place.left() <= last) {
            place.moveLeft(std::max(obstacle->right() + gap, std::nextafter(place.left(), last + 1.0)));
            obstacle = std::find_if(full.begin(), full.end(), meets);
        }
        if (obstacle != full.end() || place.left() > last || place.right() > row.right())
            continue;
        words.push_back({place, index});
        full.push_back(place);
    }
    return words;
}

} // namespace stepscope
