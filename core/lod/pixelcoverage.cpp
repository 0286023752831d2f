#include "core/lod/pixelcoverage.h"

#include <algorithm>

namespace stepscope {

namespace {

float shareOf(Duration part, Duration whole)
{
    const double share = static_cast<double>(part.count()) / static_cast<double>(whole.count());
    return static_cast<float>(share);
}

ColumnCoverage coverageOf(const ColumnTimes& times, Duration length)
{
    ColumnCoverage coverage;
    const double perNanosecond = 1.0 / static_cast<double>(length.count());
    const auto share = [perNanosecond](Duration part) {
        return static_cast<float>(static_cast<double>(part.count()) * perNanosecond);
    };
    Duration busy = Duration::zero();
    for (std::size_t k = 0; k < busyClassCount; ++k) {
        coverage.busy[k] = share(times[k]);
        busy += times[k];
    }
    // Rounding must neither hide one idle nanosecond in a long column nor make one up.
    coverage.total = busy == length ? 1.0F : std::min(share(busy), 1.0F - 1.0e-6F);
    return coverage;
}

} // namespace

TimeRange columnRange(TimeRange view, std::size_t columns, std::size_t column)
{
    const auto count = static_cast<std::int64_t>(columns);
    const std::int64_t whole = view.duration().count() / count;
    const std::int64_t rest = view.duration().count() % count;
    const auto edge = [&](std::int64_t k) { return view.begin + Duration(whole * k + rest * k / count); };
    const auto k = static_cast<std::int64_t>(column);
    return {edge(k), edge(k + 1)};
}

void addColumnCover(const IntervalUnion& set, TimeRange view, std::span<Duration> times)
{
    if (set.isEmpty())
        return;
    std::vector<TimePoint> edges(times.size() + 1, view.begin);
    forEachColumn(view, times.size(),
                  [&](std::size_t column, TimeRange range) { edges[column + 1] = range.end; });
    std::vector<Duration> before(edges.size());
    set.coveredBefore(edges, before);
    for (std::size_t column = 0; column < times.size(); ++column)
        times[column] += before[column + 1] - before[column];
}

std::vector<float> columnShares(const IntervalUnion& set, TimeRange view, std::size_t columns)
{
    std::vector<Duration> times(columns, Duration::zero());
    addColumnCover(set, view, times);
    std::vector<float> shares(columns, 0.0F);
    forEachColumn(view, columns, [&](std::size_t column, TimeRange range) {
        if (range.isEmpty())
            shares[column] = set.contains(range.begin) ? 1.0F : 0.0F;
        else if (times[column] == range.duration())
            shares[column] = 1.0F;
        else
            shares[column] = std::min(shareOf(times[column], range.duration()), 1.0F - 1.0e-6F);
    });
    return shares;
}

std::vector<ColumnTimes> columnTimes(const DeviceOccupancy& occupancy, TimeRange view, std::size_t columns)
{
    std::vector<ColumnTimes> result(columns, ColumnTimes{});
    std::vector<Duration> times(columns);
    for (std::size_t k = 0; k < busyClassCount; ++k) {
        const IntervalUnion& set = occupancy.of(static_cast<TimeClass>(k));
        if (set.isEmpty())
            continue;
        std::fill(times.begin(), times.end(), Duration::zero());
        addColumnCover(set, view, times);
        for (std::size_t column = 0; column < columns; ++column)
            result[column][k] = times[column];
    }
    return result;
}

std::vector<ClassTimes> idleColumns(const DeviceOccupancy& occupancy, TimeRange view, std::size_t columns)
{
    std::vector<ClassTimes> result(columns);
    std::vector<Duration> times(columns);
    const bool hasPoints = view.duration().count() < static_cast<std::int64_t>(columns);
    for (const TimeClass owner : allTimeClasses) {
        const IntervalUnion& set = occupancy.of(owner);
        if (isBusy(owner) || set.isEmpty())
            continue;
        std::fill(times.begin(), times.end(), Duration::zero());
        addColumnCover(set, view, times);
        for (std::size_t column = 0; column < columns; ++column)
            result[column][owner] = times[column];
        if (!hasPoints)
            continue;
        forEachColumn(view, columns, [&](std::size_t column, TimeRange range) {
            if (range.isEmpty() && set.contains(range.begin))
                result[column][owner] = Duration(1);
        });
    }
    return result;
}

std::vector<ColumnCoverage> columnCoverage(const DeviceOccupancy& occupancy, TimeRange view,
                                           std::size_t columns)
{
    const std::vector<ColumnTimes> times = columnTimes(occupancy, view, columns);
    std::vector<ColumnCoverage> result(columns);
    forEachColumn(view, columns, [&](std::size_t column, TimeRange range) {
        if (!range.isEmpty()) {
            result[column] = coverageOf(times[column], range.duration());
            return;
        }
        ColumnTimes point{};
        for (std::size_t k = 0; k < busyClassCount; ++k) {
            if (occupancy.of(static_cast<TimeClass>(k)).contains(range.begin))
                point[k] = Duration(1);
        }
        result[column] = coverageOf(point, Duration(1));
    });
    return result;
}

} // namespace stepscope
