#pragma once

#include "core/gates/assessment.h"

#include <string>

namespace stepscope {

/// The budget of one window in the three forms that leave the program. All of the C locale, all with the
/// context of the numbers: trace, hash, device, window, step source, label.

/// What people paste into a chat: verdict, table, gates; the reference device in full, the others in a line
/// each.
std::string budgetText(const Assessment& assessment, const TraceIndex& index);
/// One JSON object, times in integer ns of the trace clock, all devices.
std::string budgetJson(const Assessment& assessment, const TraceIndex& index);
/// budget.csv of product.md §Exports: one row per class and device, a row `sum`, a row `not_counted`.
std::string budgetCsv(const Assessment& assessment, const TraceIndex& index);

/// "GPU 0", with process or rank where more than one lane has that number.
std::string deviceLabel(const Trace& trace, DeviceId device);

/// DRAFT until the measurement context is complete, then VERDICT (definitions.md §11, gate 8).
inline constexpr const char* draftLabel = "DRAFT";
inline constexpr const char* verdictLabel = "VERDICT";
const char* labelOf(const MeasurementContext& context);

} // namespace stepscope
