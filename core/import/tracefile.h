#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/import/importoptions.h"
#include "core/import/traceformat.h"
#include "core/trace/tracebuilder.h"

#include <string>

namespace stepscope {

/// Reads one file of a probed format into the builder, rows and CaptureInfo. NeedsMemory when the rows in the
/// builder pass the limit. Blocks; for a worker thread.
Result<Done> readTraceFile(const std::string& path, const TraceFormatProbe& probe, Progress& progress,
                           TraceBuilder& builder, const ImportOptions& options = {});

} // namespace stepscope
