#pragma once

#include "core/gates/assessment.h"
#include "core/report/translatable.h"

namespace stepscope {

/// What a row of gate 3 says, with its numbers, and where it is not passed what that means or what to do.
Sentence reconcileSentence(const Evidence& evidence);

/// Where the host's share lies without the profiler, and whether the class holds at both ends. Empty text
/// where there is no such interval.
Sentence robustSentence(const Verdict& verdict);
/// The same if the profiler lengthened the gaps between steps alone.
Sentence robustBetweenStepsSentence(const Verdict& verdict);
/// What the interval rests on.
const char* robustAssumption();

/// "server counters", "annotation", …: where tokens per step come from, and how.
const char* tokensSourceWord(TokensSource source);

/// "gate 1 is overridden: the prefill is known", for each gate that is.
std::vector<Sentence> overrideSentences(const Assessment& assessment);

} // namespace stepscope
