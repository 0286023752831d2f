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
