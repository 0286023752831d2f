#pragma once

#include "core/gates/assessment.h"

#include <string>
#include <string_view>

namespace stepscope {

/// context.csv of product.md §Exports: every field of the measurement context with its value and where that
/// comes from, what the trace is, and the thresholds in force as `threshold.*`.
std::string contextCsv(const Assessment& assessment, const TraceIndex& index);

/// "unknown", "hint", "driver", "server", "trace", "user".
std::string_view contextSourceWord(ContextSource source);

} // namespace stepscope
