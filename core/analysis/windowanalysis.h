#pragma once

#include "core/analysis/traceindex.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace stepscope {

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
class BudgetLine {
public:
    BudgetLine() = default;
    /// The steps at [first, last) of `column`.
    BudgetLine(SharedColumn column, std::size_t first, std::size_t last);

    Duration total = Duration::zero();
    /// Over the steps. O(log n), made when asked for: of a dragged window few are shown.
    DurationSpread perStep() const;
    /// The same for one share alone.
    Duration percentile(double share) const;

    friend bool operator==(const BudgetLine& a, const BudgetLine& b)
    {
        return a.total == b.total && a.perStep() == b.perStep();
    }

private:
    SharedColumn m_column;
    std::size_t m_first = 0;
    std::size_t m_last = 0;
};

/// Steps domain (definitions.md §2): the class totals sum to the sum of the cadences, exactly.
struct StepBudget {
    std::size_t steps = 0;
    std::array<BudgetLine, timeClassCount> classes;
    BudgetLine busy;
    BudgetLine idle;
    BudgetLine host;                              ///< the part of idle that the host owns
    BudgetLine otherIdle;                         ///< the rest of idle
    BudgetLine hiddenComm;                        ///< inside compute; not part of the sum
    BudgetLine cadence;                           ///< Σ cadence
    Duration hostBetweenSteps = Duration::zero(); ///< the part of host that follows a step's last operation
    KernelFamilyTime families;                    ///< of the kernels that begin in the steps

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
    std::size_t firstClean = 0; ///< positions [firstClean, lastClean) of the clean ones among them
    std::size_t lastClean = 0;
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

/// Pure. For each device O(log n), and one pass over the cadences in the window for their variation.
WindowAnalysis analyzeWindow(const TraceIndex& index, TimeRange window);
DeviceWindow analyzeDevice(const DeviceIndex& device, TimeRange window);

} // namespace stepscope
