#pragma once

#include "core/base/result.h"
#include "core/trace/trace.h"

#include <optional>
#include <string>

namespace stepscope {

/// Why a trace that was read has nothing to analyse, and what to open instead: FrontEndTrace, NoGpuRecords
/// or NoGpuWork; nullopt when it holds GPU work. Looks into the folder of `path`,
/// by default where the trace was opened.
std::optional<Error> whyNothingToShow(const Trace& trace, const std::string& path = {});

} // namespace stepscope
