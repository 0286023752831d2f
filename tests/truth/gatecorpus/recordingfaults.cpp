#include "tests/support/closedform.h"
#include "tests/support/stepbuilder.h"
#include "tests/truth/gatecorpus/faultcaptures.h"

#include <algorithm>

namespace stepscope::gatecorpus {

namespace {

namespace support = testsupport;

constexpr support::Nanos workedCadence = 13'110'000;

const std::vector<Format> nsysAndKineto = {Format::Nsys, Format::Kineto};

support::RankLoop& rankOf(CorpusCapture& capture)
{
    return capture.loop.ranks.front();
}

/// So many more steps, then one with `work` on the host before its first launch, then as many again.
void hostWorkInside(CorpusCapture& capture, const support::HostSpec& work)
{
    const support::Segment loop = rankOf(capture).segments.front();
    support::Segment odd = loop;
    odd.count = 1;
    odd.step.schedule.push_back(work);
    rankOf(capture).segments = {loop, odd, loop};
    capture.isWholeTrace = true;
}

template <std::size_t length> struct CallName {
    constexpr CallName(const char (&name)[length]) { std::copy_n(name, length, text); }
    char text[length] = {};
};

template <CallName name> void callInside(CorpusCapture& capture)
{
    hostWorkInside(capture, {name.text, 300'000, support::HostKind::ApiCall});
}

/// Allocation in the first step, after its work: the automatic window begins with the second.
void allocationBefore(CorpusCapture& capture)
{
    support::Segment first = rankOf(capture).segments.front();
    first.count = 1;
    first.step.update.push_back({"cudaMalloc", 300'000, support::HostKind::ApiCall});
    rankOf(capture).segments.insert(rankOf(capture).segments.begin(), first);
}

void weightsInside(CorpusCapture& capture)
{
    const support::Segment loop = rankOf(capture).segments.front();
    support::Segment odd = loop;
    odd.count = 1;
    odd.step.launches.insert(odd.step.launches.begin() + 1, support::inputCopy(67'108'864, 300'000));
    rankOf(capture).segments = {loop, odd, loop};
    capture.isWholeTrace = true;
}

/// No decoding: copies of weights, allocations, a module.
void loadOnly(CorpusCapture& capture)
{
    support::StepSpec load;
    load.launches = {support::inputCopy(134'217'728, 3'000'000, 2'000'000)};
    load.schedule = {{"cudaMalloc", 200'000, support::HostKind::ApiCall},
                     {"cuModuleLoadData", 400'000, support::HostKind::ApiCall}};
    rankOf(capture).segments = {{load, 6, 0, {}}};
    capture.isWholeTrace = true;
}

/// A tenth of the operations runs once in five steps.
template <int every> void oddSteps(CorpusCapture& capture)
{
    support::LaunchSpec more = support::eagerKernel("more_work_kernel", 1'500'000);
    more.every = every;
    more.phase = 1;
    capture.step().launches.insert(capture.step().launches.begin() + 1, more);
    capture.isWholeTrace = true;
}

/// Each step keeps some of its four replays, and all of many kernels: nineteen launches of twenty are there.
/// Where a step has one replay, the steps go with it.
void replaysLost(CorpusCapture& capture)
{
    const support::AnnotationSpec annotation = capture.step().annotation;
    capture.step() = support::piecewiseCase().loop.ranks.front().segments.front().step;
    capture.step().annotation = annotation;
    std::vector<support::LaunchSpec>& launches = capture.step().launches;
    launches.insert(launches.begin() + 1, 12, support::eagerKernel("elementwise_kernel", 10'000));
    capture.loop.faults.replaysWithoutWorkPpm = 150'000;
}

void oneLongKernel(CorpusCapture& capture)
{
    const support::Segment loop = rankOf(capture).segments.front();
    support::Segment odd = loop;
    odd.count = 1;
    odd.step.launches.front().ops.front().duration = 60'000'000;
    rankOf(capture).segments = {loop, odd, loop};
    capture.isWholeTrace = true;
}

/// The same operations, sixty times as long.
void oneBurst(CorpusCapture& capture)
{
    const support::Segment loop = rankOf(capture).segments.front();
    support::Segment odd = loop;
    odd.count = 1;
    for (support::LaunchSpec& launch : odd.step.launches) {
        for (support::GpuOpSpec& op : launch.ops)
            op.duration *= 60;
    }
    rankOf(capture).segments = {loop, odd, loop};
    capture.isWholeTrace = true;
}

void endsEarly(CorpusCapture& capture, int stepsRecorded)
{
    capture.loop.faults.gpuRowsEndAt = rankOf(capture).firstOp + stepsRecorded * workedCadence - 1'000'000;
}

void beginsLate(CorpusCapture& capture, int stepsLost)
{
    capture.loop.faults.gpuRowsBeginAt = rankOf(capture).firstOp + stepsLost * workedCadence - 1'000'000;
}

void onlySteps(CorpusCapture& capture, int count)
{
    rankOf(capture).segments.front().count = count;
    capture.isWholeTrace = true;
}

/// Every step a little longer than the one before.
template <int permille> void drift(CorpusCapture& capture)
{
    const support::Segment loop = rankOf(capture).segments.front();
    rankOf(capture).segments.clear();
    for (int i = 0; i < 60; ++i) {
        support::Segment segment = loop;
        segment.count = 1;
        segment.step.launches.front().gap += segment.step.launches.front().gap * permille * i / 60'000;
        rankOf(capture).segments.push_back(segment);
    }
    capture.isWholeTrace = true;
}

template <int percent> void uneven(CorpusCapture& capture)
{
    capture.step().schedule.clear(); // its work would not fit into the shortest gaps
    capture.step().update.clear();
    capture.step().launches.front().hostBefore.clear();
    rankOf(capture).segments.front().jitter.gapPpm = percent * 10'000;
    rankOf(capture).segments.front().count = 60;
    capture.isWholeTrace = true;
}

/// One call comes half a millisecond late: what it launched had begun.
void lateCall(support::GeneratedTrace& trace)
{
    std::vector<support::ApiCall*> replays;
    for (support::ApiCall& call : trace.apiCalls) {
        if (trace.names.text(call.name) == "cudaGraphLaunch")
            replays.push_back(&call);
    }
    replays[replays.size() / 2]->begin += 500'000;
    replays[replays.size() / 2]->end += 500'000;
}

void twoRanks(CorpusCapture& capture)
{
    capture.loop = support::replicated(rankOf(capture), 2, 1'600'000);
}

void secondRankLater(CorpusCapture& capture)
{
    twoRanks(capture);
    capture.isOneRank = false;
    capture.loop.ranks.back().firstOp += 12 * workedCadence;
    capture.loop.ranks.back().segments.front().count -= 12;
}

void firstRankEnds(CorpusCapture& capture)
{
    twoRanks(capture);
    capture.isOneRank = false;
    rankOf(capture).segments.front().count -= 3;
    capture.loop.ranks.front().segments.front().count = 37;
    capture.loop.ranks.back().segments.front().count = 40;
}

void secondRankWithoutRows(support::GeneratedTrace& trace)
{
    std::erase_if(trace.gpuOps, [](const support::GpuOp& row) { return row.pid != 1239; });
}

void lazyLoading(CorpusCapture& capture)
{
    hostWorkInside(capture, {"Lazy Function Loading", 300'000, support::HostKind::Overhead});
}

} // namespace

const std::vector<FaultCapture>& recordingFaults()
{
    using enum GateId;
    using enum GateState;
    using Code = EvidenceCode;
    static const std::vector<FaultCapture> faults = {
        {"no GPU rows at all",
         nsysAndKineto,
         [](CorpusCapture& c) { c.loop.faults.gpuRowsEndAt = 0; },
         nullptr,
         CuptiMatchesDriver,
         Fail,
         Code::GpuRecords,
         {},
         ErrorCode::NoGpuRecords},
        {"versions split",
         {Format::Kineto},
         [](CorpusCapture& c) { c.kineto.runtimeVersion = 12090; },
         nullptr,
         CuptiMatchesDriver,
         Warn,
         Code::CuptiVersions},
        {"CUPTI error",
         {Format::Nsys},
         [](CorpusCapture& c) {
             c.nsys.moreDiagnostics = {{1000, 1, 3, "CUPTI_ERROR_INVALID_DEVICE"}};
         },
         nullptr,
         CuptiMatchesDriver,
         Warn,
         Code::CuptiVersions},

        {"graphs not recorded", nsysAndKineto,
         [](CorpusCapture& c) { c.loop.faults.graphWorkMissing = true; }, nullptr, GraphsCounted, Fail,
         Code::GraphRecords},
        {"a few replays lost", nsysAndKineto,
         [](CorpusCapture& c) { c.loop.faults.replaysWithoutWorkPpm = 60'000; }, nullptr, GraphsCounted, Warn,
         Code::UnderRecording},
        {"a sixth of the replays lost, four a step", nsysAndKineto, replaysLost, nullptr, GraphsCounted, Fail,
         Code::UnderRecording},
        {"a fifth of the launches lost", nsysAndKineto,
         [](CorpusCapture& c) { c.loop.faults.launchesWithoutWorkPpm = 200'000; }, nullptr, GraphsCounted,
         Fail, Code::UnderRecording},
        {"a few launches lost", nsysAndKineto,
         [](CorpusCapture& c) { c.loop.faults.launchesWithoutWorkPpm = 60'000; }, nullptr, GraphsCounted,
         Warn, Code::UnderRecording},
        {"head loss of two steps", nsysAndKineto, [](CorpusCapture& c) { beginsLate(c, 2); }, nullptr,
         GraphsCounted, Warn, Code::UnderRecording},
        {"head loss of ten steps", nsysAndKineto, [](CorpusCapture& c) { beginsLate(c, 10); }, nullptr,
         GraphsCounted, Fail, Code::UnderRecording},
        {"one kernel holds the busy time", nsysAndKineto, oneLongKernel, nullptr, GraphsCounted, Fail,
         Code::StepUniformity},
        {"one step holds the busy time", nsysAndKineto, oneBurst, nullptr, GraphsCounted, Fail,
         Code::StepUniformity},
        {"half of the steps are others", nsysAndKineto, oddSteps<2>, nullptr, GraphsCounted, Fail,
         Code::StepUniformity},
        {"every fifth step is another", nsysAndKineto, oddSteps<5>, nullptr, GraphsCounted, Warn,
         Code::StepUniformity},

        {"load time only", nsysAndKineto, loadOnly, nullptr, CaptureQuality, Fail, Code::RepeatingSteps},
        {"seven steps", nsysAndKineto, [](CorpusCapture& c) { onlySteps(c, 7); }, nullptr, CaptureQuality,
         Fail, Code::RepeatingSteps},
        {"fifteen steps", nsysAndKineto, [](CorpusCapture& c) { onlySteps(c, 15); }, nullptr, CaptureQuality,
         Warn, Code::RepeatingSteps},
        {"JSON ends early",
         {Format::Kineto},
         [](CorpusCapture& c) {
             c.kineto.gzip = false;
             c.keptBytes = 0.915;
         },
         nullptr,
         CaptureQuality,
         Fail,
         Code::EarlyEnd},
        {"gzip ends early",
         {Format::Kineto},
         [](CorpusCapture& c) { c.keptBytes = 0.915; },
         nullptr,
         CaptureQuality,
         Fail,
         Code::EarlyEnd},
        {"a piece of the JSON missing",
         {Format::Kineto},
         [](CorpusCapture& c) {
             c.kineto.gzip = false;
             c.keptBytes = 0.96;
         },
         nullptr,
         CaptureQuality,
         Warn,
         Code::WholeFile},
        {"half of the JSON",
         {Format::Kineto},
         [](CorpusCapture& c) {
             c.kineto.gzip = false;
             c.keptBytes = 0.6;
         },
         nullptr,
         CaptureQuality,
         Fail,
         Code::EarlyEnd,
         GraphsCounted},
        {"half of the database",
         {Format::Nsys},
         [](CorpusCapture& c) { c.keptBytes = 0.5; },
         nullptr,
         CaptureQuality,
         Fail,
         Code::WholeFile,
         {},
         ErrorCode::DamagedDatabase},
        {"GPU rows end early", nsysAndKineto, [](CorpusCapture& c) { endsEarly(c, 37); }, nullptr,
         CaptureQuality, Fail, Code::EarlyEnd},
        {"GPU rows end after two thirds", nsysAndKineto, [](CorpusCapture& c) { endsEarly(c, 27); }, nullptr,
         CaptureQuality, Fail, Code::EarlyEnd, GraphsCounted},
        {"one device ends early", nsysAndKineto, firstRankEnds, nullptr, CaptureQuality, Fail,
         Code::EarlyEnd},
        {"drift of 4 %", nsysAndKineto, drift<50>, nullptr, CaptureQuality, Warn, Code::CadenceDrift},
        {"drift of 12 %", nsysAndKineto, drift<150>, nullptr, CaptureQuality, Warn, Code::CadenceDrift},
        {"uneven", nsysAndKineto, uneven<33>, nullptr, CaptureQuality, Warn, Code::SteadyCadence},
        {"very uneven", nsysAndKineto, uneven<70>, nullptr, CaptureQuality, Fail, Code::SteadyCadence},
        {"allocation inside", nsysAndKineto, callInside<"cudaMalloc">, nullptr, CaptureQuality, Fail,
         Code::StartUpWork},
        {"module load inside", nsysAndKineto, callInside<"cuModuleLoadData">, nullptr, CaptureQuality, Fail,
         Code::StartUpWork},
        {"graph instantiation inside", nsysAndKineto, callInside<"cudaGraphInstantiate">, nullptr,
         CaptureQuality, Fail, Code::StartUpWork},
        {"JIT link inside", nsysAndKineto, callInside<"cuLinkAddData_v2">, nullptr, CaptureQuality, Fail,
         Code::StartUpWork},
        {"lazy loading inside",
         {Format::Kineto},
         lazyLoading,
         nullptr,
         CaptureQuality,
         Fail,
         Code::StartUpWork},
        {"weights copied inside", nsysAndKineto, weightsInside, nullptr, CaptureQuality, Fail,
         Code::StartUpWork},
        {"allocation just before", nsysAndKineto, allocationBefore, nullptr, CaptureQuality, Warn,
         Code::StartUpWork},
        {"one rank of two", {Format::Kineto}, twoRanks, nullptr, CaptureQuality, Warn, Code::RanksPresent},
        {"one rank of two, stated",
         {Format::Nsys},
         nullptr,
         [](CorpusCapture& c) {
             c.input.context.push_back({"world_size", "2"});
         },
         CaptureQuality,
         Warn,
         Code::RanksPresent},
        {"ranks recorded apart", nsysAndKineto, secondRankLater, nullptr, CaptureQuality, Warn,
         Code::RanksPresent},
        {"a rank without GPU rows",
         {Format::Kineto},
         [](CorpusCapture& c) {
             twoRanks(c);
             c.isOneRank = false;
             c.editRows = secondRankWithoutRows;
         },
         nullptr,
         CaptureQuality,
         Warn,
         Code::RanksPresent},
        {"rows dropped", nsysAndKineto, [](CorpusCapture& c) { c.loop.faults.negativeDuration = 5; }, nullptr,
         CaptureQuality, Fail, Code::DataIssues},
        {"one row dropped", nsysAndKineto, [](CorpusCapture& c) { c.loop.faults.negativeDuration = 1; },
         nullptr, CaptureQuality, Warn, Code::DataIssues},
        {"clocks a millisecond apart", nsysAndKineto,
         [](CorpusCapture& c) { c.loop.faults.gpuClockOffset = -1'000'000; }, nullptr, CaptureQuality, Fail,
         Code::ClockSanity},
        {"one launch late", nsysAndKineto,
         [](CorpusCapture& c) {
             c.editRows = lateCall;
             c.isWholeTrace = true;
         },
         nullptr, CaptureQuality, Warn, Code::ClockSanity},
    };
    return faults;
}

} // namespace stepscope::gatecorpus
