#pragma once

#include "core/analysis/windowanalysis.h"
#include "core/gates/gate.h"

#include <optional>

namespace stepscope {

class MeasurementContext;

/// What the user adds to the trace.
struct DriverNumbers {
    std::optional<double> tpotMilliseconds;
    std::optional<double> tokensPerStep;
};

/// Everything a gate may look at: one device, one window.
struct GateInput {
    const TraceIndex& index;
    DeviceId deviceId;
    TimeRange window;
    const DeviceWindow& numbers;
    const DriverNumbers& driver;
    const MeasurementContext& context;

    const Trace& trace() const { return index.trace(); }
    const Device& device() const { return index.trace().device(deviceId); }
    const DeviceIndex& deviceIndex() const { return index.device(deviceId); }
    const std::vector<Step>& steps() const { return deviceIndex().steps.steps; }
};

/// Collects the evidence rows of a gate; the gate's state is the worst of them.
class GateBuilder {
public:
    explicit GateBuilder(GateId gate) { m_result.gate = gate; }

    Evidence& add(EvidenceCode code, GateState state, double value);
    /// Pass up to `passAt`, warn up to `failAt`, fail beyond: for values that are better when small.
    Evidence& addBelow(EvidenceCode code, double value, double passAt, double failAt);
    /// Pass from `passAt` on, warn from `failAt` on, fail below: for values that are better when large.
    Evidence& addAbove(EvidenceCode code, double value, double passAt, double failAt);

    GateResult result() const;

private:
    GateResult m_result;
};

} // namespace stepscope
