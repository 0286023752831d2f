#pragma once

#include "core/trace/trace.h"

#include <cstdint>

namespace stepscope::test {

/// Ends the program unless all holds that the headers of core/trace promise of a trace: order of the rows,
/// ends not before begins, ids that lead somewhere, extents that hold every row, times that fit the file's
/// clock.
void checkTrace(const Trace& trace);

/// How many rows of the file a trace was made of: GPU work, calls, ranges and CPU events, each once.
std::uint64_t rowsTaken(const Trace& trace);

/// Rows or events that the file holds, as the importer counted them.
std::uint64_t rowsCounted(const Trace& trace);

} // namespace stepscope::test
