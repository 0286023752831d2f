#pragma once

#include "core/analysis/steadychoice.h"
#include "core/report/translatable.h"

#include <string_view>

namespace stepscope {

/// "prefill", "shorter_run": stable names for files.
std::string_view leftOutKey(LeftOutReason reason);
/// "prefill", "shorter run": what a part of the trace that is not in the suggested window is called, where
/// there is room for a word or two.
const char* leftOutWord(LeftOutReason reason);
/// Why it is left out, with its number of steps.
Sentence leftOutSentence(const LeftOut& part);

} // namespace stepscope
