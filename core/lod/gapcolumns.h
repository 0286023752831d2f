#pragma once

#include "core/analysis/gapindex.h"

#include <vector>

namespace stepscope {

/// Neighbouring pixel columns [first, last).
struct ColumnRun {
    std::size_t first = 0;
    std::size_t last = 0;

    friend bool operator==(const ColumnRun&, const ColumnRun&) = default;
};

/// The columns that hold at least one nanosecond of a gap that is wholly inside `window` and of `bands`: each
/// of them, and no other, in order; a column narrower than a nanosecond holds the one it lies in. A column
/// that is found once is not looked at again, so that the cost is O(columns · log n) and some bytes of
/// GapIndex::firstOf(), whatever the number of gaps. Any thread.
std::vector<ColumnRun> gapColumns(const GapIndex& gaps, TimeRange window, BandRange bands, TimeRange view,
                                  std::size_t columns);

} // namespace stepscope
