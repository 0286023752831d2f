#include "core/analysis/otsu.h"

namespace stepscope {

Division divideInTwo(std::span<const double> sorted)
{
    const auto count = static_cast<double>(sorted.size());
    double sum = 0.0;
    for (const double value : sorted)
        sum += value;
    const double mean = sum / count;
    double total = 0.0;
    for (const double value : sorted)
        total += (value - mean) * (value - mean);
    Division best;
    double below = 0.0;
    for (std::size_t at = 1; at < sorted.size(); ++at) {
        below += sorted[at - 1];
        if (sorted[at] == sorted[at - 1])
            continue;
        const auto lower = static_cast<double>(at);
        const double apart = below / lower - (sum - below) / (count - lower);
        const double explained = total <= 0.0 ? 0.0 : lower * (count - lower) / count * apart * apart / total;
        if (explained > best.explained)
            best = {at, explained};
    }
    return best;
}

} // namespace stepscope
