#include "widgets/viewmodel/typicalsteps.h"

#include <span>

namespace stepscope {

namespace {

/// How far the steps are from the median together; nothing when one of them is not clean.
std::optional<Duration> distance(std::span<const Step> steps, Duration median)
{
    Duration sum = Duration::zero();
    for (const Step& step : steps) {
        if (!step.isClean())
            return std::nullopt;
        const Duration difference = step.range.duration() - median;
        sum += difference < Duration::zero() ? -difference : difference;
    }
    return sum;
}

} // namespace

std::optional<TypicalSteps> typicalSteps(const TraceIndex& index, const Assessment& assessment,
                                         std::size_t count)
{
    const DeviceWindow& window = assessment.referenceWindow();
    const std::vector<Step>& all = index.device(assessment.reference).steps.steps;
    const std::span<const Step> inside =
        std::span(all).subspan(window.firstStep, window.lastStep - window.firstStep);
    for (; count > 0; --count) {
        std::optional<TypicalSteps> best;
        Duration nearest = Duration::max();
        for (std::size_t i = 0; i + count <= inside.size(); ++i) {
            const std::span<const Step> row = inside.subspan(i, count);
            const std::optional<Duration> found = distance(row, window.cadence.spread.median);
            if (!found || *found >= nearest)
                continue;
            nearest = *found;
            best = TypicalSteps{i + 1, count, {row.front().range.begin, row.back().range.end}};
        }
        if (best)
            return best;
    }
    return std::nullopt;
}

} // namespace stepscope
