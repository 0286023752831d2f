#include "core/analysis/stability.h"
#include "core/gates/cadencedrift.h"
#include "core/gates/gates.h"
#include "core/gates/measurementcontext.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <tuple>
#include <utility>

namespace stepscope {

namespace {

// definitions.md §11, gate 4
constexpr double stepsPass = 20.0;
constexpr double stepsFail = 8.0;
constexpr double driftPass = 0.02;
constexpr double salvagedFail = 0.01; // of the rows
constexpr double ranksOverlap = 0.90; // of the longest rank's recording
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
        row.note = steps.clean.count() == 1 ? "single" : "single prompt";
}

double rowsLostShare(const GateInput& input)
{
    const double rows = static_cast<double>(std::max<std::size_t>(input.trace().activityCount(), 1));
    return static_cast<double>(input.trace().log().rowsLost()) / rows;
}

/// Of a damaged file: by rows where they are numbered, else by bytes; a table of GPU work whose end is gone
/// may have lost any number.
double salvageLostShare(const GateInput& input)
{
    const CaptureInfo& capture = input.trace().capture();
    double lost = 0.0;
    double all = static_cast<double>(capture.textBytes > 0 ? capture.textBytes : capture.fileBytes);
    for (const DamagedPlace& place : capture.damage) {
        if (!place.table.empty() && place.holdsGpuWork && !place.lostRows)
            return 1.0;
        const auto bytes = static_cast<double>(place.lostBytes.value_or(0));
        lost += bytes;
        all += place.reachesEnd && capture.textBytes == 0 ? bytes : 0.0; // they are not in the file
    }
    return std::max(rowsLostShare(input), all > 0.0 ? lost / all : 0.0);
}

void addWholeFile(GateBuilder& gate, const GateInput& input)
{
    const ImportLog& log = input.trace().log();
    const bool saysIncomplete =
        log.count(ImportCode::CaptureDiagnostic) + log.count(ImportCode::CaptureError) > 0;
    GateState state = log.isDamaged() || saysIncomplete ? GateState::Warn : GateState::Pass;
    if (log.isDamaged() && salvageLostShare(input) > salvagedFail)
        state = GateState::Fail;
    Evidence& row = gate.add(EvidenceCode::WholeFile, state, static_cast<double>(log.rowsLost()));
    if (state != GateState::Pass) {
        const TimePoint end = input.trace().gpuExtent().end;
        row.place = TimeRange{end - Duration(1), end};
    }
}

/// GPU work that stops while the host goes on launching, or while another device goes on.
void addEarlyEnd(GateBuilder& gate, const GateInput& input)
{
    const Duration step = input.deviceIndex().steps.medianCadence;
    const ProcessId process = input.device().process;
    if (step == Duration::zero()) {
        gate.add(EvidenceCode::EarlyEnd, GateState::Unknown, 0.0).note = "no steps";
        return;
    }
    const TimePoint end = input.deviceIndex().occupancy.busy().extent().end;
    const bool hasLaunches = input.index.calls().coverageOf(process).launches > 0;
    const Duration late = hasLaunches ? input.index.calls().lastLaunch(process) - end : Duration::zero();
    Duration behind = Duration::zero();
    for (const DeviceIndex& other : input.index.devices())
        behind = std::max(behind, other.occupancy.busy().extent().end - end);
    const bool endsEarly = late > lateSteps * step || behind > lateDevices * step;
    const GateState otherwise = hasLaunches ? GateState::Pass : GateState::Unknown;
    Evidence& row = gate.add(EvidenceCode::EarlyEnd, endsEarly ? GateState::Fail : otherwise,
                             static_cast<double>(std::max(std::max(late, behind), Duration::zero()).count()));
    row.failAt = static_cast<double>((lateSteps * step).count());
    if (endsEarly)
        row.place = TimeRange{end, end + std::max(late, behind)};
}

void addSteadiness(GateBuilder& gate, const GateInput& input)
{
    const DurationSpread& spread = input.numbers.cadence.spread;
    if (spread.median == Duration::zero() || input.numbers.cadence.count < 2) { // one step cannot vary
        gate.add(EvidenceCode::SteadyCadence, GateState::Unknown, 0.0);
        return;
    }
    const CleanSteps& clean = input.deviceIndex().steps.clean;
    const StepColumn& cadences = *clean.cadence();
    const auto [first, last] = std::pair(input.numbers.firstClean, input.numbers.lastClean);
    Evidence& steady = gate.addBelow(EvidenceCode::SteadyCadence,
                                     static_cast<double>((spread.p90 - spread.p10).count()) /
                                         static_cast<double>(spread.median.count()),
                                     evenSpread, unevenSpread);
    if (steady.state != GateState::Pass) {
        std::size_t longest = first;
        for (std::size_t i = first; i < last; ++i)
            longest = cadences[i] > cadences[longest] ? i : longest;
        steady.place = input.steps()[clean.stepAt(longest)].range;
    }
    // Never a failure: clean captures of some tens of steps drift by 5 to 15 %, and are host-bound all the
    // same.
    if (const std::optional<double> drift = cadenceDrift(cadences, first, last))
        gate.add(EvidenceCode::CadenceDrift,
                 std::abs(*drift) <= driftPass ? GateState::Pass : GateState::Warn, *drift)
            .passAt = driftPass;
}

/// How many ranks the run had: the trace's own word, or the user's.
std::optional<int> worldSizeOf(const GateInput& input)
{
    if (input.trace().capture().worldSize)
        return input.trace().capture().worldSize;
    const ContextField* const field = input.context.find("world_size");
    if (field == nullptr || !field->isFilled())
        return std::nullopt;
    int ranks = 0;
    const char* const end = field->value->data() + field->value->size();
    const auto [rest, fault] = std::from_chars(field->value->data(), end, ranks);
    return fault == std::errc() && rest == end && ranks > 0 ? std::optional(ranks) : std::nullopt;
}

/// Whether the file holds all ranks of the run, over the same time. A rank alone reads right for itself; who
/// waits for whom does not show.
void addRanks(GateBuilder& gate, const GateInput& input)
{
    const auto here = static_cast<double>(input.index.devices().size());
    const std::optional<int> world = worldSizeOf(input);
    const DeviceOccupancy& occupancy = input.deviceIndex().occupancy;
    TimeRange common = occupancy.busy().extent();
    Duration longest = Duration::zero();
    for (const DeviceIndex& other : input.index.devices()) {
        const TimeRange extent = other.occupancy.busy().extent();
        common = common.intersected(extent);
        longest = std::max(longest, extent.duration());
    }
    const bool isMissing = world && here < static_cast<double>(*world);
    const bool isApart =
        static_cast<double>(common.duration().count()) < ranksOverlap * static_cast<double>(longest.count());
    const bool mayTalk = !occupancy.comm().isEmpty() || occupancy.isGraphLevel();
    GateState state = isMissing || isApart ? GateState::Warn : GateState::Pass;
    if (state == GateState::Pass && !world && mayTalk)
        state = GateState::Unknown; // with how many others, the file does not say
    Evidence& row = gate.add(EvidenceCode::RanksPresent, state, here);
    row.failAt = world.value_or(0);
    if (!isMissing && isApart)
        row.note = "apart";
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

/// Copies of weights show on the GPU; loading, allocation and building only where host calls were recorded.
void addStartUpWork(GateBuilder& gate, const GateInput& input)
{
    const bool hasCalls = input.index.calls().coverageOf(input.device().process).launches > 0;
    const GateState none = hasCalls ? GateState::Pass : GateState::Unknown;
    const std::vector<TimeRange>& work = input.index.calls().startUpWork();
    const auto countIn = [&work](TimeRange span) {
        const auto beginsBefore = [&work](TimePoint time) {
            return std::partition_point(work.begin(), work.end(),
                                        [time](const TimeRange& range) { return range.begin < time; });
        };
        return std::pair(beginsBefore(span.begin), beginsBefore(span.end));
    };
    if (work.empty()) {
        gate.add(EvidenceCode::StartUpWork, none, 0.0);
        return;
    }
    const TimeRange inside = hostSideOf(input);
    const Duration step = input.deviceIndex().steps.medianCadence;
    auto [first, last] = countIn(inside);
    GateState state = GateState::Fail;
    if (first == last) {
        std::tie(first, last) = countIn({inside.begin - step, inside.end + step});
        state = first == last ? none : GateState::Warn;
    }
    Evidence& row = gate.add(EvidenceCode::StartUpWork, state, static_cast<double>(last - first));
    if (first != last)
        row.place = *first;
}

/// Whether operations begin after their own launch: nothing to see where no launch is known.
void addClockSanity(GateBuilder& gate, const GateInput& input)
{
    if (input.index.calls().coverageOf(input.device().process).recorded == 0) {
        gate.add(EvidenceCode::ClockSanity, GateState::Unknown, 0.0);
        return;
    }
    const double work = static_cast<double>(std::max<std::size_t>(input.device().activities.size(), 1));
    gate.addBelow(EvidenceCode::ClockSanity, static_cast<double>(input.deviceIndex().clockFaults) / work,
                  clockPass, clockFail)
        .place = input.deviceIndex().firstClockFault;
}

} // namespace

GateResult captureQualityGate(const GateInput& input)
{
    GateBuilder gate(GateId::CaptureQuality);
    addSteps(gate, input);
    addWholeFile(gate, input);
    addEarlyEnd(gate, input);
    addSteadiness(gate, input);
    addStartUpWork(gate, input);
    addRanks(gate, input);
    gate.addBelow(EvidenceCode::DataIssues, rowsLostShare(input), 0.0, droppedFail);
    addClockSanity(gate, input);
    return gate.result();
}

} // namespace stepscope
