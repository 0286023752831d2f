#pragma once

#include "core/analysis/traceindex.h"
#include "core/import/importoptions.h"

#include <memory>
#include <string>
#include <vector>

namespace stepscope {

/// Reads and indexes a trace for a verb: a file, a folder, or the files of a rank set. On failure prints the
/// sentence on stderr and returns null. With `usesCache` by way of what was kept of it, confirmed by now, or
/// to be kept while the verb goes on; the last owner of the index waits for that.
std::shared_ptr<const TraceIndex> openTrace(const std::vector<std::string>& paths, const StepOptions& options,
                                            const ImportOptions& answers, bool usesCache);

} // namespace stepscope
