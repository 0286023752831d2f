#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/import/importoptions.h"
#include "core/trace/trace.h"

#include <string>
#include <vector>

namespace stepscope {

/// importTraces(), and one report of Nsight Systems, too, where there is an nsys that can export it: the
/// trace is called by, and remembered as, the report. Without nsys NsysReport, as importTraces() says.
Result<Trace> importReportOrTraces(const std::vector<std::string>& paths, Progress& progress,
                                   const ImportOptions& options = {});

} // namespace stepscope
