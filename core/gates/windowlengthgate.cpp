#include "core/gates/gates.h"

namespace stepscope {

namespace {

constexpr Duration longestWindow = std::chrono::seconds(10);
constexpr std::size_t fewestSteps = 20;

} // namespace

GateResult windowLengthGate(const GateInput& input)
{
    GateBuilder gate(GateId::ModestWindow);
    const bool isModest =
        input.window.duration() <= longestWindow && input.numbers.cadence.count >= fewestSteps;
    Evidence& row = gate.add(EvidenceCode::WindowLength, isModest ? GateState::Pass : GateState::Warn,
                             static_cast<double>(input.window.duration().count()) / 1e9);
    row.passAt = static_cast<double>(longestWindow.count()) / 1e9;
    return gate.result();
}

} // namespace stepscope
