#include "core/gates/gates.h"

namespace stepscope {

GateResult cuptiGate(const GateInput& input)
{
    GateBuilder gate(GateId::CuptiMatchesDriver);
    const std::size_t records = input.device().activities.size();
    gate.add(EvidenceCode::GpuRecords, records > 0 ? GateState::Pass : GateState::Fail,
             static_cast<double>(records));
    return gate.result();
}

} // namespace stepscope
