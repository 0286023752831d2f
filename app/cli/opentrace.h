#pragma once

#include "core/analysis/traceindex.h"
#include "core/import/importoptions.h"

#include <memory>
#include <string>
#include <vector>

namespace stepscope {

/// Reads and indexes a trace for a verb: a file, a folder, or the files of a rank set. On failure prints the
/// sentence on stderr and returns null.
std::shared_ptr<const TraceIndex> openTrace(const std::vector<std::string>& paths, const StepOptions& options,
                                            const ImportOptions& answers);

} // namespace stepscope
