#include "core/analysis/gapclusters.h"

#include "core/analysis/otsu.h"
#include "core/analysis/stepmarker.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr double leastExplained = 0.8;                         // of the variance
constexpr double leastFactor = 10.0;                           // between the medians of the two kinds
constexpr Duration roundingGap = std::chrono::nanoseconds(20); // domain.md §5.2
constexpr std::size_t fewestCuts = 8;
constexpr double leastRegularCuts = 0.7;
constexpr double leastCutCover = 0.8;

} // namespace

std::optional<GapClusters> clusterGaps(const GapIndex& gaps)
{
    std::vector<Duration> lengths;
    for (std::size_t gap = 0; gap < gaps.size(); ++gap) {
        if (gaps[gap].duration() > roundingGap)
            lengths.push_back(gaps[gap].duration());
    }
    if (lengths.size() < 2)
        return std::nullopt;
    std::sort(lengths.begin(), lengths.end());
    std::vector<double> logarithms;
    logarithms.reserve(lengths.size());
    for (const Duration length : lengths)
        logarithms.push_back(std::log10(static_cast<double>(length.count())));
    const Division division = divideInTwo(logarithms);
    if (division.explained < leastExplained)
        return std::nullopt;
    const Duration lower = lengths[division.at / 2];
    const Duration upper = lengths[division.at + (lengths.size() - division.at) / 2];
    if (static_cast<double>(upper.count()) < leastFactor * static_cast<double>(lower.count()))
        return std::nullopt;
    return GapClusters{lengths[division.at], lengths.size() - division.at};
}

std::vector<TimePoint> boundariesByGaps(const ActivityTable& work, const DeviceOccupancy& occupancy)
{
    const std::optional<GapClusters> clusters = clusterGaps(occupancy.gaps());
    if (!clusters || clusters->longGaps < fewestCuts)
        return {};
    std::vector<TimePoint> begins;
    for (std::size_t gap = 0; gap < occupancy.gaps().size(); ++gap) {
        if (occupancy.gaps()[gap].duration() >= clusters->threshold)
            begins.push_back(occupancy.gaps()[gap].end);
    }
    const auto rowOf = [&work](TimePoint time) {
        return static_cast<std::uint32_t>(work.firstAtOrAfter(time));
    };
    if (regularityOf(begins).regular < leastRegularCuts ||
        coverOf(work, rowOf(begins.front()), rowOf(begins.back()), occupancy.busy().extent()) < leastCutCover)
        return {};
    return begins;
}

} // namespace stepscope
