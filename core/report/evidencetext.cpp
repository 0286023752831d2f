#include "core/report/gatetext.h"

#include "core/report/numbertext.h"
#include "core/report/printabletext.h"
#include "core/report/reconciletext.h"

#include <cmath>

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

Sentence fewStepsSentence()
{
    return {STEPSCOPE_TR("fewer than two decode steps in the window: widen it to compare them"), {}};
}

Sentence prefillSentence(const Evidence& evidence)
{
    if (evidence.state == GateState::Unknown)
        return {STEPSCOPE_TR("no whole step to look for prefill in: widen the window"), {}};
    if (isPassed(evidence))
        return {STEPSCOPE_TR("no prefill in the window"), {}};
    if (evidence.value == 1.0)
        return {STEPSCOPE_TR("a prefill step in the window, at %1 s: drag the window past it"),
                {placeOf(evidence)}};
    return {STEPSCOPE_TR("%1 prefill steps in the window, the first at %2 s: drag the window past them"),
            {whole(evidence.value), placeOf(evidence)}};
}

Sentence versionsSentence(const Evidence& evidence)
{
    if (evidence.value > 0.0)
        return {STEPSCOPE_TR("the profiler named an error while it recorded: see the import log"), {}};
    if (evidence.state == GateState::NotApplicable)
        return {
            STEPSCOPE_TR("no profiler error named; the file does not name the CUDA versions, and with GPU "
                         "records they do not matter"),
            {}};
    if (evidence.state == GateState::Unknown)
        return {STEPSCOPE_TR("no profiler error named; whether the CUDA versions split the file does not "
                             "say: compare the image with nvidia-smi"),
                {}};
    if (evidence.note.empty())
        return {STEPSCOPE_TR("no profiler error named, no version split"), {}};
    if (evidence.state == GateState::Warn)
        return {
            STEPSCOPE_TR("CUDA runtime and driver differ in their major version (%1); records are there, so "
                         "this may be harmless"),
            {printable(evidence.note)}};
    return {
        STEPSCOPE_TR("CUDA runtime and driver differ in their major version (%1) and nothing was recorded: "
                     "use an image of the driver's major version"),
        {printable(evidence.note)}};
}

Sentence driverSentence(const Evidence& evidence)
{
    if (isPassed(evidence))
        return {STEPSCOPE_TR("%1 tells of no failed request"), {printable(evidence.note)}};
    if (evidence.state == GateState::Fail)
        return {
            STEPSCOPE_TR("%1 tells of failed requests (%2): the server was not in the state that is asked "
                         "about; find out why, and capture again"),
            {printable(evidence.note), whole(evidence.value)}};
    if (evidence.value > 0.0)
        return {
            STEPSCOPE_TR("TPOT is typed; whether the driver met errors or ran more than one stream cannot be "
                         "told from it: load the driver's record"),
            {}};
    return {
        STEPSCOPE_TR("the driver's record is not part of a trace: load it, or type its TPOT and look at its "
                     "output for errors and for the number of streams"),
        {}};
}

Sentence streamsSentence(const Evidence& evidence)
{
    if (evidence.state == GateState::Unknown && evidence.value == 0.0)
        return {STEPSCOPE_TR(
                    "the driver's record does not say how many requests ran at a time: load one that does"),
                {}};
    if (evidence.state == GateState::Unknown)
        return {
            STEPSCOPE_TR("requests at a time: %1 in the driver's record; the trace does not name them, so "
                         "look whether somebody else used the server, or drive one at a time"),
            {whole(evidence.value)}};
    if (isPassed(evidence) && evidence.passAt == 0.0)
        return {STEPSCOPE_TR("requests at a time: 1 in the driver's record"), {}};
    if (isPassed(evidence))
        return {STEPSCOPE_TR("requests at a time: %1 in the driver's record, as in the steps"),
                {whole(evidence.value)}};
    return {STEPSCOPE_TR("requests at a time: %1 in the driver's record, %2 in the steps: the record is of "
                         "another run, or somebody else used the server"),
            {whole(evidence.value), whole(evidence.passAt)}};
}

Sentence batchSentence(const Evidence& evidence)
{
    if (evidence.state == GateState::Unknown)
        return {
            STEPSCOPE_TR("no annotation names the batch, so a change of it would not show: capture with the "
                         "engine's step annotations on"),
            {}};
    if (isPassed(evidence))
        return {STEPSCOPE_TR("constant batch"), {}};
    return {
        STEPSCOPE_TR("the batch varies by %1 % in the window, first at %2 s: choose a stretch of one batch"),
        {percent(evidence.value, 0), placeOf(evidence)}};
}

Sentence wallSentence(const Evidence& evidence)
{
    if (evidence.state == GateState::Unknown)
        return {STEPSCOPE_TR("no clean decode step in the window: widen or move it"), {}};
    if (isPassed(evidence))
        return {STEPSCOPE_TR("the steps fill the window"), {}};
    return {STEPSCOPE_TR(
                "the window is %1 times as long as its decode steps: something else ran in it, most of it "
                "from %2 s on. Drag the window past it"),
            {fixed(evidence.value, 2), placeOf(evidence)}};
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
        return {STEPSCOPE_TR(
                    "host calls were not recorded, so missing graphs would not show: capture with CPU rows"),
                {}};
    default:
        return evidence.value > 0.0
                   ? Sentence{STEPSCOPE_TR("%1 graph launches, their kernels are in the union"),
                              {whole(evidence.value)}}
                   : Sentence{STEPSCOPE_TR("no CUDA graphs in use"), {}};
    }
}

Sentence recordedSentence(const Evidence& evidence)
{
    if (evidence.state == GateState::Unknown)
        return {STEPSCOPE_TR("host calls were not recorded, so lost GPU records would not show: capture with "
                             "CPU rows"),
                {}};
    if (isPassed(evidence))
        return {STEPSCOPE_TR("launches have their GPU records"), {}};
    return {
        STEPSCOPE_TR("only %1 % of the launches have a GPU record, the first without at %2 s: records were "
                     "lost. Capture again, shorter"),
        {percent(evidence.value), placeOf(evidence)}};
}

Sentence uniformSentence(const Evidence& evidence)
{
    if (evidence.note == "empty")
        return {STEPSCOPE_TR(
                    "a step without any GPU operation, at %1 s: records may be lost, or a step mark is off"),
                {placeOf(evidence)}};
    if (evidence.note == "step")
        return {STEPSCOPE_TR(
                    "one step, at %1 s, holds more than a quarter of the busy time: drag the window past it"),
                {placeOf(evidence)}};
    if (evidence.note == "operation")
        return {
            STEPSCOPE_TR("one operation, at %1 s, holds more than a quarter of the window's busy time: drag "
                         "the window past it"),
            {placeOf(evidence)}};
    if (evidence.state == GateState::Unknown)
        return fewStepsSentence();
    if (isPassed(evidence))
        return {STEPSCOPE_TR("steps look alike"), {}};
    return {
        STEPSCOPE_TR("only %1 % of the steps look like the median step, the first other one at %2 s: look "
                     "there, and choose a stretch of one kind"),
        {percent(evidence.value, 0), placeOf(evidence)}};
}

Sentence ranksSentence(const Evidence& evidence)
{
    if (evidence.note == "apart")
        return {
            STEPSCOPE_TR("the recordings of the %1 GPUs overlap by less than 90 %: capture them at the same "
                         "time before reading communication"),
            {whole(evidence.value)}};
    if (evidence.state == GateState::Warn)
        return {STEPSCOPE_TR("%1 of %2 ranks: open the other ranks' files too before reading communication"),
                {whole(evidence.value), whole(evidence.failAt)}};
    if (evidence.state == GateState::Unknown)
        return {STEPSCOPE_TR("the file does not say how many ranks the run had: count the server's GPUs, and "
                             "enter the world size in the measurement context"),
                {}};
    if (evidence.value == 1.0)
        return {STEPSCOPE_TR("no other rank takes part"), {}};
    return {STEPSCOPE_TR("all %1 ranks are in the file"), {whole(evidence.value)}};
}

Sentence contextSentence(const Evidence& evidence)
{
    if (isPassed(evidence))
        return {STEPSCOPE_TR("the measurement context is complete"), {}};
    if (evidence.value == 1.0)
        return {STEPSCOPE_TR("1 field of the measurement context is missing: exports stay DRAFT"), {}};
    return {STEPSCOPE_TR("%1 of %2 fields of the measurement context are missing: exports stay DRAFT"),
            {whole(evidence.value), whole(evidence.failAt)}};
}

Sentence stepsSentence(const Evidence& evidence)
{
    if (isPassed(evidence))
        return {STEPSCOPE_TR("%1 repeating steps in the window"), {whole(evidence.value)}};
    if (evidence.note == "single")
        return {STEPSCOPE_TR("the file holds one step: it has a budget, but no cadence to judge it by"), {}};
    if (evidence.note == "single prompt")
        return {
            STEPSCOPE_TR("the file holds one step, and no decode step: there is neither budget nor cadence"),
            {}};
    if (evidence.value == 0.0)
        return {STEPSCOPE_TR("no repeating decode step in the window; this may be no capture of decoding"),
                {}};
    if (evidence.state == GateState::Warn && evidence.value >= evidence.passAt)
        return {STEPSCOPE_TR("%1 steps, but the pattern is weak: check the step marks against the lanes"),
                {whole(evidence.value)}};
    if (evidence.value == 1.0)
        return {STEPSCOPE_TR("only 1 step in the window, %1 are needed: widen the window or capture longer"),
                {whole(evidence.passAt)}};
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
        if (evidence.note == "no steps")
            return {STEPSCOPE_TR("no repeating step in the file, so how late its records may end cannot be "
                                 "judged: capture a decode loop"),
                    {}};
        if (evidence.state == GateState::Unknown)
            return {
                STEPSCOPE_TR("host calls were not recorded, so a lost end would not show: capture with CPU "
                             "rows"),
                {}};
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("GPU records go on to the last launch"), {}}
                   : Sentence{
                         STEPSCOPE_TR(
                             "GPU records stop %1 before the host's last launch, at %2 s: the end of the "
                             "capture was lost. Capture again, shorter"),
                         {shortDuration(Duration(static_cast<std::int64_t>(evidence.value))),
                          placeOf(evidence)}};
    case EvidenceCode::SteadyCadence:
        if (evidence.state == GateState::Unknown)
            return fewStepsSentence();
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("cadence varies by %1 % (p10 to p90)"), {percent(evidence.value)}}
                   : Sentence{STEPSCOPE_TR("cadence varies by %1 % (p10 to p90): the loop was not "
                                           "steady. Choose a steadier stretch, or capture longer"),
                              {percent(evidence.value)}};
    case EvidenceCode::CadenceDrift:
        if (isPassed(evidence))
            return {STEPSCOPE_TR("cadence holds its level"), {}};
        return {evidence.value > 0.0
                    ? STEPSCOPE_TR("cadence rises by %1 % over the window: a shorter window "
                                   "reads truer")
                    : STEPSCOPE_TR("cadence falls by %1 % over the window: a later or shorter "
                                   "window reads truer"),
                {percent(std::abs(evidence.value))}};
    case EvidenceCode::StartUpWork:
        if (evidence.state == GateState::Unknown)
            return {
                STEPSCOPE_TR("host calls were not recorded, so start-up work would not show: capture with "
                             "CPU rows"),
                {}};
        if (evidence.state == GateState::Warn)
            return {
                STEPSCOPE_TR(
                    "start-up work (loading, allocation, graph building) just outside the window, at %1 s"),
                {placeOf(evidence)}};
        return isPassed(evidence) ? Sentence{STEPSCOPE_TR("no start-up work in the window"), {}}
                                  : Sentence{STEPSCOPE_TR("start-up work (loading, allocation, graph "
                                                          "building) in the window, %1 calls, the "
                                                          "first at %2 s: drag the window past it"),
                                             {whole(evidence.value), placeOf(evidence)}};
    case EvidenceCode::DataIssues:
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("no row was dropped on import"), {}}
                   : Sentence{STEPSCOPE_TR("%1 % of the rows were dropped on import: see the import log"),
                              {percent(evidence.value, 2)}};
    default:
        if (evidence.state == GateState::Unknown)
            return {STEPSCOPE_TR("no launch of an operation is known, so host and GPU clocks cannot be "
                                 "compared: capture with CPU rows"),
                    {}};
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("host and GPU clocks agree"), {}}
                   : Sentence{STEPSCOPE_TR(
                                  "%1 % of the operations begin before their own launch: host and GPU clocks "
                                  "disagree, and so do launch links and idle owners. Capture again"),
                              {percent(evidence.value, 2)}};
    }
}

} // namespace

Sentence evidenceSentence(const Evidence& evidence)
{
    switch (evidence.code) {
    case EvidenceCode::GpuRecords:
        if (evidence.state == GateState::Unknown)
            return {
                STEPSCOPE_TR("neither a launch nor a GPU operation was recorded: profile the process that "
                             "drives the GPU"),
                {}};
        return isPassed(evidence)
                   ? Sentence{STEPSCOPE_TR("%1 GPU operations recorded"), {whole(evidence.value)}}
                   : Sentence{STEPSCOPE_TR("the host launched work, but no GPU operation was recorded"), {}};
    case EvidenceCode::CuptiVersions:
        return versionsSentence(evidence);
    case EvidenceCode::PrefillSteps:
        return prefillSentence(evidence);
    case EvidenceCode::BatchVaries:
        return batchSentence(evidence);
    case EvidenceCode::DriverRecord:
        return driverSentence(evidence);
    case EvidenceCode::DriverStreams:
        return streamsSentence(evidence);
    case EvidenceCode::Lulls:
        return lullSentence(evidence);
    case EvidenceCode::WallPerStep:
        return wallSentence(evidence);
    case EvidenceCode::GraphRecords:
        return graphSentence(evidence);
    case EvidenceCode::UnderRecording:
        return recordedSentence(evidence);
    case EvidenceCode::StepUniformity:
        return uniformSentence(evidence);
    case EvidenceCode::KernelsAlone:
        if (evidence.state == GateState::Unknown)
            return {STEPSCOPE_TR("no GPU work in the window: move or widen the window"), {}};
        return {STEPSCOPE_TR("counting kernels alone would miss %1 % of the busy time"),
                {percent(evidence.value)}};
    case EvidenceCode::TpotError:
    case EvidenceCode::Slowdown:
    case EvidenceCode::PrefillBias:
    case EvidenceCode::ItlError:
    case EvidenceCode::ProfilerRows:
    case EvidenceCode::TokensPerStep:
        return reconcileSentence(evidence);
    case EvidenceCode::RanksPresent:
        return ranksSentence(evidence);
    case EvidenceCode::PriorArt:
        return {STEPSCOPE_TR(
                    "there is no store of earlier captures yet: keep their exports beside this trace and "
                    "compare by hand"),
                {}};
    case EvidenceCode::Credentials:
        return {STEPSCOPE_TR("the trace was opened from disk"), {}};
    case EvidenceCode::ContextFields:
        return contextSentence(evidence);
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

} // namespace stepscope
