#pragma once

#include "core/analysis/gapautopsy.h"
#include "core/analysis/gapplace.h"
#include "core/gates/assessment.h"

#include <vector>

namespace stepscope {

/// The longest gaps wholly inside a window of one device, and what they add up to.
class GapList {
public:
    /// O(gaps in the window · log most).
    GapList(const Assessment& assessment, const TraceIndex& index, DeviceId device, std::size_t most);

    /// Longest first, of equals the earlier.
    const std::vector<TimeRange>& gaps() const { return m_gaps; }
    /// Of the listed gaps, by owner; sums to their length, exactly.
    const ClassTimes& times() const { return m_times; }
    GapPlace placeOf(TimeRange gap) const;
    /// O(CPU events in the gap · log n).
    GapAutopsy autopsyOf(TimeRange gap) const;

private:
    const TraceIndex& m_index;
    DeviceId m_device;
    std::vector<TimeRange> m_gaps;
    ClassTimes m_times;
};

} // namespace stepscope
