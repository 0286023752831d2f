#pragma once

#include "core/analysis/deviceoccupancy.h"
#include "core/lod/pixelcolumns.h"

#include <array>
#include <map>
#include <mutex>
#include <span>
#include <vector>

namespace stepscope {

inline constexpr std::size_t busyClassCount = 4;

/// Busy time of one pixel column by TimeClass: Compute, ExposedComm, ExposedMemory, GraphOpaque.
using ColumnTimes = std::array<Duration, busyClassCount>;

/// The exact share of one pixel column's time that a device spent on each busy class (architecture.md §6):
/// picture and numbers come from the same prefix sums and so agree by construction.
struct ColumnCoverage {
    std::array<float, busyClassCount> busy{}; ///< by TimeClass, as in ColumnTimes
    float total =
        0.0F; ///< their sum; 0 only when the column holds no busy ns, 1 only when it holds no idle one
};

/// How much of each column sets cover: each set is looked up once, whoever asks, as the bar of a device and
/// the lanes below it show the same. `columns` and the sets must outlive it. Any threads.
class ColumnCovers {
public:
    explicit ColumnCovers(const PixelColumns& columns) : m_columns(columns) {}

    const PixelColumns& columns() const { return m_columns; }
    /// The covered time of each column; stays as long as this. O(columns · log n) the first time.
    std::span<const Duration> of(const IntervalUnion& set);

private:
    struct Cover {
        std::once_flag isMade;
        std::vector<Duration> times;
    };

    const PixelColumns& m_columns;
    std::mutex m_mutex;
    std::map<const void*, Cover> m_covers; // by the set's identity
};

/// Busy time of each column: over all columns their sum is the busy time of the view, to the nanosecond.
/// O(columns · log n), whatever the number of operations. Any thread.
std::vector<ColumnTimes> columnTimes(const DeviceOccupancy& occupancy, ColumnCovers& covers);

/// The same as shares of each column. A column narrower than a nanosecond shows the nanosecond it lies in.
std::vector<ColumnCoverage> columnCoverage(const DeviceOccupancy& occupancy, ColumnCovers& covers);
std::vector<ColumnCoverage> columnCoverage(const DeviceOccupancy& occupancy, const PixelColumns& columns);

/// Idle time of each column by its owner; the busy classes are zero, and so is what lies beside all work. A
/// column narrower than a nanosecond counts the nanosecond it lies in. O(columns · log n) for each owner.
std::vector<ClassTimes> idleColumns(const DeviceOccupancy& occupancy, const PixelColumns& columns);

/// The share of each column that one set covers: 0 only where it holds no nanosecond of the set, 1 only
/// where it holds nothing else.
std::vector<float> columnShares(const IntervalUnion& set, ColumnCovers& covers);

} // namespace stepscope
