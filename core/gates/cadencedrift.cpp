#include "core/gates/cadencedrift.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr std::size_t fewestDriftSteps = 20;
constexpr std::size_t fewestInGroup = 5;
constexpr std::size_t mostGroups = 16;

double groupMedian(std::span<const Duration> cadences, std::vector<Duration>& buffer)
{
    buffer.assign(cadences.begin(), cadences.end());
    const auto middle = buffer.begin() + static_cast<std::ptrdiff_t>(buffer.size() / 2);
    std::nth_element(buffer.begin(), middle, buffer.end());
    return static_cast<double>(middle->count());
}

} // namespace

std::optional<double> cadenceDrift(std::span<const Duration> cadences)
{
    if (cadences.size() < fewestDriftSteps)
        return std::nullopt;
    const std::size_t groups = std::min(mostGroups, cadences.size() / fewestInGroup);
    std::vector<Duration> buffer;
    std::vector<double> medians;
    for (std::size_t group = 0; group < groups; ++group) {
        const std::size_t first = group * cadences.size() / groups;
        const std::size_t last = (group + 1) * cadences.size() / groups;
        medians.push_back(groupMedian(cadences.subspan(first, last - first), buffer));
    }
    const double median = groupMedian(cadences, buffer);
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
