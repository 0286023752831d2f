#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stepscope {

/// The checklist of definitions.md §11, by its numbers.
enum class GateId : std::uint8_t {
    CuptiMatchesDriver = 0,
    CleanDriver = 1,
    GraphsCounted = 2,
    ReconcilesWithTpot = 3,
    CaptureQuality = 4,
    PriorArt = 5,
    ModestWindow = 6,
    Credentials = 7,
    ContextComplete = 8,
};

/// From best to worst: a gate is the worst of its rows. An unknown row is never shown as a pass and never
/// hides a warning.
enum class GateState : std::uint8_t { NotApplicable, Pass, Unknown, Warn, Fail };

/// One row of evidence under a gate. Its sentence stands in core/report/evidencetext.cpp.
enum class EvidenceCode : std::uint8_t {
    GpuRecords,    ///< value: GPU operations in the file
    CuptiVersions, ///< value: errors that the capture names; note: the versions that differ
    PrefillSteps,  ///< value: prefill and mixed steps in the window; limit: steps
    BatchVaries,   ///< value: spread of the batch / its largest; place: the first step that differs
    DriverRecord,  ///< requests that failed in the driver's record; note: its name. Unknown without a record;
                   ///< value: then 1 when a TPOT was typed
    DriverStreams, ///< value: requests at a time in the driver's record; passAt: those of the steps, 0: not
                   ///< named
    Lulls,         ///< value: number of gaps over three median steps; place: the longest
    WallPerStep,   ///< value: wall time per step / median cadence; place: the longest other stretch
    GraphRecords,  ///< value: graph launches; state Warn: graph level only
    UnderRecording, ///< value: share of launch calls that have a GPU record; place: the first without
    StepUniformity, ///< value: share of steps within 20 % of the median; place: the first that is not
    KernelsAlone,   ///< value: share of busy time that counting kernels alone would miss
    TpotError,      ///< value: (cadence / T − TPOT) / TPOT; note: "profiled" against that round
    Slowdown,       ///< value: ρ
    PrefillBias,    ///< value: output tokens over which the TPOT spreads its prefill
    ItlError,       ///< value: (cadence − ITL) / ITL; note: "profiled" against that round
    ProfilerRows,   ///< value: share of the window in which the profiler itself ran on the host
    TokensPerStep,  ///< value: tokens per step in use, or with note "inferred" what the cadence implies;
                    ///< failAt: the most that is scheduled, 0 where no annotation says it
    RepeatingSteps, ///< value: steps in the window
    WholeFile,      ///< value: rows known to be lost; state by damage
    EarlyEnd,       ///< value: ns between the last GPU record and the last launch
    SteadyCadence,  ///< value: (P90 − P10) / median; place: the longest step
    CadenceDrift,   ///< value: change of the median cadence from one end of the window to the other
    StartUpWork,    ///< value: start-up calls in the window; place: the first
    RanksPresent,   ///< value: ranks in the file; limit: ranks of the run
    DataIssues,     ///< value: share of rows dropped on import
    ClockSanity,    ///< value: share of kernels that begin before their launch
    PriorArt,       ///< what earlier captures said
    WindowLength,   ///< value: seconds
    Credentials,    ///< of the host that a trace comes from
    ContextFields,  ///< value: required fields that are not filled; limit: required fields
};

struct Evidence {
    EvidenceCode code = EvidenceCode::GpuRecords;
    GateState state = GateState::Unknown;
    double value = 0.0;
    double passAt = 0.0; ///< the limits in force, 0 where the row has none
    double failAt = 0.0;
    std::optional<TimeRange> place; ///< where to look
    std::string note;               ///< what the sentence needs besides: "single" for a file with one step,
                                    ///< "single prompt" when it is no decode step
    std::string factor;             ///< of TpotError: what would explain it, as one word for each

    friend bool operator==(const Evidence&, const Evidence&) = default;
};

struct GateResult {
    GateId gate = GateId::CuptiMatchesDriver;
    GateState state = GateState::Unknown; ///< the worst of its rows
    std::vector<Evidence> evidence;
    std::string overrideReason; ///< why the user goes on in spite of it; every export carries it

    /// A failure that does not withhold the verdict. It stays one: its state is shown as it is.
    bool isOverridden() const { return state == GateState::Fail && !overrideReason.empty(); }
    friend bool operator==(const GateResult&, const GateResult&) = default;
};

} // namespace stepscope
