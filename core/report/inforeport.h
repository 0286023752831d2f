#pragma once

#include "core/report/tracefigures.h"
#include "core/trace/trace.h"

#include <string>

namespace stepscope {

/// What `info` prints: what the file holds and says of itself, the reference figures per device number in
/// the file's own clock under the keys of formats.md §4, and everything met while reading.
std::string infoJson(const Trace& trace, const TraceFigures& figures);
/// The same as aligned text, safe for a terminal.
std::string infoText(const Trace& trace, const TraceFigures& figures);

} // namespace stepscope
