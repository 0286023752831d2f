#pragma once

#include "core/analysis/callindex.h"
#include "core/analysis/deviceoccupancy.h"
#include "core/analysis/hostactivity.h"
#include "core/analysis/kernelclassifier.h"
#include "core/analysis/kernelhints.h"
#include "core/analysis/stepindex.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace stepscope {

/// What is known of one device. Copies share the occupancy.
struct DeviceIndex {
private:
    std::shared_ptr<const DeviceOccupancy> m_shared;

public:
    explicit DeviceIndex(DeviceOccupancy built)
        : m_shared(std::make_shared<const DeviceOccupancy>(std::move(built))), occupancy(*m_shared)
    {}

    const DeviceOccupancy& occupancy;
    StepIndex steps;
    /// Operations that begin before the call that launched them; the first of them.
    std::uint64_t clockFaults = 0;
    std::optional<TimeRange> firstClockFault;
};

/// One row of GPU work of one device.
struct OperationRef {
    DeviceId device;
    std::uint32_t row = 0;
};

/// Everything that is computed once per trace. Immutable; safe to read from any thread.
class TraceIndex {
public:
    /// O(n log n). `classifier` is asked once for each name of a GPU operation.
    static Result<std::shared_ptr<const TraceIndex>> build(std::shared_ptr<const Trace> trace,
                                                           const KernelClassifier& classifier,
                                                           Progress& progress,
                                                           const StepOptions& options = {});

    /// The same trace with other steps on one device: `boundaries` in any order, as stepsFromBoundaries()
    /// takes them. Shares everything else. O(n log n) in the device's operations.
    std::shared_ptr<const TraceIndex> withDrawnSteps(DeviceId device,
                                                     std::vector<TimePoint> boundaries) const;

    const Trace& trace() const { return *m_trace; }
    const std::shared_ptr<const Trace>& sharedTrace() const { return m_trace; }
    const std::vector<DeviceIndex>& devices() const { return m_devices; }
    const DeviceIndex& device(DeviceId id) const { return m_devices[id.value()]; }
    const CallIndex& calls() const { return m_common->calls; }
    const HostActivity& host() const { return m_common->host; }
    KernelClass kernelClass(NameId name) const { return kernelMatch(name).kernelClass; }
    /// Class and rule of a kernel's name; without both for names that no kernel has. O(1).
    KernelMatch kernelMatch(NameId name) const;
    /// The rule that decided the class of `name`; null when none matched. O(1).
    const KernelRule* rule(NameId name) const;
    const KernelHints& kernelHints() const { return m_common->hints; }
    /// The earliest operation that `call` launched; none when the file has no record of one. O(1).
    std::optional<OperationRef> launchedBy(CallId call) const;

    /// The device that the banner speaks for at first: the lowest with at least 20 clean steps, else the one
    /// with the most (definitions.md §9). Invalid when there is no GPU work.
    DeviceId referenceDevice() const;
    /// The suggested window of a device; where none is found, from its first to its last operation.
    TimeRange automaticWindow(DeviceId device) const;
    /// What a view fits at first: from the 1st to the 99th percentile of GPU work, widened to whole steps.
    TimeRange robustExtent() const;

private:
    /// What does not depend on the steps.
    struct Common {
        CallIndex calls;
        HostActivity host;
        std::vector<KernelRule> rules;    // of the classifier
        std::vector<KernelMatch> matches; // by NameId
        KernelHints hints;
        std::vector<std::uint32_t> launched; // by CallId: rows counted through all devices
    };

    explicit TraceIndex(std::shared_ptr<const Trace> trace) : m_trace(std::move(trace)) {}
    static CommNames classify(const Trace& trace, const KernelClassifier& classifier, Common& common);
    static void linkLaunchedWork(const Trace& trace, Common& common);
    std::vector<KernelClass> classesByName() const;

    std::shared_ptr<const Trace> m_trace;
    std::shared_ptr<const Common> m_common;
    std::vector<DeviceIndex> m_devices;
};

} // namespace stepscope
