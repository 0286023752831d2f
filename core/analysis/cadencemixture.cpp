#include "core/analysis/cadencemixture.h"

#include "core/analysis/otsu.h"

#include <algorithm>
#include <span>

namespace stepscope {

namespace {

constexpr std::size_t fewestCadences = 20;
constexpr double leastShare = 0.1;
constexpr double leastDivided = 0.8; // of the variance
constexpr double leastApart = 0.05;  // of the shorter median
constexpr int spreadsApart = 3;
constexpr double outlierMedians = 1.5; // definitions.md §5

Duration spreadWithin(std::span<const Duration> sorted)
{
    const std::size_t last = sorted.size() - 1;
    return sorted[last - last / 10] - sorted[last / 10];
}

CadenceMode modeOf(std::span<Duration> cadences, std::size_t count)
{
    const auto middle = cadences.begin() + static_cast<std::ptrdiff_t>(cadences.size() / 2);
    std::nth_element(cadences.begin(), middle, cadences.end());
    return {*middle, static_cast<double>(cadences.size()) / static_cast<double>(count)};
}

} // namespace

std::optional<CadenceMixture> findMixture(std::vector<Duration> cadences)
{
    if (cadences.size() < fewestCadences)
        return std::nullopt;
    std::sort(cadences.begin(), cadences.end());
    std::vector<double> values;
    values.reserve(cadences.size());
    for (const Duration cadence : cadences)
        values.push_back(static_cast<double>(cadence.count()));
    // A few long steps would draw the division to themselves.
    const Division division = divideInTwo(std::span(values).first(values.size() - values.size() / 20));
    if (division.at == 0 || division.explained < leastDivided)
        return std::nullopt;
    const std::span<Duration> all(cadences);
    const std::span<Duration> below = all.first(division.at);
    const std::span<Duration> above = all.subspan(division.at);
    const Duration within = std::max(spreadWithin(below), spreadWithin(above));
    const Duration boundary = above.front();
    const CadenceMixture mixture{modeOf(below, all.size()), modeOf(above, all.size()), boundary};
    const Duration apart = mixture.longer.median - mixture.shorter.median;
    if (std::min(mixture.shorter.share, mixture.longer.share) < leastShare ||
        apart <= spreadsApart * within ||
        static_cast<double>(apart.count()) < leastApart * static_cast<double>(mixture.shorter.median.count()))
        return std::nullopt;
    return mixture;
}

std::optional<CadenceMixture> mixtureAmong(const CadenceMixture& mixture, const StepColumn& cadences,
                                           std::size_t first, std::size_t last)
{
    const std::size_t count = last - first;
    const std::size_t below = cadences.countBelow(first, last, mixture.boundary);
    const std::size_t fewer = std::min(below, count - below);
    if (fewer == 0 || static_cast<double>(fewer) < leastShare * static_cast<double>(count))
        return std::nullopt;
    // The shorter kind comes first in order.
    const auto modeAmong = [&](std::size_t from, std::size_t size) {
        return CadenceMode{cadences.nth(first, last, from + size / 2),
                           static_cast<double>(size) / static_cast<double>(count)};
    };
    return CadenceMixture{modeAmong(0, below), modeAmong(below, count - below), mixture.boundary};
}

Duration longestUsual(Duration median)
{
    return Duration(static_cast<std::int64_t>(outlierMedians * static_cast<double>(median.count())));
}

bool isOutlier(Duration cadence, Duration median, const std::optional<CadenceMixture>& mixture)
{
    return cadence > longestUsual(mixture ? mixture->of(cadence).median : median);
}

std::size_t countOutliers(const StepColumn& cadences, std::size_t first, std::size_t last, Duration median,
                          const std::optional<CadenceMixture>& mixture)
{
    const auto countUpTo = [&](Duration longest) {
        return cadences.countBelow(first, last, longest + Duration(1));
    };
    if (!mixture)
        return (last - first) - countUpTo(longestUsual(median));
    const Duration lastShorter = mixture->boundary - Duration(1);
    const Duration usualShorter = std::min(longestUsual(mixture->shorter.median), lastShorter);
    const Duration usualLonger = std::max(longestUsual(mixture->longer.median), lastShorter);
    return countUpTo(lastShorter) - countUpTo(usualShorter) + (last - first) - countUpTo(usualLonger);
}

} // namespace stepscope
