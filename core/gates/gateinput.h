#pragma once

#include "core/analysis/windowanalysis.h"
#include "core/gates/drivernumbers.h"
#include "core/gates/gate.h"
#include "core/gates/reconciliation.h"

namespace stepscope {

class MeasurementContext;

/// Everything a gate may look at: one device, one window.
struct GateInput {
    const TraceIndex& index;
    DeviceId deviceId;
    TimeRange window;
    const DeviceWindow& numbers;
    const DriverNumbers& driver;
    const Reconciliation& reconciliation;
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

    /// The row that was added last.
    Evidence& last() { return m_result.evidence.back(); }

    GateResult result() const;

private:
    GateResult m_result;
};

} // namespace stepscope
