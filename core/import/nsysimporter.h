#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/import/importoptions.h"
#include "core/trace/tracebuilder.h"

#include <string>

namespace stepscope {

/// Reads the SQLite export of Nsight Systems, of any schema generation, at graph level or node level
/// (formats.md §1). Rows before a damaged place are kept and the fault logged.
class NsysImporter {
public:
    static Result<Done> read(const std::string& path, Progress& progress, TraceBuilder& builder,
                             const ImportOptions& options = {});
};

} // namespace stepscope
