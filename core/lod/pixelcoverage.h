#pragma once

#include "core/analysis/deviceoccupancy.h"
#include "core/lod/pixelcolumns.h"

#include <array>
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

/// Busy time of each column: over all columns their sum is the busy time of the view, to the nanosecond.
/// O(columns · log n), whatever the number of operations. Any thread.
std::vector<ColumnTimes> columnTimes(const DeviceOccupancy& occupancy, const PixelColumns& columns);

/// The same as shares of each column. A column narrower than a nanosecond shows the nanosecond it lies in.
std::vector<ColumnCoverage> columnCoverage(const DeviceOccupancy& occupancy, const PixelColumns& columns);

/// Idle time of each column by its owner; the busy classes are zero, and so is what lies beside all work. A
/// column narrower than a nanosecond counts the nanosecond it lies in. O(columns · log n) for each owner.
std::vector<ClassTimes> idleColumns(const DeviceOccupancy& occupancy, const PixelColumns& columns);

/// Covered time of each column for one set: the part of columnTimes() that needs no classes. `times` has one
/// entry for each column.
void addColumnCover(const IntervalUnion& set, const PixelColumns& columns, std::span<Duration> times);

/// The share of each column that one set covers: 0 only where it holds no nanosecond of the set, 1 only
/// where it holds nothing else.
std::vector<float> columnShares(const IntervalUnion& set, const PixelColumns& columns);

} // namespace stepscope
