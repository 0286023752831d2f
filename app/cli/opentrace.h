#pragma once

#include "core/analysis/traceindex.h"

#include <memory>
#include <string>

namespace stepscope {

/// Reads and indexes one trace for a verb. On failure prints the sentence on stderr and returns null.
std::shared_ptr<const TraceIndex> openTrace(const std::string& path, const StepOptions& options);

} // namespace stepscope
