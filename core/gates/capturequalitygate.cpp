#include "core/gates/gates.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace stepscope {

namespace {

// definitions.md §11, gate 4
constexpr double stepsPass = 20.0;
constexpr double stepsFail = 8.0;
constexpr double spreadPass = 0.35;
constexpr double spreadFail = 0.70;
constexpr double droppedFail = 0.001;
constexpr double clockPass = 0.001;
constexpr double clockFail = 0.01;
constexpr int lateSteps = 2;   // launches may go on that long after the last GPU record
constexpr int lateDevices = 1; // devices end within that of each other

void addSteps(GateBuilder& gate, const GateInput& input)
{
    const StepIndex& steps = input.deviceIndex().steps;
    Evidence& row = gate.addAbove(EvidenceCode::RepeatingSteps,
                                  static_cast<double>(input.numbers.cadence.count), stepsPass, stepsFail);
    if (steps.isWeak && row.state == GateState::Pass)
        row.state = GateState::Warn;
    if (steps.isSingle)
        row.note = "single";
}

/// GPU work that stops while the host goes on launching, or while another device goes on.
void addWholeFile(GateBuilder& gate, const GateInput& input)
{
    const ImportLog& log = input.trace().log();
    const bool saysIncomplete =
        log.count(ImportCode::CaptureDiagnostic) + log.count(ImportCode::CaptureError) > 0;
    gate.add(EvidenceCode::WholeFile, log.isDamaged() || saysIncomplete ? GateState::Warn : GateState::Pass,
             static_cast<double>(log.rowsLost()));

    const Duration step = input.deviceIndex().steps.medianCadence;
    const ProcessId process = input.device().process;
    if (step == Duration::zero() || input.index.calls().coverageOf(process).launches == 0)
        return;
    const TimePoint end = input.deviceIndex().occupancy.busy().extent().end;
    const Duration late = input.index.calls().lastLaunch(process) - end;
    Duration behind = Duration::zero();
    for (const DeviceIndex& other : input.index.devices())
        behind = std::max(behind, other.occupancy.busy().extent().end - end);
    const bool endsEarly = late > lateSteps * step || behind > lateDevices * step;
    Evidence& row = gate.add(EvidenceCode::EarlyEnd, endsEarly ? GateState::Fail : GateState::Pass,
                             static_cast<double>(std::max(std::max(late, behind), Duration::zero()).count()));
    row.failAt = static_cast<double>((lateSteps * step).count());
    if (endsEarly)
        row.place = TimeRange{end, end + std::max(late, behind)};
}

/// When the host launched what runs in the window: an asynchronous host works on a later step meanwhile, and
/// a call it makes then belongs to that step.
TimeRange hostSideOf(const GateInput& input)
{
    const ActivityTable& work = input.device().activities;
    const ApiCallTable& calls = input.trace().calls();
    TimeRange span = input.window;
    const std::size_t first = work.firstAtOrAfter(input.window.begin);
    const std::size_t last = work.firstAtOrAfter(input.window.end);
    if (first < last && work.launch(first).isValid())
        span.begin = std::min(span.begin, calls.begin(work.launch(first).value()));
    if (first < last && work.launch(last - 1).isValid())
        span.end = std::min(span.end, calls.end(work.launch(last - 1).value()));
    return span;
}

void addStartUpWork(GateBuilder& gate, const GateInput& input)
{
    const std::vector<TimeRange>& work = input.index.calls().startUpWork();
    const auto countIn = [&work](TimeRange span) {
        const auto beginsBefore = [&work](TimePoint time) {
            return std::partition_point(work.begin(), work.end(),
                                        [time](const TimeRange& range) { return range.begin < time; });
        };
        return std::pair(beginsBefore(span.begin), beginsBefore(span.end));
    };
    const TimeRange inside = hostSideOf(input);
    const Duration step = input.deviceIndex().steps.medianCadence;
    auto [first, last] = countIn(inside);
    GateState state = first == last ? GateState::Pass : GateState::Fail;
    if (first == last) {
        std::tie(first, last) = countIn({inside.begin - step, inside.end + step});
        state = first == last ? GateState::Pass : GateState::Warn;
    }
    Evidence& row = gate.add(EvidenceCode::StartUpWork, state, static_cast<double>(last - first));
    if (first != last)
        row.place = *first;
}

} // namespace

GateResult captureQualityGate(const GateInput& input)
{
    GateBuilder gate(GateId::CaptureQuality);
    addSteps(gate, input);
    addWholeFile(gate, input);
    const DurationSpread& spread = input.numbers.cadence.spread;
    if (spread.median > Duration::zero())
        gate.addBelow(EvidenceCode::SteadyCadence,
                      static_cast<double>((spread.p90 - spread.p10).count()) /
                          static_cast<double>(spread.median.count()),
                      spreadPass, spreadFail);
    addStartUpWork(gate, input);
    const double rows = static_cast<double>(std::max<std::size_t>(input.trace().activityCount(), 1));
    gate.addBelow(EvidenceCode::DataIssues, static_cast<double>(input.trace().log().rowsLost()) / rows, 0.0,
                  droppedFail);
    const double work = static_cast<double>(std::max<std::size_t>(input.device().activities.size(), 1));
    gate.addBelow(EvidenceCode::ClockSanity, static_cast<double>(input.deviceIndex().clockFaults) / work,
                  clockPass, clockFail)
        .place = input.deviceIndex().firstClockFault;
    return gate.result();
}

} // namespace stepscope
