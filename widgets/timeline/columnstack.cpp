#include "widgets/timeline/columnstack.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace stepscope {

int ColumnStack::height() const
{
    return std::accumulate(pixels.begin(), pixels.end(), 0);
}

ColumnStack stackOf(const ColumnCoverage& coverage, int laneHeight, int smallest)
{
    ColumnStack stack;
    if (coverage.total <= 0.0F || laneHeight <= 0)
        return stack;
    const auto room = static_cast<float>(laneHeight);
    const auto least = static_cast<float>(std::min(smallest, laneHeight));
    float busy = coverage.total * room;
    if (coverage.total < 1.0F)
        busy = std::clamp(busy, least, std::max(room - least, least));
    const int whole = static_cast<int>(std::floor(busy + 1.0e-3F));
    stack.remainder = std::max(busy - static_cast<float>(whole), 0.0F);

    float below = 0.0F;
    int used = 0;
    for (std::size_t k = 0; k < busyClassCount; ++k) {
        if (coverage.busy[k] <= 0.0F)
            continue;
        below += coverage.busy[k];
        const int top = std::clamp(
            static_cast<int>(std::lround(below / coverage.total * static_cast<float>(whole))), used, whole);
        stack.pixels[k] = top - used;
        stack.topClass = k;
        used = top;
    }
    stack.pixels[stack.topClass] += whole - used;

    for (std::size_t k = 0; k < busyClassCount; ++k) {
        const auto tallest = std::max_element(stack.pixels.begin(), stack.pixels.end());
        if (coverage.busy[k] > 0.0F && stack.pixels[k] == 0 && *tallest > 1) {
            --*tallest;
            stack.pixels[k] = 1;
        }
    }
    return stack;
}

} // namespace stepscope
