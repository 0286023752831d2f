#pragma once

#include "core/analysis/gapautopsy.h"

#include <QString>

#include <vector>

namespace stepscope {

/// One owner of a gap: a row of its waterfall.
struct AutopsyRow {
    TimeClass owner = TimeClass::Untraced;
    Duration total = Duration::zero();
    std::vector<GapPart> parts; ///< in order of time
    QString reason;             ///< what says so, on one line; plain text

    TimeRange range() const { return {parts.front().range.begin, parts.back().range.end}; }
};

/// The owners of a gap in the order in which they first appear; their totals are the gap, exactly.
std::vector<AutopsyRow> autopsyRows(const TraceIndex& index, DeviceId device, const GapAutopsy& autopsy);

/// Exact length and place in the gap of one of a row's parts, and its reason in full. Plain text.
QString partToolTip(const TraceIndex& index, const GapAutopsy& autopsy, const AutopsyRow& row,
                    const GapPart& part);

/// "reshape_and_cache", "graph 7", "graph 7, first rms_norm": an operation where there is little
/// room. `row` is one of the device's operations.
QString shortOperation(const TraceIndex& index, DeviceId device, std::size_t row);

} // namespace stepscope
