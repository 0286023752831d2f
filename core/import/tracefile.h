#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/import/traceformat.h"
#include "core/trace/tracebuilder.h"

#include <string>

namespace stepscope {

/// Reads one file of a probed format into the builder, rows and CaptureInfo. Blocks; for a worker thread.
Result<Done> readTraceFile(const std::string& path, const TraceFormatProbe& probe, Progress& progress,
                           TraceBuilder& builder);

} // namespace stepscope
