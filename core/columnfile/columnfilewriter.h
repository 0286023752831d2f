#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/trace/trace.h"
#include "core/trace/tracepreview.h"

#include <string>

namespace stepscope {

/// Writes `trace` as a column file over what is at `path`. `identity` is given back by
/// ColumnFileReader::head(). CannotWrite or Cancelled leave a file that is none. Nothing is
/// forced to the disk: after a power cut the file may be damaged, which its reader notices. About 1 GB/s; any
/// thread.
Result<Done> writeColumnFile(const std::string& path, const Trace& trace, const TracePreview& preview,
                             const std::string& identity, Progress& progress);

} // namespace stepscope
