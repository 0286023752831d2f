#pragma once

#include "core/analysis/traceindex.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace stepscope {

/// Percentiles of a set of durations: linear between order statistics (type 7), rounded to the ns.
struct DurationSpread {
    Duration p10 = Duration::zero();
    Duration median = Duration::zero();
    Duration p90 = Duration::zero();
    Duration p99 = Duration::zero();

    friend bool operator==(const DurationSpread&, const DurationSpread&) = default;
};

/// O(n). Reorders `values`.
DurationSpread spreadOf(std::span<Duration> values);

/// Cadence over the clean steps of a window (definitions.md §5).
struct CadenceStatistics {
    std::size_t count = 0;
    Duration total = Duration::zero();
    DurationSpread spread;
    double variation = 0.0;                ///< standard deviation / mean
    std::size_t outliers = 0;              ///< longer than 1.5 × median, of their own kind in a mixture
    std::optional<CadenceMixture> mixture; ///< when the window's steps are of the trace's two kinds

    /// total / count in ns, not rounded; 0 when there is no step.
    double meanNanoseconds() const;
    friend bool operator==(const CadenceStatistics&, const CadenceStatistics&) = default;
};

/// One row of the budget over the clean steps of a window.
struct BudgetLine {
    Duration total = Duration::zero();
    DurationSpread perStep;

    friend bool operator==(const BudgetLine&, const BudgetLine&) = default;
};

/// Steps domain (definitions.md §2): the class totals sum to the sum of the cadences, exactly.
struct StepBudget {
    std::size_t steps = 0;
    std::array<BudgetLine, timeClassCount> classes;
    BudgetLine busy;
    BudgetLine idle;
    BudgetLine host;           ///< the part of idle that the host owns
    BudgetLine otherIdle;      ///< the rest of idle
    BudgetLine hiddenComm;     ///< inside compute; not part of the sum
    BudgetLine cadence;        ///< Σ cadence
    KernelFamilyTime families; ///< of the kernels that begin in the steps

    const BudgetLine& of(TimeClass timeClass) const { return classes[static_cast<std::size_t>(timeClass)]; }
    /// Share of a total in Σ cadence; 0 when there is no step.
    double share(Duration total) const;
    friend bool operator==(const StepBudget&, const StepBudget&) = default;
};

/// What the budget leaves out of the window: W − S.
struct NotCounted {
    std::size_t edgeSteps = 0; ///< cut by the window or by the trace
    std::size_t prefillSteps = 0;
    std::size_t mixedSteps = 0;
    std::size_t lullSteps = 0;
    Duration time = Duration::zero();

    friend bool operator==(const NotCounted&, const NotCounted&) = default;
};

/// All numbers of one device for one window.
struct DeviceWindow {
    ClassTimes inWindow; ///< window domain: sums to the window exactly
    Duration hiddenComm = Duration::zero();
    GapHistogram gaps;
    Duration clippedIdle = Duration::zero(); ///< idle in the window that is in no whole gap
    std::size_t firstStep = 0;               ///< steps [firstStep, lastStep) lie wholly inside
    std::size_t lastStep = 0;
    CadenceStatistics cadence;
    StepBudget budget;
    NotCounted notCounted;

    friend bool operator==(const DeviceWindow&, const DeviceWindow&) = default;
};

/// One snapshot of all numbers for one window: every view shows the same one.
struct WindowAnalysis {
    TimeRange window;
    std::vector<DeviceWindow> devices; ///< by DeviceId
};

/// Pure. O(log n + steps in the window) for each device.
WindowAnalysis analyzeWindow(const TraceIndex& index, TimeRange window);
DeviceWindow analyzeDevice(const DeviceIndex& device, TimeRange window);

} // namespace stepscope
