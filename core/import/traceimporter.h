#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/import/importoptions.h"
#include "core/trace/trace.h"

#include <string>
#include <vector>

namespace stepscope {

/// Opens a trace of any known format, chosen by its content: probe, then load. Slow (about 1 s per 100 MB of
/// text): for a worker thread. A trace without GPU work is a trace; `whyNothingToShow` explains it.
/// A folder is opened as the rank set in it, see importTraceSet().
/// NeedsMemory, before or while reading, and SuspiciousGzip are questions that `options` answer.
Result<Trace> importTrace(const std::string& path, Progress& progress, const ImportOptions& options = {});

/// What CaptureInfo::path and messages call them: the one, or "a.json and 3 more" beside the first.
std::string shownPathOf(const std::vector<std::string>& paths);

/// One file or folder, or the files of a rank set; at least one path.
Result<Trace> importTraces(const std::vector<std::string>& paths, Progress& progress,
                           const ImportOptions& options = {});

} // namespace stepscope
