#include "core/gates/gates.h"

#include <algorithm>

namespace stepscope {

namespace {

constexpr double prefillWarnShare = 0.02;
constexpr double batchFailSpread = 0.10;
constexpr double lullWarnShare = 0.02;
constexpr double wallPass = 1.2;
constexpr double wallFail = 1.5;

struct StepCounts {
    std::size_t whole = 0;
    std::size_t prompt = 0; // prefill and mixed
    std::optional<TimeRange> firstPrompt;
    std::size_t lulls = 0;
    TimeRange longestLull;
    std::int64_t smallestBatch = 0;
    std::int64_t largestBatch = 0;
};

/// Steps that touch the window count for what they hold, cut or not: a prefill at the edge spoils it too.
StepCounts countSteps(const GateInput& input)
{
    StepCounts counts;
    for (const Step& step : input.steps()) {
        if (!step.range.overlaps(input.window))
            continue;
        const bool isPrompt = step.kind == StepKind::Prefill || step.kind == StepKind::Mixed ||
                              (step.tokens && step.tokens->contextRequests > 0);
        if (isPrompt) {
            ++counts.prompt;
            if (!counts.firstPrompt)
                counts.firstPrompt = step.range;
        }
        if (step.kind == StepKind::Lull) {
            // Only a gap that the window holds as a whole is one: an edge drawn into a lull leaves it out.
            const TimeRange gap = step.largestGap.intersected(input.window);
            if (gap.duration() > 3 * input.deviceIndex().steps.medianCadence) {
                ++counts.lulls;
                if (gap.duration() > counts.longestLull.duration())
                    counts.longestLull = gap;
            }
        }
        if (step.kind == StepKind::Edge)
            continue;
        ++counts.whole;
        if (step.tokens && !isPrompt) {
            const std::int64_t batch = step.tokens->generationRequests;
            counts.smallestBatch = counts.largestBatch == 0 ? batch : std::min(counts.smallestBatch, batch);
            counts.largestBatch = std::max(counts.largestBatch, batch);
        }
    }
    return counts;
}

} // namespace

GateResult cleanDriverGate(const GateInput& input)
{
    GateBuilder gate(GateId::CleanDriver);
    const StepCounts counts = countSteps(input);
    if (counts.whole == 0) {
        gate.add(EvidenceCode::PrefillSteps, GateState::Unknown, 0.0);
        return gate.result();
    }
    const double promptLimit = prefillWarnShare * static_cast<double>(counts.whole);
    gate.addBelow(EvidenceCode::PrefillSteps, static_cast<double>(counts.prompt), 0.0, promptLimit).place =
        counts.firstPrompt;
    if (counts.largestBatch > 0) {
        const double spread = static_cast<double>(counts.largestBatch - counts.smallestBatch) /
                              static_cast<double>(counts.largestBatch);
        gate.addBelow(EvidenceCode::BatchVaries, spread, 0.0, batchFailSpread);
    }
    const double lullShare = static_cast<double>(counts.longestLull.duration().count()) /
                             static_cast<double>(std::max<std::int64_t>(input.window.duration().count(), 1));
    Evidence& lulls = gate.add(EvidenceCode::Lulls,
                               counts.lulls == 0                                 ? GateState::Pass
                               : counts.lulls == 1 && lullShare <= lullWarnShare ? GateState::Warn
                                                                                 : GateState::Fail,
                               static_cast<double>(counts.lulls));
    if (counts.lulls > 0)
        lulls.place = counts.longestLull;

    const CadenceStatistics& cadence = input.numbers.cadence;
    if (cadence.count > 0 && cadence.spread.median > Duration::zero()) {
        // One cut step is allowed at each edge.
        const Duration edges = 2 * cadence.spread.median;
        const Duration allowed = std::min(edges, input.numbers.notCounted.time);
        const double wall =
            static_cast<double>((input.window.duration() - allowed).count()) /
            (static_cast<double>(cadence.count) * static_cast<double>(cadence.spread.median.count()));
        gate.addBelow(EvidenceCode::WallPerStep, wall, wallPass, wallFail);
    }
    return gate.result();
}

} // namespace stepscope
