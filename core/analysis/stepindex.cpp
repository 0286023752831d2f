#include "core/analysis/stepindex.h"

#include "core/analysis/stepannotation.h"
#include "core/analysis/stepbuilder.h"
#include "core/analysis/stepcut.h"
#include "core/analysis/stepmarker.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr double detectorsAgree = 0.1; // of the larger count

StepBoundaries fromAnnotations(const Trace& trace, const ActivityTable& work)
{
    StepBoundaries boundaries;
    for (const AnnotatedBoundary& annotated : annotatedBoundaries(trace, work)) {
        boundaries.source = StepSource::Annotation;
        boundaries.begins.push_back(annotated.begin);
        boundaries.tokens.push_back(annotated.tokens);
    }
    return boundaries;
}

StepBoundaries fromOperations(const Trace& trace, const ActivityTable& work,
                              const OperationSequence& sequence, const DeviceOccupancy& occupancy,
                              const std::vector<KernelClass>& classes)
{
    const std::optional<StepMarkers> operation = findOperationMarkers(work, sequence, occupancy, classes);
    const std::optional<StepMarkers> graph = findGraphMarkers(work, occupancy, operation.has_value());
    if (!operation && !graph)
        return {};
    StepBoundaries boundaries;
    const StepMarkers* chosen = operation ? &*operation : &*graph;
    boundaries.source = operation ? StepSource::Operation : StepSource::Graph;
    boundaries.isWeak = chosen->isWeak;
    if (operation && graph) {
        const auto operations = static_cast<double>(operation->rows.size());
        const auto replays = static_cast<double>(graph->rows.size());
        if (std::abs(operations - replays) > detectorsAgree * std::max(operations, replays)) {
            boundaries.isWeak = true;
            if (replays < operations) {
                chosen = &*graph;
                boundaries.source = StepSource::Graph;
            }
        }
    }
    for (const std::uint32_t row :
         cutIntoSteps(trace, work, sequence, occupancy, *chosen, graph ? &*graph : nullptr)) {
        if (boundaries.begins.empty() || work.begin(row) > boundaries.begins.back())
            boundaries.begins.push_back(work.begin(row));
    }
    return boundaries;
}

void addFamilies(const ActivityTable& work, const std::vector<KernelClass>& classes, StepIndex& index)
{
    std::vector<TimePoint> begins;
    begins.reserve(index.steps.size());
    for (const Step& step : index.steps)
        begins.push_back(step.range.begin);
    const std::vector<KernelFamilyTime> times = familyTimes(work, classes, begins);
    KernelFamilyTime sum;
    index.familiesBefore.push_back(sum);
    for (std::size_t step = 0; step < times.size(); ++step) {
        if (index.steps[step].isClean())
            sum += times[step];
        index.familiesBefore.push_back(sum);
    }
}

} // namespace

std::pair<std::size_t, std::size_t> StepIndex::insideOf(TimeRange window) const
{
    const auto begin = std::partition_point(
        steps.begin(), steps.end(), [&](const Step& step) { return step.range.begin < window.begin; });
    const auto end = std::partition_point(begin, steps.end(),
                                          [&](const Step& step) { return step.range.end <= window.end; });
    auto first = static_cast<std::size_t>(begin - steps.begin());
    auto last = static_cast<std::size_t>(end - steps.begin());
    while (first < last && steps[first].kind == StepKind::Edge)
        ++first;
    while (last > first && steps[last - 1].kind == StepKind::Edge)
        --last;
    return {first, last};
}

KernelFamilyTime StepIndex::familiesOf(std::size_t first, std::size_t last) const
{
    return first < last && last < familiesBefore.size() ? familiesBefore[last] - familiesBefore[first]
                                                        : KernelFamilyTime();
}

StepIndex findSteps(const Trace& trace, DeviceId device, const DeviceOccupancy& occupancy,
                    const std::vector<KernelClass>& classes, const StepOptions& options)
{
    const ActivityTable& work = trace.device(device).activities;
    if (work.isEmpty())
        return {};
    const OperationSequence sequence = OperationSequence::of(work);
    StepBoundaries boundaries;
    if (options.useAnnotations)
        boundaries = fromAnnotations(trace, work);
    if (boundaries.begins.empty())
        boundaries = fromOperations(trace, work, sequence, occupancy, classes);
    StepIndex index = buildSteps(work, occupancy, sequence, std::move(boundaries));
    addFamilies(work, classes, index);
    return index;
}

} // namespace stepscope
