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

void addColumnCover(const IntervalUnion& set, const PixelColumns& columns, std::span<Duration> times)
{
    if (set.isEmpty())
        return;
    std::vector<Duration> before(columns.edges().size());
    set.coveredBefore(columns.edges(), before);
    for (std::size_t column = 0; column < times.size(); ++column)
        times[column] += before[column + 1] - before[column];
}

std::vector<float> columnShares(const IntervalUnion& set, const PixelColumns& columns)
{
    std::vector<Duration> times(columns.size(), Duration::zero());
    addColumnCover(set, columns, times);
    std::vector<float> shares(columns.size(), 0.0F);
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const TimeRange range = columns[column];
        if (range.isEmpty())
            shares[column] = set.contains(range.begin) ? 1.0F : 0.0F;
        else if (times[column] == range.duration())
            shares[column] = 1.0F;
        else
            shares[column] = std::min(shareOf(times[column], range.duration()), 1.0F - 1.0e-6F);
    }
    return shares;
}

std::vector<ColumnTimes> columnTimes(const DeviceOccupancy& occupancy, const PixelColumns& columns)
{
    std::vector<ColumnTimes> result(columns.size(), ColumnTimes{});
    std::vector<Duration> times(columns.size());
    for (std::size_t k = 0; k < busyClassCount; ++k) {
        const IntervalUnion& set = occupancy.of(static_cast<TimeClass>(k));
        if (set.isEmpty())
            continue;
        std::fill(times.begin(), times.end(), Duration::zero());
        addColumnCover(set, columns, times);
        for (std::size_t column = 0; column < columns.size(); ++column)
            result[column][k] = times[column];
    }
    return result;
}

std::vector<ClassTimes> idleColumns(const DeviceOccupancy& occupancy, const PixelColumns& columns)
{
    std::vector<ClassTimes> result(columns.size());
    std::vector<Duration> times(columns.size());
    for (const TimeClass owner : allTimeClasses) {
        const IntervalUnion& set = occupancy.of(owner);
        if (isBusy(owner) || set.isEmpty())
            continue;
        std::fill(times.begin(), times.end(), Duration::zero());
        addColumnCover(set, columns, times);
        for (std::size_t column = 0; column < columns.size(); ++column)
            result[column][owner] = times[column];
        if (!columns.hasPoints())
            continue;
        for (std::size_t column = 0; column < columns.size(); ++column) {
            const TimeRange range = columns[column];
            if (range.isEmpty() && set.contains(range.begin))
                result[column][owner] = Duration(1);
        }
    }
    return result;
}

std::vector<ColumnCoverage> columnCoverage(const DeviceOccupancy& occupancy, const PixelColumns& columns)
{
    const std::vector<ColumnTimes> times = columnTimes(occupancy, columns);
    std::vector<ColumnCoverage> result(columns.size());
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const TimeRange range = columns[column];
        if (!range.isEmpty()) {
            result[column] = coverageOf(times[column], range.duration());
            continue;
        }
        ColumnTimes point{};
        for (std::size_t k = 0; k < busyClassCount; ++k) {
            if (occupancy.of(static_cast<TimeClass>(k)).contains(range.begin))
                point[k] = Duration(1);
        }
        result[column] = coverageOf(point, Duration(1));
    }
    return result;
}

} // namespace stepscope
