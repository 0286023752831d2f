#include "core/gates/gates.h"

namespace stepscope {

/// There is no store of earlier captures to search yet.
GateResult priorArtGate(const GateInput&)
{
    GateBuilder gate(GateId::PriorArt);
    gate.add(EvidenceCode::PriorArt, GateState::Unknown, 0.0);
    return gate.result();
}

} // namespace stepscope
