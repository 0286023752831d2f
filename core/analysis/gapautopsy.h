#pragma once

#include "core/analysis/traceindex.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace stepscope {

/// A stretch of a gap with one owner and one reason.
struct GapPart {
    TimeRange range;
    TimeClass owner = TimeClass::Untraced;
    NameId reason; ///< the call or CPU event that says so; invalid where nothing does
};

/// How long a CPU event was the innermost one on the launching thread.
struct SelfTime {
    NameId name;
    Duration time = Duration::zero();
};

/// One idle gap taken apart (definitions.md §3).
struct GapAutopsy {
    TimeRange gap;
    std::optional<std::size_t> before; ///< the row whose end begins the gap
    std::optional<std::size_t> next;   ///< the row that ends it
    CallId launch;                     ///< of `next`; invalid when the file does not hold it
    CallId blocking;                   ///< the call that waited longest inside the gap, before the launch
    bool isPrequeued = false;          ///< the launch had returned before the gap began
    std::vector<GapPart> parts;        ///< in order; together they are the gap, exactly
    std::vector<SelfTime> selfTimes;   ///< of the launching thread before the launch, longest first

    /// How much of the gap one owner has.
    Duration timeOf(TimeClass owner) const;
};

/// `gap` must be one of the device's gaps. The parts come from the same sets as the budget, so they agree
/// with it by construction. O(CPU events in the gap · log n).
GapAutopsy autopsyOf(const TraceIndex& index, DeviceId device, TimeRange gap);

} // namespace stepscope
