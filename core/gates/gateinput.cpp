#include "core/gates/gateinput.h"

#include <algorithm>

namespace stepscope {

Evidence& GateBuilder::add(EvidenceCode code, GateState state, double value)
{
    Evidence evidence;
    evidence.code = code;
    evidence.state = state;
    evidence.value = value;
    return m_result.evidence.emplace_back(std::move(evidence));
}

Evidence& GateBuilder::addBelow(EvidenceCode code, double value, double passAt, double failAt)
{
    const GateState state = value <= passAt   ? GateState::Pass
                            : value <= failAt ? GateState::Warn
                                              : GateState::Fail;
    Evidence& evidence = add(code, state, value);
    evidence.passAt = passAt;
    evidence.failAt = failAt;
    return evidence;
}

Evidence& GateBuilder::addAbove(EvidenceCode code, double value, double passAt, double failAt)
{
    const GateState state = value >= passAt   ? GateState::Pass
                            : value >= failAt ? GateState::Warn
                                              : GateState::Fail;
    Evidence& evidence = add(code, state, value);
    evidence.passAt = passAt;
    evidence.failAt = failAt;
    return evidence;
}

GateResult GateBuilder::result() const
{
    GateResult result = m_result;
    result.state = GateState::NotApplicable;
    for (const Evidence& evidence : result.evidence)
        result.state = std::max(result.state, evidence.state);
    return result;
}

} // namespace stepscope
