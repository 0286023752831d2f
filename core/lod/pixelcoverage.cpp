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

std::span<const Duration> ColumnCovers::of(const IntervalUnion& set)
{
    Cover* cover = nullptr;
    {
        const std::scoped_lock lock(m_mutex);
        cover = &m_covers[set.identity()]; // stays where it is
    }
    std::call_once(cover->isMade, [&] {
        std::vector<Duration> before(m_columns.edges().size());
        set.coveredBefore(m_columns.edges(), before);
        cover->times.resize(m_columns.size());
        for (std::size_t column = 0; column < m_columns.size(); ++column)
            cover->times[column] = before[column + 1] - before[column];
    });
    return cover->times;
}

std::vector<float> columnShares(const IntervalUnion& set, ColumnCovers& covers)
{
    const PixelColumns& columns = covers.columns();
    std::vector<float> shares(columns.size(), 0.0F);
    if (set.isEmpty())
        return shares;
    const std::span<const Duration> times = covers.of(set);
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

std::vector<ColumnTimes> columnTimes(const DeviceOccupancy& occupancy, ColumnCovers& covers)
{
    std::vector<ColumnTimes> result(covers.columns().size(), ColumnTimes{});
    for (std::size_t k = 0; k < busyClassCount; ++k) {
        const IntervalUnion& set = occupancy.of(static_cast<TimeClass>(k));
        if (set.isEmpty())
            continue;
        const std::span<const Duration> times = covers.of(set);
        for (std::size_t column = 0; column < times.size(); ++column)
            result[column][k] = times[column];
    }
    return result;
}

std::vector<ClassTimes> idleColumns(const DeviceOccupancy& occupancy, const PixelColumns& columns)
{
    ColumnCovers covers(columns);
    std::vector<ClassTimes> result(columns.size());
    for (const TimeClass owner : allTimeClasses) {
        const IntervalUnion& set = occupancy.of(owner);
        if (isBusy(owner) || set.isEmpty())
            continue;
        const std::span<const Duration> times = covers.of(set);
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
    ColumnCovers covers(columns);
    return columnCoverage(occupancy, covers);
}

std::vector<ColumnCoverage> columnCoverage(const DeviceOccupancy& occupancy, ColumnCovers& covers)
{
    const PixelColumns& columns = covers.columns();
    const std::vector<ColumnTimes> times = columnTimes(occupancy, covers);
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
