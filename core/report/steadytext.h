#pragma once

#include "core/analysis/steadychoice.h"

#include <string_view>

namespace stepscope {

/// "prefill", "shorter_run", …: stable names for files.
std::string_view leftOutWord(LeftOutReason reason);
/// Why that part of the trace is not in the suggested window: the rest of a sentence, without a full stop.
const char* leftOutMeaning(LeftOutReason reason);

} // namespace stepscope
