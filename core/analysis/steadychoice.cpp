#include "core/analysis/steadychoice.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace stepscope {

namespace {

// definitions.md §4
constexpr double usualCountTolerance = 0.2; // of the median number of operations
constexpr double smallCountTolerance = 2.0; // operations: graph-level steps have a handful
constexpr Duration longestStretch = std::chrono::seconds(10);
constexpr std::size_t fewestStretchSteps = 3;

std::int64_t batchOf(const Step& step)
{
    return step.tokens ? step.tokens->generationRequests : 0;
}

/// Steps [first, last) that are clean, alike and of one batch.
struct Run {
    std::size_t first = 0;
    std::size_t last = 0;

    std::size_t size() const { return last - first; }
    bool isLongEnough() const { return size() > fewestStretchSteps; } // its first step is left out
};

std::uint32_t upperMiddle(std::vector<std::uint32_t> counts)
{
    if (counts.empty())
        return 0;
    const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
    std::nth_element(counts.begin(), middle, counts.end());
    return *middle;
}

/// How many operations a decode step has, of each kind in a mixture.
class UsualOperations {
public:
    UsualOperations(const std::vector<Step>& steps, const std::optional<CadenceMixture>& mixture)
    {
        if (mixture)
            m_boundary = mixture->boundary;
        std::vector<std::uint32_t> shorter;
        std::vector<std::uint32_t> longer;
        for (const Step& step : steps) {
            if (step.isClean())
                (isLonger(step) ? longer : shorter).push_back(step.operations());
        }
        m_shorter = upperMiddle(std::move(shorter));
        m_longer = upperMiddle(std::move(longer));
    }

    std::uint32_t of(const Step& step) const { return isLonger(step) ? m_longer : m_shorter; }

private:
    bool isLonger(const Step& step) const { return step.range.duration() >= m_boundary; }

    Duration m_boundary = Duration::max();
    std::uint32_t m_shorter = 0;
    std::uint32_t m_longer = 0;
};

/// For each step why it is in no run; nullopt for those in one.
std::optional<LeftOutReason> faultOf(const Step& step, const UsualOperations& usual)
{
    switch (step.kind) {
    case StepKind::Edge:
        return LeftOutReason::Edge;
    case StepKind::Prefill:
        return LeftOutReason::Prefill;
    case StepKind::Mixed:
        return LeftOutReason::Mixed;
    case StepKind::Lull:
        return LeftOutReason::Lull;
    case StepKind::Decode:
        break;
    }
    if (!isUsualCount(step.operations(), usual.of(step)))
        return LeftOutReason::OperationCount;
    return std::nullopt;
}

std::vector<Run> findRuns(const std::vector<Step>& steps, const UsualOperations& usual)
{
    std::vector<Run> runs;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (faultOf(steps[i], usual))
            continue;
        const bool goesOn =
            !runs.empty() && runs.back().last == i && batchOf(steps[i]) == batchOf(steps[i - 1]);
        if (goesOn)
            ++runs.back().last;
        else
            runs.push_back({i, i + 1});
    }
    return runs;
}

/// The run without its first step, cut to 10 s.
Run stretchOf(const std::vector<Step>& steps, Run run)
{
    ++run.first;
    const TimePoint begin = steps[run.first].range.begin;
    while (run.size() > 1 && steps[run.last - 1].range.end - begin > longestStretch)
        --run.last;
    return run;
}

SteadyStretch windowOf(const std::vector<Step>& steps, Run stretch)
{
    return {{steps[stretch.first].range.begin, steps[stretch.last - 1].range.end}, stretch.size()};
}

void append(std::vector<LeftOut>& parts, TimeRange range, LeftOutReason reason, std::size_t steps)
{
    if (range.isEmpty() && steps == 0)
        return;
    if (!parts.empty() && parts.back().reason == reason && parts.back().range.end == range.begin) {
        parts.back().range.end = range.end;
        parts.back().steps += steps;
    } else {
        parts.push_back({range, reason, steps});
    }
}

/// Why a step that is in `run` is not in the suggestion, which is `stretch` of `best`.
LeftOutReason reasonInRun(const std::vector<Step>& steps, std::size_t step, const Run& run, const Run& best,
                          const Run& stretch)
{
    if (run.first == best.first && stretch.size() > 0)
        return step < stretch.first ? LeftOutReason::FirstOfRun : LeftOutReason::CutToLength;
    if (stretch.size() > 0 && batchOf(steps[run.first]) != batchOf(steps[best.first]))
        return LeftOutReason::OtherBatch;
    return LeftOutReason::ShorterRun;
}

} // namespace

const LeftOut* SteadyChoice::leftOutAt(TimePoint time) const
{
    const auto part = std::partition_point(leftOut.begin(), leftOut.end(),
                                           [time](const LeftOut& each) { return each.range.end <= time; });
    return part != leftOut.end() && part->range.contains(time) ? &*part : nullptr;
}

bool isUsualCount(std::uint32_t operations, std::uint32_t median)
{
    const double difference = std::abs(static_cast<double>(operations) - static_cast<double>(median));
    return difference <= std::max(usualCountTolerance * static_cast<double>(median), smallCountTolerance);
}

SteadyChoice chooseSteady(const std::vector<Step>& steps, TimeRange extent,
                          const std::optional<CadenceMixture>& mixture)
{
    SteadyChoice choice;
    if (steps.empty()) {
        append(choice.leftOut, extent, LeftOutReason::NoSteps, 0);
        return choice;
    }
    const UsualOperations usual(steps, mixture);
    const std::vector<Run> runs = findRuns(steps, usual);
    Run best;
    Run second;
    for (const Run& run : runs) {
        if (run.size() > best.size())
            second = std::exchange(best, run);
        else if (run.size() > second.size())
            second = run;
    }
    Run stretch;
    if (best.isLongEnough()) {
        stretch = stretchOf(steps, best);
        choice.suggestion = windowOf(steps, stretch);
    }
    if (second.isLongEnough())
        choice.runnerUp = windowOf(steps, stretchOf(steps, second));

    append(choice.leftOut, {extent.begin, std::max(extent.begin, steps.front().range.begin)},
           LeftOutReason::OutsideWork, 0);
    auto run = runs.begin();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        while (run != runs.end() && run->last <= i)
            ++run;
        if (i >= stretch.first && i < stretch.last)
            continue;
        const std::optional<LeftOutReason> fault = faultOf(steps[i], usual);
        append(choice.leftOut, steps[i].range, fault ? *fault : reasonInRun(steps, i, *run, best, stretch),
               1);
    }
    append(choice.leftOut, {steps.back().range.end, std::max(extent.end, steps.back().range.end)},
           LeftOutReason::OutsideWork, 0);
    return choice;
}

} // namespace stepscope
