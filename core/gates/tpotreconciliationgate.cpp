#include "core/gates/gates.h"
#include "core/gates/reconciliation.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr double profilerRowsPass = 0.05; // definitions.md §11

/// How much of the window the profiler itself took on the host: like the slowdown, it never fails a gate.
void addProfilerRows(GateBuilder& gate, const GateInput& input)
{
    const ProcessId process = input.device().process;
    const IntervalUnion& overhead = input.index.host().profiler(process);
    const bool hasHostRows = input.index.calls().coverageOf(process).launches > 0 || !overhead.isEmpty();
    const auto window = static_cast<double>(std::max<std::int64_t>(input.window.duration().count(), 1));
    const double share = static_cast<double>(overhead.coveredIn(input.window).count()) / window;
    const GateState state = share <= profilerRowsPass ? GateState::Pass : GateState::Warn;
    Evidence& row = gate.add(EvidenceCode::ProfilerRows, hasHostRows ? state : GateState::Unknown, share);
    row.passAt = profilerRowsPass;
    if (row.state == GateState::Warn)
        row.place = overhead[overhead.firstEndingAfter(input.window.begin)];
}

void addError(GateBuilder& gate, EvidenceCode code, std::optional<double> error, GateState state,
              bool isAgainstProfiled)
{
    Evidence& row = gate.add(code, state, error.value_or(0.0));
    if (!error)
        return;
    row.passAt = reconcilePass;
    row.failAt = reconcileFail;
    if (isAgainstProfiled)
        row.note = "profiled";
}

const char* factorWord(ReconcileFactor factor)
{
    switch (factor) {
    case ReconcileFactor::None:
        return "";
    case ReconcileFactor::TokensMissing:
        return "tokens missing";
    case ReconcileFactor::TokensTwice:
        return "tokens twice";
    case ReconcileFactor::DraftsIgnored:
        return "drafts ignored";
    case ReconcileFactor::StepsMerged:
        return "steps merged";
    case ReconcileFactor::StepsHalved:
        return "steps halved";
    case ReconcileFactor::Prefill:
        return "prefill";
    case ReconcileFactor::Profiler:
        return "profiler";
    case ReconcileFactor::OutsideEngine:
        return "outside engine";
    }
    return "";
}

void addTokens(GateBuilder& gate, const Reconciliation& numbers)
{
    Evidence& row = gate.add(EvidenceCode::TokensPerStep, numbers.tokensState, numbers.tokens.value_or(0.0));
    row.failAt = numbers.scheduledTokens.value_or(0.0);
    if (!numbers.tokens && numbers.inferredTokens) {
        row.value = *numbers.inferredTokens;
        row.note = "inferred";
    }
}

} // namespace

GateResult tpotReconciliationGate(const GateInput& input)
{
    GateBuilder gate(GateId::ReconcilesWithTpot);
    const Reconciliation& numbers = input.reconciliation;
    addError(gate, EvidenceCode::TpotError, numbers.captureError, numbers.captureState,
             numbers.isAgainstProfiled);
    if (!numbers.captureError && numbers.inferredTokens)
        gate.last().note = "tokens";
    else if (numbers.captureState != GateState::Pass)
        gate.last().factor = factorWord(numbers.factor);
    Evidence& slowdown =
        gate.add(EvidenceCode::Slowdown, numbers.serverState, numbers.slowdown.value_or(0.0));
    slowdown.passAt = numbers.slowdown ? slowdownPass : 0.0;
    if (numbers.prefillSpread)
        gate.add(EvidenceCode::PrefillBias, GateState::Unknown, *numbers.prefillSpread);
    if (numbers.itlError)
        addError(gate, EvidenceCode::ItlError, numbers.itlError, numbers.itlState, numbers.isAgainstProfiled);
    addProfilerRows(gate, input);
    addTokens(gate, numbers);
    return gate.result();
}

} // namespace stepscope
