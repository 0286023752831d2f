#pragma once

#include "core/gates/assessment.h"
#include "core/report/translatable.h"

#include <vector>

namespace stepscope {

/// "host-bound", "withheld", …: as the CLI and exports spell it.
const char* verdictWord(VerdictClass verdict);
/// One sentence with its numbers for the reference device: what holds the step, or which gate withholds it.
Sentence verdictSentence(const Assessment& assessment, const TraceIndex& index);
/// The same numbers as the sentence of another class: of the one that is held while the window is dragged.
Sentence verdictSentence(const Assessment& assessment, const TraceIndex& index, VerdictClass shown);
/// How far the verdict is from flipping: "host share 87.0 %, flips below 50 %: needs −4.9 ms per step". Empty
/// text when withheld.
Sentence marginSentence(const Assessment& assessment);
/// "GPU 3 differs: comm-bound", for each device whose class is not that of the reference device.
std::vector<Sentence> differingDevices(const Assessment& assessment, const TraceIndex& index);
/// "attention", "matrix multiplication": a kernel family in a sentence.
const char* kernelFamilyLabel(KernelClass kernelClass);

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
