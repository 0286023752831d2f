#include "core/report/gatetext.h"

#include "core/report/numbertext.h"

namespace stepscope {

namespace {

std::string whole(double value)
{
    return fixed(value, 0);
}

std::string placeOf(const Evidence& evidence)
{
    return evidence.place ? seconds(evidence.place->begin) : std::string("?");
}

bool isPassed(const Evidence& evidence)
{
    return evidence.state == GateState::Pass;
}

Sentence prefillSentence(const Evidence& evidence)
{
    if (evidence.state == GateState::Unknown)
        return {STEPSCOPE_TR("no whole step in the window, so prefill cannot be told from decode"), {}};
    if (isPassed(evidence))
        return {STEPSCOPE_TR("no prefill in the window"), {}};
    if (evidence.value == 1.0)
        return {STEPSCOPE_TR("a prefill step in the window, at %1 s: drag the window past it"),
                {placeOf(evidence)}};
    return {STEPSCOPE_TR("%1 prefill steps in the window, the first at %2 s: drag the window past them"),
            {whole(evidence.value), placeOf(evidence)}};
}

Sentence lullSentence(const Evidence& evidence)
{
    if (isPassed(evidence))
        return {STEPSCOPE_TR("no lull in the window"), {}};
    if (evidence.value == 1.0)
        return {STEPSCOPE_TR("a lull of %1 at %2 s: the driver paused, drag the window past it"),
                {evidence.place ? shortDuration(evidence.place->duration()) : "?", placeOf(evidence)}};
    return {STEPSCOPE_TR(
                "%1 lulls in the window, the longest %2 at %3 s: the driver paused, drag the window past it"),
            {whole(evidence.value), evidence.place ? shortDuration(evidence.place->duration()) : "?",
             placeOf(evidence)}};
}

Sentence graphSentence(const Evidence& evidence)
{
    switch (evidence.state) {
    case GateState::Warn:
        return {STEPSCOPE_TR("graphs recorded as whole spans (graph level): busy is an upper bound, and "
                             "communication and kernels inside graphs are unknown"),
                {}};
    case GateState::Fail:
        return {STEPSCOPE_TR("%1 graph launches, but nothing that ran inside a graph was recorded: the busy "
                             "figure is void. Capture again with graph tracing on"),
                {whole(evidence.value)}};
    case GateState::Unknown:
        return {STEPSCOPE_TR("host calls were not recorded, so missing graphs would not show"), {}};
    default:
        return evidence.value > 0.0
                   ? Sentence{STEPSCOPE_TR("%1 graph launches, their kernels are in the union"),
                              {whole(evidence.value)}}
                   : Sentence{STEPSCOPE_TR("no CUDA graphs in use"), {}};
    }
}

Sentence tpotSentence(const Evidence& evidence)
{
    if (evidence.state == GateState::Unknown && evidence.passAt == 0.0)
        return {
            STEPSCOPE_TR("enter the driver's time per output token (TPOT) to check the cadence against it"),
            {}};
    if (evidence.state == GateState::Unknown)
        return {STEPSCOPE_TR(
                    "cadence / tokens per step is %1 % from the TPOT entered: the profiler's own cost may "
                    "explain it, or tokens per step is not entered"),
                {percent(evidence.value)}};
    if (isPassed(evidence))
        return {STEPSCOPE_TR("cadence / tokens per step is within %1 % of the TPOT entered"),
                {percent(evidence.value)}};
    return {STEPSCOPE_TR(
                "cadence / tokens per step is %1 % from the TPOT entered: check tokens per step, and that "
                "both are from the same round"),
            {percent(evidence.value)}};
}

Sentence stepsSentence(const Evidence& evidence)
{
    if (isPassed(evidence))
        return {STEPSCOPE_TR("%1 repeating steps in the window"), {whole(evidence.value)}};
    if (evidence.note == "single")
        return {STEPSCOPE_TR("the file holds one step: it has a budget, but no cadence to judge it by"), {}};
    if (evidence.value == 0.0)
        return {STEPSCOPE_TR("no repeating decode step in the window; this may be no capture of decoding"),
                {}};
    if (evidence.state == GateState::Warn && evidence.value >= evidence.passAt)
        return {STEPSCOPE_TR("%1 steps, but the pattern is weak: check the step marks against the lanes"),
                {whole(evidence.value)}};
    return {STEPSCOPE_TR(
                "only %1 repeating steps in the window, %2 are needed: widen the window or capture longer"),
            {whole(evidence.value), whole(evidence.passAt)}};
}

Sentence qualitySentence(const Evidence& evidence)
{
    switch (evidence.code) {
    case EvidenceCode::WholeFile:
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("the file is whole"), {}}
                   : Sentence{STEPSCOPE_TR(
                                  "the file is not whole; what could be read was kept: see the import log"),
                              {}};
    case EvidenceCode::EarlyEnd:
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("GPU records go on to the last launch"), {}}
                   : Sentence{
                         STEPSCOPE_TR(
                             "GPU records stop %1 before the host's last launch, at %2 s: the end of the "
                             "capture was lost"),
                         {shortDuration(Duration(static_cast<std::int64_t>(evidence.value))),
                          placeOf(evidence)}};
    case EvidenceCode::SteadyCadence:
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("cadence varies by %1 % (p10 to p90)"), {percent(evidence.value)}}
                   : Sentence{STEPSCOPE_TR("cadence varies by %1 % (p10 to p90): the loop was not steady"),
                              {percent(evidence.value)}};
    case EvidenceCode::StartUpWork:
        if (evidence.state == GateState::Warn)
            return {
                STEPSCOPE_TR(
                    "start-up work (loading, allocation, graph building) just outside the window, at %1 s"),
                {placeOf(evidence)}};
        return isPassed(evidence) ? Sentence{STEPSCOPE_TR("no start-up work in the window"), {}}
                                  : Sentence{STEPSCOPE_TR("start-up work (loading, allocation, graph "
                                                          "building) in the window, %1 calls, the "
                                                          "first at %2 s"),
                                             {whole(evidence.value), placeOf(evidence)}};
    case EvidenceCode::DataIssues:
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("no row was dropped on import"), {}}
                   : Sentence{STEPSCOPE_TR("%1 % of the rows were dropped on import: see the import log"),
                              {percent(evidence.value, 2)}};
    default:
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("host and GPU clocks agree"), {}}
                   : Sentence{STEPSCOPE_TR(
                                  "%1 % of the operations begin before their own launch: host and GPU clocks "
                                  "disagree"),
                              {percent(evidence.value, 2)}};
    }
}

} // namespace

const char* gateTitle(GateId gate)
{
    switch (gate) {
    case GateId::CuptiMatchesDriver:
        return STEPSCOPE_TR("CUPTI matches driver");
    case GateId::CleanDriver:
        return STEPSCOPE_TR("Clean driver");
    case GateId::GraphsCounted:
        return STEPSCOPE_TR("Graphs counted");
    case GateId::ReconcilesWithTpot:
        return STEPSCOPE_TR("Reconciles with TPOT");
    case GateId::CaptureQuality:
        return STEPSCOPE_TR("Capture quality");
    case GateId::PriorArt:
        return STEPSCOPE_TR("Prior art");
    case GateId::ModestWindow:
        return STEPSCOPE_TR("Modest window");
    case GateId::Credentials:
        return STEPSCOPE_TR("Credentials");
    case GateId::ContextComplete:
        return STEPSCOPE_TR("Context complete");
    }
    return "";
}

const char* gateStateWord(GateState state)
{
    switch (state) {
    case GateState::NotApplicable:
        return STEPSCOPE_TR("not applicable");
    case GateState::Pass:
        return STEPSCOPE_TR("pass");
    case GateState::Unknown:
        return STEPSCOPE_TR("unknown");
    case GateState::Warn:
        return STEPSCOPE_TR("warn");
    case GateState::Fail:
        return STEPSCOPE_TR("fail");
    }
    return "";
}

std::string_view evidenceWord(EvidenceCode code)
{
    switch (code) {
    case EvidenceCode::GpuRecords:
        return "gpu_records";
    case EvidenceCode::PrefillSteps:
        return "prefill_steps";
    case EvidenceCode::BatchVaries:
        return "batch_varies";
    case EvidenceCode::Lulls:
        return "lulls";
    case EvidenceCode::WallPerStep:
        return "wall_per_step";
    case EvidenceCode::GraphRecords:
        return "graph_records";
    case EvidenceCode::UnderRecording:
        return "recorded_launches";
    case EvidenceCode::StepUniformity:
        return "step_uniformity";
    case EvidenceCode::TpotError:
        return "tpot_error";
    case EvidenceCode::Slowdown:
        return "slowdown";
    case EvidenceCode::TokensPerStep:
        return "tokens_per_step";
    case EvidenceCode::RepeatingSteps:
        return "repeating_steps";
    case EvidenceCode::WholeFile:
        return "whole_file";
    case EvidenceCode::EarlyEnd:
        return "early_end";
    case EvidenceCode::SteadyCadence:
        return "steady_cadence";
    case EvidenceCode::StartUpWork:
        return "start_up_work";
    case EvidenceCode::DataIssues:
        return "data_issues";
    case EvidenceCode::ClockSanity:
        return "clock_sanity";
    case EvidenceCode::WindowLength:
        return "window_length";
    }
    return "";
}

Sentence evidenceSentence(const Evidence& evidence)
{
    switch (evidence.code) {
    case EvidenceCode::GpuRecords:
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("%1 GPU operations recorded"), {whole(evidence.value)}}
                   : Sentence{STEPSCOPE_TR("the host launched work, but no GPU operation was recorded"), {}};
    case EvidenceCode::PrefillSteps:
        return prefillSentence(evidence);
    case EvidenceCode::BatchVaries:
        return isPassed(evidence) ? Sentence{STEPSCOPE_TR("constant batch"), {}}
                                  : Sentence{STEPSCOPE_TR("the batch varies by %1 % in the window"),
                                             {percent(evidence.value, 0)}};
    case EvidenceCode::Lulls:
        return lullSentence(evidence);
    case EvidenceCode::WallPerStep:
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("the steps fill the window"), {}}
                   : Sentence{
                         STEPSCOPE_TR(
                             "the window is %1 times as long as its decode steps: something else ran in it"),
                         {fixed(evidence.value, 2)}};
    case EvidenceCode::GraphRecords:
        return graphSentence(evidence);
    case EvidenceCode::UnderRecording:
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("launches have their GPU records"), {}}
                   : Sentence{STEPSCOPE_TR("only %1 % of the launches have a GPU record: records were lost"),
                              {percent(evidence.value)}};
    case EvidenceCode::StepUniformity:
        return isPassed(evidence) ? Sentence{STEPSCOPE_TR("steps look alike"), {}}
                                  : Sentence{STEPSCOPE_TR("only %1 % of the steps look like the median step"),
                                             {percent(evidence.value, 0)}};
    case EvidenceCode::TpotError:
        return tpotSentence(evidence);
    case EvidenceCode::Slowdown:
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("the trace runs at the server's own pace (%1 times)"),
                              {fixed(evidence.value, 2)}}
                   : Sentence{
                         STEPSCOPE_TR(
                             "the trace runs %1 times slower than the server: the profiler's cost or another "
                             "disturbance. Read shares, not absolute times"),
                         {fixed(evidence.value, 2)}};
    case EvidenceCode::TokensPerStep:
        if (evidence.state == GateState::Warn)
            return {
                STEPSCOPE_TR("enter tokens per step: with drafts scheduled it cannot be read from the trace"),
                {}};
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("%1 tokens per step"), {fixed(evidence.value, 2)}}
                   : Sentence{STEPSCOPE_TR("%1 tokens per step is not possible here: a step yields 1 to %2"),
                              {fixed(evidence.value, 2), fixed(evidence.failAt, 2)}};
    case EvidenceCode::RepeatingSteps:
        return stepsSentence(evidence);
    case EvidenceCode::WindowLength:
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("%1 s window"), {fixed(evidence.value, 2)}}
                   : Sentence{
                         STEPSCOPE_TR("the window (%1 s) should hold at least 20 steps and at most %2 s"),
                         {fixed(evidence.value, 2), fixed(evidence.passAt, 0)}};
    default:
        return qualitySentence(evidence);
    }
}

const Evidence* decidingEvidence(const GateResult& gate)
{
    for (const Evidence& evidence : gate.evidence) {
        if (evidence.state == gate.state)
            return &evidence;
    }
    return nullptr;
}

} // namespace stepscope
