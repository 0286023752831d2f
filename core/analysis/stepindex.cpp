#include "core/analysis/stepindex.h"

#include "core/analysis/gapclusters.h"
#include "core/analysis/graphmarker.h"
#include "core/analysis/stepannotation.h"
#include "core/analysis/stepbuilder.h"
#include "core/analysis/stepcut.h"
#include "core/analysis/stepevidence.h"
#include "core/analysis/stepframe.h"
#include "core/analysis/stepmarker.h"
#include "core/analysis/steprepetition.h"
#include "core/base/inparallel.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

constexpr double detectorsAgree = 0.1; // of the larger count
constexpr double wholeRatio = 0.2;

bool agree(std::size_t a, std::size_t b)
{
    return static_cast<double>(std::max(a, b) - std::min(a, b)) <=
           detectorsAgree * static_cast<double>(std::max(a, b));
}

enum class Agreement {
    Same,
    OperationsAreSteps,
    ReplaysAreSteps,
    Doubtful, ///< the operations count
};

/// Which of two detectors that count differently finds steps. Where one divides the other's periods into like
/// parts, its own are the steps: the other runs in every n-th only. Else replays are the steps where each
/// holds the same number of operations (a sampler for each draft). Between such ratios lie loops in which not
/// every step replays the graph: prefills. Where replays are more, they are pieces of a step or drafts,
/// unless they would do as steps by themselves (`replaysAlone`).
Agreement compare(const ActivityTable& work, const OperationSequence& sequence,
                  const std::vector<std::uint32_t>& operations, const std::vector<std::uint32_t>& replays,
                  const std::optional<StepMarkers>& replaysAlone)
{
    if (agree(operations.size(), replays.size()))
        return Agreement::Same;
    if (replays.size() > operations.size()) {
        const bool areSteps = replaysAlone && agree(replaysAlone->rows.size(), replays.size()) &&
                              StepRepetition(work, sequence, replays).isFinerStepOf(operations);
        return areSteps ? Agreement::ReplaysAreSteps : Agreement::Doubtful;
    }
    if (StepRepetition(work, sequence, operations).isFinerStepOf(replays))
        return Agreement::OperationsAreSteps;
    const double ratio = static_cast<double>(operations.size()) / static_cast<double>(replays.size());
    const bool isWhole = ratio >= 2.0 - wholeRatio && std::abs(ratio - std::round(ratio)) <= wholeRatio;
    return isWhole ? Agreement::ReplaysAreSteps : Agreement::Doubtful;
}

StepBoundaries fromRanges(StepSource source, const std::vector<StepBoundary>& found)
{
    StepBoundaries boundaries;
    for (const StepBoundary& boundary : found) {
        boundaries.source = source;
        boundaries.begins.push_back(boundary.begin);
        boundaries.tokens.push_back(boundary.tokens);
    }
    return boundaries;
}

StepBoundaries fromOperations(const Trace& trace, const ActivityTable& work,
                              const OperationSequence& sequence, const DeviceOccupancy& occupancy,
                              const std::vector<KernelClass>& classes)
{
    const std::optional<StepMarkers> operation = findOperationMarkers(work, sequence, occupancy, classes);
    const std::optional<StepMarkers> graph =
        findGraphMarkers(trace, work, sequence, occupancy, operation.has_value());
    if (!operation && !graph)
        return {};
    StepBoundaries boundaries;
    Agreement agreement = Agreement::Same;
    if (operation && graph)
        agreement = compare(work, sequence, operation->rows, graph->rows,
                            findGraphMarkers(trace, work, sequence, occupancy, false));
    const bool byGraph = !operation || agreement == Agreement::ReplaysAreSteps;
    const StepMarkers& chosen = byGraph ? *graph : *operation;
    boundaries.source = byGraph ? StepSource::Graph : StepSource::Operation;
    boundaries.isWeak =
        chosen.isWeak || agreement == Agreement::ReplaysAreSteps || agreement == Agreement::Doubtful;
    for (const std::uint32_t row :
         cutIntoSteps(trace, work, sequence, occupancy, chosen, graph ? &*graph : nullptr)) {
        if (boundaries.begins.empty() || work.begin(row) > boundaries.begins.back())
            boundaries.begins.push_back(work.begin(row));
    }
    return boundaries;
}

/// What windows are chosen by and answered from.
void completeSteps(const Trace& trace, StepIndex& index)
{
    index.steady = chooseSteady(index.steps, trace.extent(), index.mixture);
    index.clean = CleanSteps(index.steps);
    std::vector<Duration> busy;
    std::vector<Duration> batch;
    for (std::size_t i = 0; i < index.steps.size(); ++i) {
        const Step& step = index.steps[i];
        index.byKind[static_cast<std::size_t>(step.kind)].push_back(static_cast<std::uint32_t>(i));
        const bool onlyDecodes = step.kind == StepKind::Decode || step.kind == StepKind::Lull;
        busy.push_back(step.times.busy());
        batch.emplace_back(onlyDecodes && step.tokens ? step.tokens->generationRequests : 0);
    }
    index.busy = StepColumn(busy);
    index.batch = StepColumn(batch);
}

void complete(const Trace& trace, const ActivityTable& work, const std::vector<KernelClass>& classes,
              StepIndex& index)
{
    std::vector<TimePoint> begins;
    begins.reserve(index.steps.size());
    for (const Step& step : index.steps)
        begins.push_back(step.range.begin);
    std::vector<KernelFamilyTime> times;
    inParallel(
        work.size() >= rowsWorthAThread, [&] { completeSteps(trace, index); },
        [&] { times = familyTimes(work, classes, begins); });
    KernelFamilyTime sum;
    index.familiesBefore.push_back(sum);
    for (std::size_t step = 0; step < times.size(); ++step) {
        if (index.steps[step].isClean())
            sum += times[step];
        index.familiesBefore.push_back(sum);
    }
}

StepBoundaries fromGaps(const ActivityTable& work, const DeviceOccupancy& occupancy)
{
    StepBoundaries boundaries;
    boundaries.begins = boundariesByGaps(work, occupancy);
    boundaries.source = boundaries.begins.empty() ? StepSource::None : StepSource::Gaps;
    boundaries.isWeak = !boundaries.begins.empty();
    return boundaries;
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

std::pair<std::size_t, std::size_t> StepIndex::touching(TimeRange window) const
{
    const auto begin = std::partition_point(steps.begin(), steps.end(),
                                            [&](const Step& step) { return step.range.end <= window.begin; });
    const auto end = std::partition_point(begin, steps.end(),
                                          [&](const Step& step) { return step.range.begin < window.end; });
    return {static_cast<std::size_t>(begin - steps.begin()), static_cast<std::size_t>(end - steps.begin())};
}

std::span<const std::uint32_t> StepIndex::ofKind(StepKind kind, std::size_t first, std::size_t last) const
{
    const std::vector<std::uint32_t>& all = byKind[static_cast<std::size_t>(kind)];
    const auto begin = std::lower_bound(all.begin(), all.end(), first);
    return {begin, std::lower_bound(begin, all.end(), last)};
}

KernelFamilyTime StepIndex::familiesOf(std::size_t first, std::size_t last) const
{
    return first < last && last < familiesBefore.size() ? familiesBefore[last] - familiesBefore[first]
                                                        : KernelFamilyTime();
}

StepEvidence findStepEvidence(const Trace& trace, DeviceId device, const StepOptions& options)
{
    const ActivityTable& work = trace.device(device).activities;
    StepEvidence evidence;
    if (work.isEmpty())
        return evidence;
    evidence.sequence = OperationSequence::of(work);
    if (options.useAnnotations)
        evidence.framed = fromRanges(StepSource::Annotation, annotatedBoundaries(trace, work));
    if (evidence.framed.begins.empty() && options.useCallStack)
        evidence.framed = fromRanges(StepSource::CallStack, frameBoundaries(trace, work));
    return evidence;
}

StepIndex findSteps(const Trace& trace, DeviceId device, const DeviceOccupancy& occupancy,
                    const std::vector<KernelClass>& classes, StepEvidence evidence)
{
    const ActivityTable& work = trace.device(device).activities;
    if (work.isEmpty())
        return {};
    StepBoundaries boundaries = std::move(evidence.framed);
    if (boundaries.begins.empty())
        boundaries = fromOperations(trace, work, evidence.sequence, occupancy, classes);
    if (boundaries.begins.empty())
        boundaries = fromGaps(work, occupancy);
    StepIndex index = buildSteps(work, occupancy, evidence.sequence, std::move(boundaries));
    evidence = {};
    complete(trace, work, classes, index);
    return index;
}

StepIndex findSteps(const Trace& trace, DeviceId device, const DeviceOccupancy& occupancy,
                    const std::vector<KernelClass>& classes, const StepOptions& options)
{
    return findSteps(trace, device, occupancy, classes, findStepEvidence(trace, device, options));
}

StepIndex stepsFromBoundaries(const Trace& trace, DeviceId device, const DeviceOccupancy& occupancy,
                              const std::vector<KernelClass>& classes, std::vector<TimePoint> boundaries)
{
    const ActivityTable& work = trace.device(device).activities;
    if (work.isEmpty())
        return {};
    std::sort(boundaries.begin(), boundaries.end());
    boundaries.erase(std::unique(boundaries.begin(), boundaries.end()), boundaries.end());
    StepBoundaries drawn;
    drawn.source = StepSource::User;
    drawn.begins = std::move(boundaries);
    StepIndex index = buildSteps(work, occupancy, OperationSequence::of(work), std::move(drawn));
    complete(trace, work, classes, index);
    return index;
}

} // namespace stepscope
