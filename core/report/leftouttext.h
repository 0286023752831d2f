#pragma once

#include "core/analysis/steadychoice.h"
#include "core/report/translatable.h"

namespace stepscope {

/// "prefill", "shorter run": what a part of the trace that is not in the suggested window is called, where
/// there is room for a word or two.
const char* leftOutWord(LeftOutReason reason);
/// Why it is left out, with its number of steps.
Sentence leftOutSentence(const LeftOut& part);

} // namespace stepscope
