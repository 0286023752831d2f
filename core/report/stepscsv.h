#pragma once

#include "core/gates/assessment.h"

#include <string>

namespace stepscope {

/// steps.csv of product.md §Exports: one row per step that the window touches, cut ones included, for every
/// device. Its class columns sum to cadence_ns, exactly. O(operations in the window).
std::string stepsCsv(const Assessment& assessment, const TraceIndex& index);

} // namespace stepscope
