#include "core/gates/gates.h"

#include "core/gates/measurementcontext.h"

namespace stepscope {

GateResult contextGate(const GateInput& input)
{
    GateBuilder gate(GateId::ContextComplete);
    const std::size_t missing = input.context.missingCount();
    gate.add(EvidenceCode::ContextFields, missing == 0 ? GateState::Pass : GateState::Warn,
             static_cast<double>(missing))
        .failAt = static_cast<double>(input.context.requiredCount());
    return gate.result();
}

} // namespace stepscope
