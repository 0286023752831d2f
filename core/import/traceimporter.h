#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/trace/trace.h"

#include <string>

namespace stepscope {

/// Opens a trace of any known format, chosen by its content: probe, then load. Slow (about 1 s per 100 MB of
/// text): for a worker thread. A trace without GPU work is a trace; `whyNothingToShow` explains it.
Result<Trace> importTrace(const std::string& path, Progress& progress);

} // namespace stepscope
