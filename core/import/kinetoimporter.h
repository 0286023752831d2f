#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/import/filereader.h"
#include "core/import/importoptions.h"
#include "core/trace/tracebuilder.h"

namespace stepscope {

/// Reads a kineto trace (PyTorch profiler, Chrome trace JSON), plain or gzip, in one pass and without
/// holding its text (formats.md §2). Whole events before a cut or a damaged place are kept and the fault
/// logged; a file without one whole event is an error.
class KinetoImporter {
public:
    static Result<Done> read(FileReader& file, bool isGzip, Progress& progress, TraceBuilder& builder,
                             const ImportOptions& options = {});
};

} // namespace stepscope
