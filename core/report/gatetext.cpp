#include "core/report/gatetext.h"

namespace stepscope {

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

const char* gateMeaning(GateId gate)
{
    switch (gate) {
    case GateId::CuptiMatchesDriver:
        return STEPSCOPE_TR(
            "Did the profiler record the GPU at all? Where it could not attach to the driver, an idle "
            "GPU is read from a trace that holds nothing. Fails: capture again with an image whose "
            "CUDA major version is the driver's, and no other profiler attached.");
    case GateId::CleanDriver:
        return STEPSCOPE_TR(
            "Is the window pure decoding at the load that was asked for? Prefill makes decode look "
            "kernel-bound, pauses make it look host-bound. Fails: drag the window past what is "
            "named, or drive the server with one steady stream and capture again.");
    case GateId::GraphsCounted:
        return STEPSCOPE_TR(
            "Is the work inside CUDA graphs in the busy time? Counting kernels alone missed most of "
            "it. Fails: records were lost or graphs not traced; capture again, shorter or with "
            "graph tracing on.");
    case GateId::ReconcilesWithTpot:
        return STEPSCOPE_TR(
            "Does the step cadence fit the time per token that the driver measured? Two questions: is "
            "the capture right, against the captured round, and does it speak for the server, "
            "against a round without the profiler. Fails: tokens per step, the step marks or the "
            "round are wrong.");
    case GateId::CaptureQuality:
        return STEPSCOPE_TR(
            "Is there enough of a steady loop, whole and with agreeing clocks? Statistics of a start-up "
            "or of a dying server say nothing. Fails: move or widen the window, or capture longer.");
    case GateId::PriorArt:
        return STEPSCOPE_TR(
            "Has somebody measured this before? Nothing keeps earlier captures yet, so this stays "
            "unknown; it never withholds a verdict.");
    case GateId::ModestWindow:
        return STEPSCOPE_TR(
            "Is the window long enough to be typical and short enough to be steady: 20 steps or more, "
            "10 s at most? Long captures fill the server's memory and drift.");
    case GateId::Credentials:
        return STEPSCOPE_TR(
            "Can the host that the trace comes from be reached with valid credentials? A trace that was "
            "opened from disk needs none.");
    case GateId::ContextComplete:
        return STEPSCOPE_TR(
            "Is all known that a number needs beside it to be compared with another: model, hardware, "
            "parallelism, server options, load? What is missing keeps every export a DRAFT.");
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
    case EvidenceCode::CuptiVersions:
        return "cupti_versions";
    case EvidenceCode::PrefillSteps:
        return "prefill_steps";
    case EvidenceCode::BatchVaries:
        return "batch_varies";
    case EvidenceCode::DriverRecord:
        return "driver_record";
    case EvidenceCode::DriverStreams:
        return "driver_streams";
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
    case EvidenceCode::KernelsAlone:
        return "kernels_alone";
    case EvidenceCode::TpotError:
        return "tpot_error";
    case EvidenceCode::Slowdown:
        return "slowdown";
    case EvidenceCode::PrefillBias:
        return "prefill_in_tpot";
    case EvidenceCode::ItlError:
        return "itl_error";
    case EvidenceCode::ProfilerRows:
        return "profiler_rows";
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
    case EvidenceCode::CadenceDrift:
        return "cadence_drift";
    case EvidenceCode::StartUpWork:
        return "start_up_work";
    case EvidenceCode::RanksPresent:
        return "ranks_present";
    case EvidenceCode::DataIssues:
        return "data_issues";
    case EvidenceCode::ClockSanity:
        return "clock_sanity";
    case EvidenceCode::PriorArt:
        return "prior_art";
    case EvidenceCode::WindowLength:
        return "window_length";
    case EvidenceCode::Credentials:
        return "credentials";
    case EvidenceCode::ContextFields:
        return "context_fields";
    }
    return "";
}

bool isMeasured(const Evidence& evidence)
{
    const bool isDecided = evidence.state != GateState::Unknown && evidence.state != GateState::NotApplicable;
    return isDecided || evidence.value != 0.0;
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
