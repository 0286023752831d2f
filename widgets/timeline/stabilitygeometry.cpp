#include "widgets/timeline/stabilitygeometry.h"

#include "core/lod/pixelcoverage.h"

#include <algorithm>

namespace stepscope {

namespace {

StabilityBar barOf(const StabilityRanges& ranges, std::size_t first, std::size_t last, double left,
                   double right)
{
    return {left, right, ranges.largestSpread(first, last), ranges.leastBatch(first, last),
            ranges.mostBatch(first, last)};
}

} // namespace

std::vector<StabilityBar> stabilityBars(const StabilityRanges& ranges, const TimeAxis& axis)
{
    std::vector<StabilityBar> bars;
    if (axis.width <= 0)
        return bars;
    const auto columns = static_cast<std::size_t>(axis.width);
    const auto [first, last] = ranges.touching(axis.range);
    if (last - first <= columns) {
        for (std::size_t step = first; step < last; ++step) {
            const TimeRange range = ranges.stability().steps[step].range;
            bars.push_back(barOf(ranges, step, step + 1, std::max(axis.xOf(range.begin), double(axis.left)),
                                 std::min(axis.xOf(range.end), double(axis.right()))));
        }
        return bars;
    }
    for (std::size_t column = 0; column < columns; ++column) {
        const auto [from, to] = ranges.touching(columnRange(axis.range, columns, column));
        const double left = axis.left + static_cast<double>(column);
        if (from < to)
            bars.push_back(barOf(ranges, from, to, left, left + 1.0));
    }
    return bars;
}

} // namespace stepscope
