#include "widgets/timeline/columnstack.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace stepscope {

int ColumnStack::height() const
{
    return std::accumulate(pixels.begin(), pixels.end(), 0);
}

std::size_t dividePixels(std::span<const float> shares, float total, int whole, std::span<int> pixels)
{
    float below = 0.0F;
    int used = 0;
    std::size_t last = 0;
    for (std::size_t k = 0; k < shares.size(); ++k) {
        if (shares[k] <= 0.0F)
            continue;
        below += shares[k];
        const int top =
            std::clamp(static_cast<int>(std::lround(below / total * static_cast<float>(whole))), used, whole);
        pixels[k] = top - used;
        last = k;
        used = top;
    }
    pixels[last] += whole - used;

    for (std::size_t k = 0; k < shares.size(); ++k) {
        if (shares[k] <= 0.0F || pixels[k] > 0)
            continue;
        const auto tallest = std::max_element(pixels.begin(), pixels.end());
        if (*tallest <= 1)
            break;
        --*tallest;
        pixels[k] = 1;
    }
    return last;
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

    stack.topClass = dividePixels(coverage.busy, coverage.total, whole, stack.pixels);
    return stack;
}

} // namespace stepscope
