#pragma once

#include "core/gates/assessment.h"

#include <string>

namespace stepscope {

/// gates.csv of product.md §Exports: a row per evidence row and device.
std::string gatesCsv(const Assessment& assessment, const TraceIndex& index);

} // namespace stepscope
