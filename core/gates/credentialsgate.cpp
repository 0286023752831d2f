#include "core/gates/gates.h"

namespace stepscope {

/// A trace that lies on disk was opened without any.
GateResult credentialsGate(const GateInput&)
{
    GateBuilder gate(GateId::Credentials);
    gate.add(EvidenceCode::Credentials, GateState::NotApplicable, 0.0);
    return gate.result();
}

} // namespace stepscope
