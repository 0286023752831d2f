#pragma once

#include "core/analysis/cadencemixture.h"
#include "core/analysis/cleansteps.h"
#include "core/analysis/deviceoccupancy.h"
#include "core/analysis/kernelclassifier.h"
#include "core/analysis/kernelfamilytime.h"
#include "core/analysis/steadychoice.h"
#include "core/analysis/step.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace stepscope {

/// The steps of one device in time order. Immutable; safe to read from any thread.
struct StepIndex {
    StepSource source = StepSource::None;
    /// The pattern is there but not beyond doubt; gate 4 then warns at best.
    bool isWeak = false;
    /// The file holds one step that the host framed: it has a budget, from its first operation to the last
    /// one of the file, and no cadence.
    bool isSingle = false;
    /// Edge steps included: a lead-in before the first boundary and the tail after the last one.
    std::vector<Step> steps;
    /// Where steps begin. A whole loop of N steps has N boundaries and N − 1 cadences.
    std::vector<TimePoint> boundaries;
    /// Median cadence of the decode steps; zero when there are none.
    Duration medianCadence = Duration::zero();
    /// Set when the decode steps are of two kinds; the median then describes neither.
    std::optional<CadenceMixture> mixture;
    /// The suggested window, the runner-up, and why the rest of the trace is in neither.
    SteadyChoice steady;
    /// The clean ones among `steps`, by columns.
    CleanSteps clean;
    /// Busy time of each of `steps`.
    StepColumn busy;
    /// Requests in each of `steps` that only decodes; 0 elsewhere and where no annotation names them.
    StepColumn batch;
    /// The numbers of the steps of each StepKind, in order.
    std::array<std::vector<std::uint32_t>, stepKindCount> byKind;
    /// Kernel families over the clean steps before each step, and over all of them at the end.
    std::vector<KernelFamilyTime> familiesBefore;

    /// Steps [first, last) that lie wholly inside the window, edges left out. O(log n).
    std::pair<std::size_t, std::size_t> insideOf(TimeRange window) const;
    /// Steps [first, last) that touch the window, edges included. O(log n).
    std::pair<std::size_t, std::size_t> touching(TimeRange window) const;
    /// The steps of a kind among [first, last). O(log n).
    std::span<const std::uint32_t> ofKind(StepKind kind, std::size_t first, std::size_t last) const;
    /// Kernel families over the clean steps among [first, last). O(1).
    KernelFamilyTime familiesOf(std::size_t first, std::size_t last) const;
};

struct StepOptions {
    bool useAnnotations = true; ///< the engine's own step ranges
    bool useCallStack = true;   ///< the Python frames that run a step; without both, from the operations
};

/// Finds steps from annotations, else from the Python frames that run a step, else from the operation that
/// runs once a step and from graph replays, else from gaps of two kinds (definitions.md §4). `classes` by
/// NameId. O(n log n).
StepIndex findSteps(const Trace& trace, DeviceId device, const DeviceOccupancy& occupancy,
                    const std::vector<KernelClass>& classes, const StepOptions& options = {});

/// Steps from boundaries that the user drew, in any order: one begins at each and ends at the next. What lies
/// before the first and after the last is edge. O(n log n).
StepIndex stepsFromBoundaries(const Trace& trace, DeviceId device, const DeviceOccupancy& occupancy,
                              const std::vector<KernelClass>& classes, std::vector<TimePoint> boundaries);

} // namespace stepscope
