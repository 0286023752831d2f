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
    std::int64_t firstBatch = 0;
    std::optional<TimeRange> otherBatch; // the first step whose batch is not the first one
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
            if (counts.firstBatch == 0)
                counts.firstBatch = batch;
            if (batch != counts.firstBatch && !counts.otherBatch)
                counts.otherBatch = step.range;
        }
    }
    return counts;
}

/// The longest part of the window that lies in no clean step: what else ran there.
TimeRange longestForeignStretch(const GateInput& input)
{
    TimeRange longest{input.window.begin, input.window.begin};
    TimePoint reached = input.window.begin;
    const auto take = [&](TimePoint begin, TimePoint end) {
        if (begin - reached > longest.duration())
            longest = {reached, begin};
        reached = std::max(reached, end);
    };
    for (std::size_t i = input.numbers.firstStep; i < input.numbers.lastStep; ++i) {
        if (input.steps()[i].isClean())
            take(input.steps()[i].range.begin, input.steps()[i].range.end);
    }
    take(input.window.end, input.window.end);
    return longest;
}

void addWallPerStep(GateBuilder& gate, const GateInput& input)
{
    const CadenceStatistics& cadence = input.numbers.cadence;
    if (cadence.count == 0 || cadence.spread.median == Duration::zero())
        return;
    // One cut step is allowed at each edge.
    const Duration edges = 2 * cadence.spread.median;
    const Duration allowed = std::min(edges, input.numbers.notCounted.time);
    const double wall =
        static_cast<double>((input.window.duration() - allowed).count()) /
        (static_cast<double>(cadence.count) * static_cast<double>(cadence.spread.median.count()));
    Evidence& row = gate.addBelow(EvidenceCode::WallPerStep, wall, wallPass, wallFail);
    if (row.state != GateState::Pass)
        row.place = longestForeignStretch(input);
}

/// Rounds, errors and concurrency are the driver's to say; a TPOT alone does not.
void addDriverRecord(GateBuilder& gate, const GateInput& input)
{
    gate.add(EvidenceCode::DriverRecord, GateState::Unknown, input.driver.tpotMilliseconds ? 1.0 : 0.0);
}

} // namespace

GateResult cleanDriverGate(const GateInput& input)
{
    GateBuilder gate(GateId::CleanDriver);
    const StepCounts counts = countSteps(input);
    if (counts.whole == 0) {
        gate.add(EvidenceCode::PrefillSteps, GateState::Unknown, 0.0);
        addDriverRecord(gate, input);
        return gate.result();
    }
    const double promptLimit = prefillWarnShare * static_cast<double>(counts.whole);
    gate.addBelow(EvidenceCode::PrefillSteps, static_cast<double>(counts.prompt), 0.0, promptLimit).place =
        counts.firstPrompt;
    addDriverRecord(gate, input);
    if (counts.largestBatch > 0) {
        const double spread = static_cast<double>(counts.largestBatch - counts.smallestBatch) /
                              static_cast<double>(counts.largestBatch);
        gate.addBelow(EvidenceCode::BatchVaries, spread, 0.0, batchFailSpread).place = counts.otherBatch;
    } else {
        gate.add(EvidenceCode::BatchVaries, GateState::Unknown, 0.0); // no annotation names it
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
    addWallPerStep(gate, input);
    return gate.result();
}

} // namespace stepscope
