#pragma once

#include "core/gates/assessment.h"

#include <string>

namespace stepscope {

/// gaps.csv of product.md §Exports: a row for each idle gap of each device that lies wholly inside the
/// window, with what it was spent on, what runs before and after it, and the call that launched what comes
/// next. O(calls of the trace + gaps in the window · log n).
std::string gapsCsv(const Assessment& assessment, const TraceIndex& index);

} // namespace stepscope
