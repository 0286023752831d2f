#pragma once

#include "core/analysis/traceindex.h"
#include "core/analysis/windowanalysis.h"

#include "widgets/viewmodel/stepdetails.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace stepscope {

/// Texts of the timeline about single steps and places. Plain text; numbers by locale.

/// "13.10 ms median", "p10 12.96 · p90 13.31"; without steps one line that says so.
QStringList cadenceSummary(const CadenceStatistics& cadence);
/// Index, cadence, deviation from the median and why that makes it an outlier, kind, what it was spent on,
/// operations.
QString stepToolTip(const StepIndex& steps, std::size_t step);
/// The step that holds `time`. O(log n).
std::optional<std::size_t> stepIndexAt(const StepIndex& steps, TimePoint time);

/// "cursor 4.2174 s · step 205 + 8.31 ms · GPU 0 idle 4.83 ms": `device` is the one whose work is told, the
/// step is one of `reference`. `position` is the time as the axis reads it. O(log n).
QString cursorText(const TraceIndex& index, DeviceId reference, DeviceId device, TimePoint time,
                   const QString& position);

} // namespace stepscope
