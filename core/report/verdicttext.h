#pragma once

#include "core/gates/assessment.h"
#include "core/report/translatable.h"

namespace stepscope {

/// "host-bound", "withheld", …: as the CLI and exports spell it.
const char* verdictWord(VerdictClass verdict);
/// One sentence with its numbers for the reference device: what holds the step, or which gate withholds it.
Sentence verdictSentence(const Assessment& assessment, const TraceIndex& index);
/// How far the verdict is from flipping: "host share 87.0 %, the line is 50 %: 4.9 ms per step away". Empty
/// text when withheld.
Sentence marginSentence(const Assessment& assessment);

/// How far numbers of this capture can be trusted (product.md, the two kinds of trace).
enum class TrustLevel { AbsoluteBusy, GraphLevel, ShapeOnly };
TrustLevel trustOf(const TraceIndex& index, DeviceId device);
const char* trustWord(TrustLevel level);
const char* trustMeaning(TrustLevel level);

/// "annotations", "operation", "graph", "none", and what that means.
const char* stepSourceWord(StepSource source);
const char* stepSourceMeaning(StepSource source);

/// What a row of the budget is called, in the window and on the CLI.
const char* timeClassLabel(TimeClass timeClass);
/// "compute", "exposed_comm", …: stable names for files.
std::string_view timeClassWord(TimeClass timeClass);

} // namespace stepscope
