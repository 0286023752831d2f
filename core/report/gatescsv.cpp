#include "core/report/gatescsv.h"

#include "core/report/csvcell.h"
#include "core/report/csvcontext.h"
#include "core/report/gatetext.h"
#include "core/report/numbertext.h"

namespace stepscope {

namespace {

/// What `value` counts in.
std::string_view unitOf(EvidenceCode code)
{
    switch (code) {
    case EvidenceCode::GpuRecords:
    case EvidenceCode::GraphRecords:
    case EvidenceCode::Lulls:
    case EvidenceCode::StartUpWork:
    case EvidenceCode::WholeFile:
    case EvidenceCode::CuptiVersions:
    case EvidenceCode::RanksPresent:
    case EvidenceCode::ContextFields:
        return "count";
    case EvidenceCode::PrefillSteps:
    case EvidenceCode::RepeatingSteps:
        return "steps";
    case EvidenceCode::EarlyEnd:
        return "ns";
    case EvidenceCode::WindowLength:
        return "s";
    case EvidenceCode::TokensPerStep:
        return "tokens";
    case EvidenceCode::DriverRecord:
    case EvidenceCode::DriverStreams:
    case EvidenceCode::PriorArt:
    case EvidenceCode::Credentials:
        return ""; // nothing was measured
    default:
        return "ratio";
    }
}

std::string limitCells(const Evidence& row)
{
    if (row.passAt == 0.0 && row.failAt == 0.0)
        return ",";
    return fixed(row.passAt, 6) + "," + fixed(row.failAt, 6);
}

} // namespace

std::string gatesCsv(const Assessment& assessment, const TraceIndex& index)
{
    std::string csv =
        std::string(csvContextHeader) +
        ",gate,gate_state,evidence,state,value,unit,pass_at,fail_at,place_ns,override_reason\r\n";
    for (std::size_t device = 0; device < index.devices().size(); ++device) {
        const std::string context = csvContextCells(assessment, index, DeviceId(device));
        for (const GateResult& gate : assessment.gates[device]) {
            for (const Evidence& row : gate.evidence) {
                csv += context + "," + std::to_string(static_cast<int>(gate.gate)) + "," +
                       gateStateWord(gate.state) + "," + std::string(evidenceWord(row.code)) + "," +
                       gateStateWord(row.state) + "," + (isMeasured(row) ? fixed(row.value, 6) : "") + "," +
                       std::string(unitOf(row.code)) + "," + limitCells(row) + "," +
                       (row.place ? std::to_string(nanosecondsOf(row.place->begin)) : "") + "," +
                       csvText(gate.isOverridden() ? gate.overrideReason : "") + "\r\n";
            }
        }
    }
    return csv;
}

} // namespace stepscope
