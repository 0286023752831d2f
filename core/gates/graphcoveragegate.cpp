#include "core/gates/gates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace stepscope {

namespace {

constexpr double recordedPass = 0.98;
constexpr double recordedFail = 0.90;
constexpr double uniformPass = 0.90;
constexpr double uniformFail = 0.75;
constexpr double uniformBand = 0.20;   // of the median
constexpr std::size_t enoughSteps = 8; // below, one operation may rightly hold a quarter of the busy time
constexpr int dominantPart = 4;        // one operation or step above 1/4 of the busy time

/// What is near a median.
class Band {
public:
    explicit Band(std::int64_t median)
        : m_low(static_cast<std::int64_t>(std::ceil((1.0 - uniformBand) * static_cast<double>(median)))),
          m_high(static_cast<std::int64_t>(std::floor((1.0 + uniformBand) * static_cast<double>(median))))
    {}
    bool contains(std::int64_t value) const { return m_low <= value && value <= m_high; }
    std::int64_t low() const { return m_low; }
    std::int64_t high() const { return m_high; }

private:
    std::int64_t m_low;
    std::int64_t m_high;
};

CallIndex::Coverage coverage(const GateInput& input, TimeRange span)
{
    return input.index.calls().coverageIn(input.device().process, span);
}

/// Of all launches, or of the graph launches alone where that is less: a lost replay is a lost step, however
/// many kernels are launched beside it.
double recordedShare(const CallIndex::Coverage& coverage)
{
    const auto share = [](std::uint64_t recorded, std::uint64_t launches) {
        return launches == 0 ? 1.0 : static_cast<double>(recorded) / static_cast<double>(launches);
    };
    return std::min(share(coverage.recorded, coverage.launches),
                    share(coverage.recordedGraphs, coverage.graphLaunches));
}

/// The begin of the first launch call in `span` without a GPU record. How many are missing up to a moment
/// only grows: the first moment at which one is missing is found by halving.
std::optional<TimePoint> firstUnrecorded(const GateInput& input, TimeRange span)
{
    const auto isMissingUntil = [&](TimePoint end) {
        const CallIndex::Coverage until = coverage(input, {span.begin, end});
        return until.launches > until.recorded;
    };
    if (!isMissingUntil(span.end))
        return std::nullopt;
    TimePoint without = span.begin;
    TimePoint with = span.end;
    while (with - without > Duration(1)) {
        const TimePoint middle = without + (with - without) / 2;
        (isMissingUntil(middle) ? with : without) = middle;
    }
    return without;
}

void addGraphRecords(GateBuilder& gate, const GateInput& input)
{
    const CallIndex::Coverage file = input.index.calls().coverageOf(input.device().process);
    const DeviceOccupancy& occupancy = input.deviceIndex().occupancy;
    GateState state = GateState::Pass;
    if (occupancy.isGraphLevel())
        state = GateState::Warn;
    else if (file.graphLaunches > 0 && file.recordedGraphs == 0)
        state = GateState::Fail;
    else if (file.launches == 0 && occupancy.replays().empty())
        state = GateState::Unknown; // host calls were not recorded
    // Where host calls were not recorded, the replays on the GPU tell that graphs were launched.
    const std::uint64_t launches = file.launches > 0 ? file.graphLaunches : occupancy.replays().size();
    Evidence& row = gate.add(EvidenceCode::GraphRecords, state, static_cast<double>(launches));
    if (state == GateState::Warn && !occupancy.replays().empty())
        row.place = occupancy.replays().front().span;
    if (const auto missing =
            state == GateState::Fail ? firstUnrecorded(input, input.trace().extent()) : std::nullopt)
        row.place = TimeRange{*missing, *missing + Duration(1)};
}

void addUnderRecording(GateBuilder& gate, const GateInput& input)
{
    const CallIndex::Coverage file = input.index.calls().coverageOf(input.device().process);
    if (file.launches == 0) {
        gate.add(EvidenceCode::UnderRecording, GateState::Unknown, 0.0);
        return;
    }
    const double share = std::min(recordedShare(coverage(input, input.window)), recordedShare(file));
    Evidence& row = gate.addAbove(EvidenceCode::UnderRecording, share, recordedPass, recordedFail);
    if (row.state == GateState::Pass)
        return;
    std::optional<TimePoint> missing = firstUnrecorded(input, input.window);
    if (!missing)
        missing = firstUnrecorded(input, input.trace().extent());
    if (missing)
        row.place = TimeRange{*missing, *missing + Duration(1)};
}

/// The busiest of all steps in the window.
Duration mostBusy(const GateInput& input)
{
    const auto [first, last] = std::pair(input.numbers.firstStep, input.numbers.lastStep);
    return input.deviceIndex().steps.busy.nth(first, last, last - first - 1);
}

/// An operation that holds more than a quarter of the window's busy time and does not come back each step.
std::optional<TimeRange> dominantOperation(const GateInput& input, Duration most)
{
    const ActivityTable& work = input.device().activities;
    const Duration busy = input.numbers.inWindow.busy();
    const auto [first, last] = std::pair(input.numbers.firstStep, input.numbers.lastStep);
    const StepColumn& steps = input.deviceIndex().steps.busy;
    if (last - first < enoughSteps || most * dominantPart <= busy)
        return std::nullopt;
    for (std::size_t i = first; i < last; ++i) {
        if (steps[i] * dominantPart <= busy)
            continue; // at most three steps are looked into
        const Step& step = input.steps()[i];
        for (std::uint32_t row = step.firstRow; row < step.lastRow; ++row) {
            if (work.range(row).duration() * dominantPart > busy)
                return work.range(row);
        }
    }
    return std::nullopt;
}

void addUniformity(GateBuilder& gate, const GateInput& input)
{
    const CleanSteps& clean = input.deviceIndex().steps.clean;
    const std::size_t first = input.numbers.firstClean;
    const std::size_t last = input.numbers.lastClean;
    if (last - first < 2) { // one step is like itself
        gate.add(EvidenceCode::StepUniformity, GateState::Unknown, 0.0);
        return;
    }
    const std::size_t count = last - first;
    const std::vector<std::int64_t> ordered =
        clean.operationOrder().nthOfEach(std::array<WaveletMatrix::Query, 3>{
            {{first, last, 0}, {first, last, count / 2}, {first, last, count - 1}}});
    const Band operations(ordered[1]);
    const Band busy(input.numbers.budget.busy.percentile(0.5).count());
    const StepColumn& busyTimes = *clean.busy();
    const auto isUsual = [&, &counts = clean.operations()](std::size_t i) {
        return operations.contains(counts[i]) && busy.contains(busyTimes[i].count());
    };
    std::size_t near = 0;
    if (operations.contains(ordered.front()) && operations.contains(ordered.back())) {
        near = busyTimes.countBelow(first, last, Duration(busy.high() + 1)) -
               busyTimes.countBelow(first, last, Duration(busy.low()));
    } else {
        for (std::size_t i = first; i < last; ++i)
            near += isUsual(i) ? 1U : 0U;
    }
    Evidence& row =
        gate.addAbove(EvidenceCode::StepUniformity, static_cast<double>(near) / static_cast<double>(count),
                      uniformPass, uniformFail);
    const auto firstWhere = [&](auto isWanted) -> std::optional<TimeRange> {
        for (std::size_t i = first; i < last; ++i) {
            if (isWanted(i))
                return input.steps()[clean.stepAt(i)].range;
        }
        return std::nullopt;
    };
    if (row.state != GateState::Pass)
        row.place = firstWhere([&](std::size_t i) { return !isUsual(i); });
    std::optional<TimeRange> empty;
    if (ordered.front() == 0)
        empty = firstWhere([&](std::size_t i) { return clean.operations()[i] == 0; });
    const Duration most = mostBusy(input);
    const std::optional<TimeRange> operation = dominantOperation(input, most);
    std::optional<TimeRange> burst; // a clean step, made of many operations
    const auto isBurst = [&](Duration step) { return step * dominantPart > input.numbers.budget.busy.total; };
    if (count >= enoughSteps && isBurst(most)) {
        const Duration mostClean = busyTimes.nth(first, last, count - 1);
        if (isBurst(mostClean))
            burst = firstWhere([&](std::size_t i) { return busyTimes[i] == mostClean; });
    }
    if (!empty && !operation && !burst)
        return;
    row.state = GateState::Fail;
    row.note = empty ? "empty" : operation ? "operation" : "step";
    row.place = empty ? empty : operation ? operation : burst;
}

/// What the original method left out: graph spans and copies beside the kernels.
void addKernelsAlone(GateBuilder& gate, const GateInput& input)
{
    const ClassTimes& times = input.numbers.inWindow;
    const Duration missed = times[TimeClass::ExposedMemory] + times[TimeClass::GraphOpaque];
    const auto busy = static_cast<double>(std::max<std::int64_t>(times.busy().count(), 1));
    gate.add(EvidenceCode::KernelsAlone,
             times.busy() > Duration::zero() ? GateState::Pass : GateState::Unknown,
             static_cast<double>(missed.count()) / busy);
}

} // namespace

GateResult graphCoverageGate(const GateInput& input)
{
    GateBuilder gate(GateId::GraphsCounted);
    addGraphRecords(gate, input);
    addUnderRecording(gate, input);
    addUniformity(gate, input);
    addKernelsAlone(gate, input);
    return gate.result();
}

} // namespace stepscope
