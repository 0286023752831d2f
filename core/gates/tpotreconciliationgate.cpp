#include "core/gates/gates.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

// definitions.md §7, §8
constexpr double errorPass = 0.10;
constexpr double errorFail = 0.15;
constexpr double slowdownPass = 1.10;
constexpr double profilerRowsPass = 0.05;
constexpr double factorTolerance = 0.08; // how near a ratio must lie to be taken for a factor
constexpr double tokensTolerance = 0.02;

/// Tokens per step as scheduled (1 + drafts), from the annotations of the window's clean steps: an upper
/// bound.
std::optional<double> scheduledTokens(const GateInput& input)
{
    const StepTokens sum =
        input.deviceIndex().steps.clean.tokensOf(input.numbers.firstClean, input.numbers.lastClean);
    if (sum.generationRequests == 0 || sum.generationTokens == 0)
        return std::nullopt;
    return static_cast<double>(sum.generationTokens) / static_cast<double>(sum.generationRequests);
}

/// Whether the ratio is one of the factors that a wrong step count or a wrong T makes.
bool looksLikeFactor(double ratio, double tokens)
{
    for (const double factor : {2.0, 0.5, tokens, 1.0 / tokens}) {
        if (std::abs(factor - 1.0) > errorFail && std::abs(ratio / factor - 1.0) <= factorTolerance)
            return true;
    }
    return false;
}

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

} // namespace

GateResult tpotReconciliationGate(const GateInput& input)
{
    GateBuilder gate(GateId::ReconcilesWithTpot);
    const std::optional<double> scheduled = scheduledTokens(input);
    std::optional<double> tokens = input.driver.tokens();
    if (!tokens && scheduled && *scheduled == 1.0)
        tokens = 1.0; // no drafts are scheduled
    const double cadence = input.numbers.cadence.meanNanoseconds() / 1e6;
    if (!input.driver.tpot() || cadence <= 0.0) {
        gate.add(EvidenceCode::TpotError, GateState::Unknown, 0.0);
        gate.add(EvidenceCode::Slowdown, GateState::Unknown, 0.0);
    } else {
        const double tpot = *input.driver.tpot();
        const double ratio = cadence / (tokens.value_or(1.0) * tpot);
        const double error = ratio - 1.0;
        const bool isGraphLevel = input.trace().capture().format == TraceFormat::NsysSqlite &&
                                  input.deviceIndex().occupancy.isGraphLevel();
        GateState state = GateState::Pass;
        if (!tokens)
            state = GateState::Unknown;
        else if (error < -errorPass || looksLikeFactor(ratio, *tokens))
            state = GateState::Fail;
        else if (error > errorPass && !isGraphLevel)
            state = GateState::Unknown; // against the clean round the profiler may explain it
        else if (error > errorPass)
            state = error > errorFail ? GateState::Fail : GateState::Warn;
        Evidence& row = gate.add(EvidenceCode::TpotError, state, error);
        row.passAt = errorPass;
        row.failAt = errorFail;
        if (tokens) {
            Evidence& slowdown = gate.add(EvidenceCode::Slowdown,
                                          ratio <= slowdownPass ? GateState::Pass : GateState::Warn, ratio);
            slowdown.passAt = slowdownPass;
        }
    }
    addProfilerRows(gate, input);
    if (tokens) {
        const bool isTooFew = *tokens < 1.0;
        const bool isTooMany = scheduled && *tokens > *scheduled * (1.0 + tokensTolerance);
        gate.add(EvidenceCode::TokensPerStep, isTooFew || isTooMany ? GateState::Fail : GateState::Pass,
                 *tokens)
            .failAt = scheduled.value_or(0.0);
    } else {
        gate.add(EvidenceCode::TokensPerStep, input.driver.tpot() ? GateState::Warn : GateState::Unknown,
                 0.0);
    }
    return gate.result();
}

} // namespace stepscope
