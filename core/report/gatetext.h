#pragma once

#include "core/gates/gate.h"
#include "core/report/translatable.h"

namespace stepscope {

/// "Clean driver": the gate's name on the checklist.
const char* gateTitle(GateId gate);
/// What the gate asks, why a wrong answer is costly, and what a failure means: for tooltips and what's-this.
const char* gateMeaning(GateId gate);
/// "pass", "warn", "fail", "unknown", "not applicable".
const char* gateStateWord(GateState state);
/// The stable name of an evidence row in exports: "prefill_steps".
std::string_view evidenceWord(EvidenceCode code);
/// What a row says, with its numbers, and where it is not passed what that means or what to do.
Sentence evidenceSentence(const Evidence& evidence);
/// Whether a row's value says anything: one that is unknown or does not apply may have measured nothing.
bool isMeasured(const Evidence& evidence);
/// The row that decides a gate: the first of its worst.
const Evidence* decidingEvidence(const GateResult& gate);

} // namespace stepscope
