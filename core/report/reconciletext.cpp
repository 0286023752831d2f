#include "core/report/reconciletext.h"

#include "core/report/gatetext.h"
#include "core/report/numbertext.h"
#include "core/report/printabletext.h"
#include "core/report/verdicttext.h"

#include <cmath>

namespace stepscope {

namespace {

constexpr double visiblyFaster = 0.97; // ρ below: the driver's numbers are of another window

bool holds(const Evidence& evidence)
{
    return evidence.state == GateState::Pass;
}

const char* roundWord(const Evidence& evidence)
{
    return evidence.note == "profiled" ? STEPSCOPE_TR("profiled") : STEPSCOPE_TR("clean");
}

/// "2.11", "4": no more decimals than a number needs.
std::string tokenCount(double tokens)
{
    return std::abs(tokens - std::round(tokens)) < 0.005 ? fixed(tokens, 0) : fixed(tokens, 2);
}

/// What to look at, for each factor that would explain a difference.
const char* factorText(const std::string& factor)
{
    if (factor == "tokens missing")
        return STEPSCOPE_TR("cadence / tokens per step is %1 % from the %2 round's TPOT, which is about 1 / "
                            "tokens per step: enter the time of a token, not that of a step (ITL)");
    if (factor == "tokens twice")
        return STEPSCOPE_TR(
            "cadence / tokens per step is %1 % from the %2 round's TPOT, which is about tokens "
            "per step once more: it was applied twice");
    if (factor == "drafts ignored")
        return STEPSCOPE_TR("cadence is %1 % above the %2 round's TPOT, and drafts are scheduled: enter how "
                            "many tokens a step yields, not 1");
    if (factor == "steps merged")
        return STEPSCOPE_TR("cadence / tokens per step is %1 % from the %2 round's TPOT, about twice it: two "
                            "steps may be taken for one. Check the step marks against the lanes");
    if (factor == "steps halved")
        return STEPSCOPE_TR("cadence / tokens per step is %1 % from the %2 round's TPOT, about half of it: a "
                            "step may be cut in two. Check the step marks against the lanes");
    if (factor == "prefill")
        return STEPSCOPE_TR("cadence / tokens per step is %1 % from the %2 round's TPOT, which holds the "
                            "prefill: enter the time to first token to take it out");
    if (factor == "outside engine")
        return STEPSCOPE_TR(
            "cadence / tokens per step is %1 % from the %2 round's TPOT, less than it: the TPOT "
            "holds waiting outside the engine, or the window leaves slow steps out");
    return STEPSCOPE_TR(
        "cadence / tokens per step is %1 % from the %2 round's TPOT: check tokens per step, and "
        "that both are from the same round");
}

Sentence captureSentence(const Evidence& evidence)
{
    if (evidence.note == "tokens")
        return {
            STEPSCOPE_TR("enter tokens per step: without it the TPOT cannot be checked against the cadence"),
            {}};
    if (evidence.passAt == 0.0)
        return {STEPSCOPE_TR("enter the time per output token (TPOT) that the driver measured, or load its "
                             "record, to check the cadence against it"),
                {}};
    const std::string error = percent(evidence.value);
    if (holds(evidence))
        return {STEPSCOPE_TR("cadence / tokens per step is within %1 % of the %2 round's TPOT"),
                {percent(std::abs(evidence.value)), roundWord(evidence)}};
    if (evidence.state == GateState::Unknown && evidence.factor != "drafts ignored")
        return {
            STEPSCOPE_TR("cadence / tokens per step is %1 % above the clean round's TPOT: the profiler's own "
                         "cost may explain it. Enter the TPOT of the captured round to be sure"),
            {error}};
    return {factorText(evidence.factor), {error, roundWord(evidence)}};
}

Sentence slowdownSentence(const Evidence& evidence)
{
    if (evidence.state == GateState::Unknown)
        return {STEPSCOPE_TR("enter the TPOT of a round without the profiler to see how much it slows the "
                             "server"),
                {}};
    if (evidence.value < visiblyFaster || (evidence.state == GateState::Warn && evidence.value < 1.0))
        return {
            STEPSCOPE_TR("the trace runs faster than the server (%1 times its step): TPOT or tokens per step "
                         "are from another window"),
            {fixed(evidence.value, 2)}};
    if (holds(evidence))
        return {STEPSCOPE_TR("the trace runs at the server's own pace (%1 times its step)"),
                {fixed(evidence.value, 2)}};
    return {STEPSCOPE_TR("the trace runs %1 times slower than the server: the profiler's cost or another "
                         "disturbance. Read shares, not absolute times"),
            {fixed(evidence.value, 2)}};
}

Sentence prefillInTpotSentence(const Evidence& evidence)
{
    constexpr double firstToken = 100.0; // ms, for scale
    if (evidence.value <= 0.0)
        return {
            STEPSCOPE_TR("the driver's TPOT holds the prefill: load a record that tells the time to first "
                         "token"),
            {}};
    return {STEPSCOPE_TR("the driver's TPOT holds the prefill, spread over %1 tokens: each 100 ms until the "
                         "first token add %2 ms to it. Enter the time to first token to take it out"),
            {fixed(evidence.value, 0), fixed(firstToken / evidence.value, 2)}};
}

Sentence itlSentence(const Evidence& evidence)
{
    if (holds(evidence))
        return {STEPSCOPE_TR("cadence is within %1 % of the %2 round's mean time between chunks (ITL)"),
                {percent(std::abs(evidence.value)), roundWord(evidence)}};
    if (evidence.state == GateState::Unknown)
        return {STEPSCOPE_TR("cadence is %1 % above the clean round's mean time between chunks (ITL): the "
                             "profiler's own cost may explain it"),
                {percent(evidence.value)}};
    return {STEPSCOPE_TR("cadence is %1 % from the %2 round's mean time between chunks (ITL): the step marks "
                         "are off, or the round is another one"),
            {percent(evidence.value), roundWord(evidence)}};
}

Sentence profilerRowsSentence(const Evidence& evidence)
{
    if (evidence.state == GateState::Unknown)
        return {STEPSCOPE_TR("host rows were not recorded, so the profiler's own time would not show: "
                             "capture with CPU rows"),
                {}};
    if (holds(evidence))
        return {STEPSCOPE_TR("the profiler itself took %1 % of the window on the host"),
                {percent(evidence.value)}};
    return {STEPSCOPE_TR("the profiler itself took %1 % of the window on the host: read shares, not absolute "
                         "times"),
            {percent(evidence.value)}};
}

Sentence inferredSentence(const Evidence& evidence)
{
    if (evidence.state == GateState::Warn)
        return {
            STEPSCOPE_TR("cadence / TPOT implies %1 tokens per step, the profiler's slowdown included: enter "
                         "what the server counted"),
            {fixed(evidence.value, 2)}};
    if (evidence.failAt > 0.0)
        return {
            STEPSCOPE_TR("cadence / TPOT would mean %1 tokens per step, where a step yields 1 to %2: check "
                         "the TPOT, and the step marks against the lanes"),
            {fixed(evidence.value, 2), tokenCount(evidence.failAt)}};
    return {
        STEPSCOPE_TR("cadence / TPOT would mean %1 tokens per step, where a step yields at least one: check "
                     "the TPOT, and the step marks against the lanes"),
        {fixed(evidence.value, 2)}};
}

Sentence tokensSentence(const Evidence& evidence)
{
    if (evidence.note == "inferred")
        return inferredSentence(evidence);
    if (evidence.state == GateState::Unknown)
        return {STEPSCOPE_TR("enter tokens per step: it is not in the trace"), {}};
    if (holds(evidence))
        return {STEPSCOPE_TR("tokens per step: %1"), {tokenCount(evidence.value)}};
    if (evidence.failAt > 1.0)
        return {STEPSCOPE_TR("%1 tokens per step is not possible here: a step yields 1 to %2"),
                {tokenCount(evidence.value), tokenCount(evidence.failAt)}};
    if (evidence.failAt == 1.0)
        return {
            STEPSCOPE_TR("%1 tokens per step is not possible here: no drafts are scheduled, a step yields "
                         "one"),
            {tokenCount(evidence.value)}};
    return {STEPSCOPE_TR("%1 tokens per step is not possible: a step yields at least one"),
            {tokenCount(evidence.value)}};
}

} // namespace

Sentence reconcileSentence(const Evidence& evidence)
{
    switch (evidence.code) {
    case EvidenceCode::TpotError:
        return captureSentence(evidence);
    case EvidenceCode::Slowdown:
        return slowdownSentence(evidence);
    case EvidenceCode::PrefillBias:
        return prefillInTpotSentence(evidence);
    case EvidenceCode::ItlError:
        return itlSentence(evidence);
    case EvidenceCode::ProfilerRows:
        return profilerRowsSentence(evidence);
    default:
        return tokensSentence(evidence);
    }
}

Sentence robustSentence(const Verdict& verdict)
{
    if (!verdict.robust)
        return {};
    const RobustInterval& robust = *verdict.robust;
    Sentence sentence{
        STEPSCOPE_TR(
            "without the profiler the host holds %1–%2 % of a step: the class is the same at both ends"),
        {percent(robust.shareLow, 0), percent(robust.shareHigh, 0)}};
    if (verdict.isSlowdownAssumed) {
        sentence.text =
            robust.isRobust()
                ? STEPSCOPE_TR(
                      "if the profiler makes the server up to %3 times slower, the host holds %1–%2 % "
                      "of a step: the class is the same at both ends")
                : STEPSCOPE_TR(
                      "if the profiler makes the server up to %3 times slower, the host holds %1–%2 % "
                      "of a step: from %4 to %5. Enter the TPOT of a round without it");
        sentence.arguments.push_back(fixed(verdict.slowdown, 1));
    } else if (!robust.isRobust()) {
        sentence.text = STEPSCOPE_TR("without the profiler the host holds %1–%2 % of a step: from %3 to %4");
    }
    if (!robust.isRobust()) {
        sentence.arguments.emplace_back(verdictWord(robust.atLow));
        sentence.arguments.emplace_back(verdictWord(robust.atHigh));
    }
    return sentence;
}

Sentence robustBetweenStepsSentence(const Verdict& verdict)
{
    if (!verdict.robustBetweenSteps)
        return {};
    const RobustInterval& robust = *verdict.robustBetweenSteps;
    return {STEPSCOPE_TR("if it lengthens the gap between steps alone, that gap holds %1–%2 % of a step"),
            {percent(robust.shareLow, 0), percent(robust.shareHigh, 0)}};
}

const char* robustAssumption()
{
    return STEPSCOPE_TR(
        "The interval rests on one assumption: profiling shortens neither the busy nor the idle "
        "time of a step. Clocks and temperature that differ between the rounds can break it.");
}

const char* tokensSourceWord(TokensSource source)
{
    switch (source) {
    case TokensSource::None:
        break;
    case TokensSource::User:
        return STEPSCOPE_TR("typed");
    case TokensSource::Metric:
        return STEPSCOPE_TR("server counters");
    case TokensSource::Scheduled:
        return STEPSCOPE_TR("trace annotation");
    case TokensSource::Driver:
        return STEPSCOPE_TR("driver");
    }
    return STEPSCOPE_TR("unknown");
}

std::vector<Sentence> overrideSentences(const Assessment& assessment)
{
    std::vector<Sentence> sentences;
    for (const GateResult& gate : assessment.referenceGates()) {
        const Evidence* const evidence = gate.isOverridden() ? decidingEvidence(gate) : nullptr;
        if (evidence != nullptr)
            sentences.push_back({STEPSCOPE_TR("gate %1 (%2) fails and is overridden: %3"),
                                 {std::to_string(static_cast<int>(gate.gate)), gateTitle(gate.gate),
                                  printable(gate.overrideReason)}});
    }
    return sentences;
}

} // namespace stepscope
