#include "core/gates/cadencedrift.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace stepscope {

namespace {

constexpr std::size_t fewestDriftSteps = 20;
constexpr std::size_t fewestInGroup = 5;
constexpr std::size_t mostGroups = 16;

} // namespace

std::optional<double> cadenceDrift(const StepColumn& cadences, std::size_t first, std::size_t last)
{
    const std::size_t steps = last - first;
    if (steps < fewestDriftSteps)
        return std::nullopt;
    const std::size_t groups = std::min(mostGroups, steps / fewestInGroup);
    std::vector<std::pair<std::size_t, std::size_t>> stretches;
    for (std::size_t group = 0; group < groups; ++group)
        stretches.emplace_back(first + group * steps / groups, first + (group + 1) * steps / groups);
    stretches.emplace_back(first, last);
    std::vector<double> medians;
    for (const Duration middle : cadences.upperMedians(stretches))
        medians.push_back(static_cast<double>(middle.count()));
    const double median = medians.back();
    medians.pop_back();
    if (median <= 0.0)
        return std::nullopt;
    // Least squares over the group numbers, which lie symmetrically around their centre.
    const double centre = static_cast<double>(groups - 1) / 2.0;
    double covariance = 0.0;
    double variance = 0.0;
    for (std::size_t group = 0; group < groups; ++group) {
        const double offset = static_cast<double>(group) - centre;
        covariance += offset * (medians[group] - median);
        variance += offset * offset;
    }
    const double slope = covariance / variance;
    double mean = 0.0;
    for (const double groupMiddle : medians)
        mean += groupMiddle / static_cast<double>(groups);
    double squares = 0.0; // of what the line leaves over
    for (std::size_t group = 0; group < groups; ++group) {
        const double rest = medians[group] - mean - slope * (static_cast<double>(group) - centre);
        squares += rest * rest;
    }
    const double uncertainty = std::sqrt(squares / static_cast<double>(groups - 2) / variance);
    if (std::abs(slope) <= 2.0 * uncertainty)
        return 0.0;
    return slope * static_cast<double>(groups) / median;
}

} // namespace stepscope
