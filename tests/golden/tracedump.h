#pragma once

#include "core/base/result.h"
#include "core/trace/trace.h"

#include <string>

namespace stepscope::test {

/// Everything a trace holds, as text to compare and to read in a review. Times are on the file's own clock.
std::string dumpTrace(const Trace& trace);
/// The trace, or the sentence that says why there is none, in which the file is called TRACE.
std::string dumpResult(const Result<Trace>& trace);

} // namespace stepscope::test
