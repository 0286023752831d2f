#include "core/analysis/gapplace.h"

#include <algorithm>

namespace stepscope {

GapPlace placeOf(const StepIndex& steps, TimeRange gap)
{
    GapPlace place;
    const auto after = std::partition_point(steps.steps.begin(), steps.steps.end(),
                                            [&](const Step& step) { return step.range.begin <= gap.begin; });
    if (after != steps.steps.begin() && std::prev(after)->range.contains(gap.begin))
        place.step = static_cast<std::size_t>(after - steps.steps.begin() - 1);
    const auto boundary = std::upper_bound(steps.boundaries.begin(), steps.boundaries.end(), gap.begin);
    place.isBoundary = boundary != steps.boundaries.end() && *boundary <= gap.end;
    return place;
}

std::vector<TimeRange> longestGaps(const GapIndex& gaps, TimeRange window, std::size_t most)
{
    const auto [first, last] = gaps.insideOf(window);
    std::vector<TimeRange> longest(std::min(most, last - first));
    std::vector<TimeRange> all;
    all.reserve(last - first);
    for (std::size_t gap = first; gap < last; ++gap)
        all.push_back(gaps[gap]);
    std::partial_sort_copy(
        all.begin(), all.end(), longest.begin(), longest.end(), [](const TimeRange& a, const TimeRange& b) {
            return a.duration() != b.duration() ? a.duration() > b.duration() : a.begin < b.begin;
        });
    return longest;
}

} // namespace stepscope
