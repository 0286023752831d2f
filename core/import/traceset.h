#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/import/importoptions.h"
#include "core/trace/trace.h"

#include <string>
#include <vector>

namespace stepscope {

/// The files of the ranks of one recording as one trace: a lane for each physical device, processes and
/// correlation ids kept apart by file, all times on the clock of the first file. Clocks are brought together
/// by what the files say of UTC (`baseTimeNanoseconds`, the session start of nsys, or stamps that are UTC);
/// CaptureInfo::files and its facts hold the shifts and how far the recordings overlap. Files without GPU
/// work are left out and counted.
/// NotOneTrace when they do not belong together: of two formats, a rank twice, world sizes that differ, no
/// common clock, or recorded at different times; else the errors of importTrace(). `shownPath` becomes
/// CaptureInfo::path. Slow: the sum of its files. Any thread.
Result<Trace> importTraceSet(const std::vector<std::string>& paths, const std::string& shownPath,
                             Progress& progress, const ImportOptions& options = {});

} // namespace stepscope
