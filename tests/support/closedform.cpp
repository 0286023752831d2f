#include "tests/support/closedform.h"

#include "tests/support/kernelnames.h"
#include "tests/support/kinetowriter.h"
#include "tests/support/nsyswriter.h"
#include "tests/support/stepbuilder.h"

#include <stdexcept>

namespace stepscope::testsupport {

namespace {

LoopDescription oneRank(std::vector<Segment> segments)
{
    LoopDescription loop;
    loop.ranks.push_back(rankLoop(0, std::move(segments)));
    return loop;
}

WindowTruth budget(Nanos compute, Nanos exposedComm, Nanos exposedMem, Nanos graphOpaque, Nanos idle)
{
    WindowTruth truth;
    truth.compute = compute;
    truth.exposedComm = exposedComm;
    truth.exposedMem = exposedMem;
    truth.graphOpaque = graphOpaque;
    truth.idle = idle;
    truth.busy = compute + exposedComm + exposedMem + graphOpaque;
    truth.window = truth.busy + idle;
    truth.commUnion = exposedComm;
    return truth;
}

std::map<std::string, Nanos> workedIdleClasses()
{
    return {{"sync", 20000},      {"sampling", 500000}, {"scheduler", 4000000},
            {"prepare", 5000000}, {"launch", 60000},    {"untraced", 1820000}};
}

/// The answers for `count` equal steps that begin at the rank's first operation and have one gap each.
ClosedFormAnswer regularAnswer(const RankLoop& rank, std::int64_t count, const StepAnswer& step)
{
    ClosedFormAnswer answer;
    answer.step = step;
    answer.boundaries = count;
    for (std::int64_t i = 0; i < count; ++i)
        answer.boundaryTimes.push_back(rank.firstOp + i * step.cadence);
    DeviceAnswer device;
    device.device = {rank.process.pid, rank.process.device};
    device.firstBegin = rank.firstOp;
    device.busy = count * step.budget.busy;
    device.gapCount = count - 1;
    device.gapSum = device.gapCount * step.budget.idle;
    device.largestGap = step.budget.idle;
    device.span = device.busy + device.gapSum;
    answer.devices.push_back(device);
    return answer;
}

StepAnswer workedAnswer()
{
    return {13110000, budget(1708000, 0, 2000, 0, 11400000), workedIdleClasses(), 0};
}

} // namespace

ClosedFormCase workedStepCase()
{
    ClosedFormCase result{1, "worked step x 200", oneRank({{workedStep(), 200, 0, {}}}), {}};
    result.answer = regularAnswer(result.loop.ranks.front(), 200, workedAnswer());
    result.answer.verdict = "host-bound";
    return result;
}

ClosedFormCase fastLoopCase()
{
    StepSpec step;
    step.launches.push_back(graphReplay(11, decoderNodes({4, 2600000, 0, 0})));
    addSamplingWithHiddenCopy(step, 150000);
    HostGap host;
    host.update = 200000;
    host.schedule = 300000;
    host.prepare = 400000;
    setHostGap(step, 1200000, host);

    ClosedFormCase result{2, "fast loop x 400", oneRank({{step, 400, 0, {}}}), {}};
    const StepAnswer answer{4000000,
                            budget(2800000, 0, 0, 0, 1200000),
                            {{"sync", 20000},
                             {"scheduler", 500000},
                             {"prepare", 400000},
                             {"launch", 60000},
                             {"untraced", 220000}},
                            0};
    result.answer = regularAnswer(result.loop.ranks.front(), 400, answer);
    result.answer.verdict = "kernel-bound";
    return result;
}

// The host is just in time: it calls the next replay before the step ends, the call returns as the replay
// starts, and so the whole gap is the launch's. A queue further ahead would make it a gap of the device.
ClosedFormCase asyncLoopCase()
{
    StepSpec step;
    step.async = true;
    step.asyncLead = 3000000;
    step.launches.push_back(graphReplay(11, decoderNodes({4, 5800000, 0, 0})));
    addSamplingWithHiddenCopy(step, 150000);
    HostGap host;
    host.update = 200000;
    host.schedule = 900000;
    host.prepare = 1100000;
    host.launch = 180000;
    setHostGap(step, 60000, host);
    step.wait.api = "cudaEventSynchronize";
    step.wait.otherThread = true;

    ClosedFormCase result{3, "async loop x 400", oneRank({{step, 400, 0, {}}}), {}};
    const StepAnswer answer{6060000, budget(6000000, 0, 0, 0, 60000), {{"launch", 60000}}, 0};
    result.answer = regularAnswer(result.loop.ranks.front(), 400, answer);
    result.answer.verdict = "kernel-bound";
    return result;
}

ClosedFormCase prefillFirstCase()
{
    constexpr Nanos prefill = 2000000000;
    constexpr std::int64_t steps = 100;
    StepSpec first = prefillStep(40, prefill);
    setHostGap(first, 11400000, workedHostGap());
    ClosedFormCase result{
        4, "prefill 2 s, worked step x 100", oneRank({{first, 1, 0, {}}, {workedStep(), steps, 0, {}}}), {}};
    const RankLoop& rank = result.loop.ranks.front();
    ClosedFormAnswer& answer = result.answer;
    answer.step = workedAnswer();
    const Nanos firstStep = rank.firstOp + prefill + answer.step.budget.idle;
    answer.boundaries = steps + 1; // the prefill is one
    answer.boundaryTimes.push_back(rank.firstOp);
    for (std::int64_t i = 0; i < steps; ++i)
        answer.boundaryTimes.push_back(firstStep + i * answer.step.cadence);
    DeviceAnswer device;
    device.device = {rank.process.pid, rank.process.device};
    device.firstBegin = rank.firstOp;
    device.busy = prefill + steps * answer.step.budget.busy;
    device.gapCount = steps;
    device.gapSum = steps * answer.step.budget.idle;
    device.largestGap = answer.step.budget.idle;
    device.span = device.busy + device.gapSum;
    answer.devices.push_back(device);
    answer.verdict = "withheld";
    return result;
}

ClosedFormCase hiddenCommCase()
{
    StepSpec step;
    std::vector<GpuOpSpec> nodes = decoderNodes({4, 7800000, 0, 0});
    GpuOpSpec allReduce;
    allReduce.name = kernelnames::allReduce;
    allReduce.duration = 3000000;
    allReduce.delay = 100000;
    allReduce.isComm = true;
    allReduce.sideStream = true;
    nodes.insert(nodes.begin() + 2, allReduce);
    step.launches.push_back(graphReplay(11, nodes));
    addSamplingWithHiddenCopy(step, 150000);
    HostGap host;
    host.update = 100000;
    host.schedule = 300000;
    host.prepare = 400000;
    setHostGap(step, 1000000, host);

    ClosedFormCase result{5, "comm hidden x 200", oneRank({{step, 200, 0, {}}}), {}};
    StepAnswer answer{9000000,
                      budget(8000000, 0, 0, 0, 1000000),
                      {{"sync", 20000},
                       {"scheduler", 400000},
                       {"prepare", 400000},
                       {"launch", 60000},
                       {"untraced", 120000}},
                      0};
    answer.budget.commUnion = 3000000;
    result.answer = regularAnswer(result.loop.ranks.front(), 200, answer);
    result.answer.verdict = "kernel-bound";
    return result;
}

ClosedFormCase exposedCommCase()
{
    StepSpec step;
    step.launches.push_back(graphReplay(11, decoderNodes({24, 8800000, 7200000, 0})));
    addSamplingWithHiddenCopy(step, 150000);
    HostGap host;
    host.update = 500000;
    host.schedule = 900000;
    host.prepare = 1200000;
    setHostGap(step, 3500000, host);

    ClosedFormCase result{6, "comm exposed x 200", oneRank({{step, 200, 0, {}}}), {}};
    const StepAnswer answer{12500000,
                            budget(1800000, 7200000, 0, 0, 3500000),
                            {{"sync", 20000},
                             {"scheduler", 1400000},
                             {"prepare", 1200000},
                             {"launch", 60000},
                             {"untraced", 820000}},
                            0};
    result.answer = regularAnswer(result.loop.ranks.front(), 200, answer);
    result.answer.verdict = "comm-bound";
    return result;
}

ClosedFormCase piecewiseCase()
{
    constexpr Nanos innerGap = 4000000;
    StepSpec step;
    for (int piece = 0; piece < 4; ++piece) {
        const Nanos duration = piece == 3 ? 1800000 : 2000000; // the last one leaves 200 us for the sampling
        step.launches.push_back(graphReplay(11 + piece, decoderNodes({1, duration, 0, 0}), innerGap));
        step.launches.back().hostBefore = {{"build_attn_metadata", 3000000, HostKind::CpuOp}};
    }
    step.launches.front().hostBefore.clear();
    addSamplingWithHiddenCopy(step, 150000);
    HostGap host;
    host.update = 1000000;
    host.schedule = 2000000;
    host.prepare = 3000000;
    setHostGap(step, 8000000, host);

    ClosedFormCase result{7, "piecewise x 100", oneRank({{step, 100, 0, {}}}), {}};
    const StepAnswer answer{28000000,
                            budget(8000000, 0, 0, 0, 20000000),
                            {{"sync", 20000},
                             {"scheduler", 3000000},
                             {"prepare", 3000000 + 3 * 3000000},
                             {"launch", 4 * 60000},
                             {"untraced", 1920000 + 3 * 940000}},
                            3 * innerGap};
    result.answer = regularAnswer(result.loop.ranks.front(), 100, answer);
    DeviceAnswer& device = result.answer.devices.front();
    device.gapCount = 100 * 3 + 99;
    device.gapSum = 300 * innerGap + 99 * 8000000;
    device.largestGap = 8000000;
    device.span = device.busy + device.gapSum;
    result.answer.verdict = "host-bound";
    return result;
}

ClosedFormCase eightRanksCase()
{
    ClosedFormCase result = workedStepCase();
    result.number = 8;
    result.name = "8 ranks, skew 1.6 ms";
    result.loop = replicated(result.loop.ranks.front(), 8, 1600000);
    const DeviceAnswer first = result.answer.devices.front();
    result.answer.devices.clear();
    for (const RankLoop& rank : result.loop.ranks) {
        DeviceAnswer device = first;
        device.device = {rank.process.pid, rank.process.device};
        device.firstBegin = rank.firstOp;
        result.answer.devices.push_back(device);
    }
    return result;
}

ClosedFormCase graphLevelCase()
{
    StepSpec step;
    std::vector<GpuOpSpec> nodes = decoderNodes({4, 1500000, 0, 0});
    addSampling(step, 196000);
    for (const LaunchSpec& launch : step.launches)
        nodes.push_back(launch.ops.front());
    step.launches = {graphReplay(11, nodes)};
    setHostGap(step, 11400000, workedHostGap());

    ClosedFormCase result{9, "graph level x 200", oneRank({{step, 200, 0, {}}}), {}, NsysGraphLevel::Graph};
    const StepAnswer answer{13110000, budget(0, 0, 0, 1710000, 11400000), workedIdleClasses(), 0};
    result.answer = regularAnswer(result.loop.ranks.front(), 200, answer);
    result.answer.verdict = "host-bound";
    return result;
}

ClosedFormCase contaminatedRowsCase()
{
    ClosedFormCase result = workedStepCase();
    result.number = 10;
    result.name = "worked step x 200 with bad rows";
    FaultSpec& faults = result.loop.faults;
    faults.negativeDuration = 7;
    faults.zeroDuration = 5;
    faults.zeroStart = 3;
    faults.hugeDuration = 2;
    faults.stride = 20;
    result.answer.faults.negativeDuration = faults.negativeDuration;
    result.answer.faults.zeroDuration = faults.zeroDuration;
    result.answer.faults.zeroStart = faults.zeroStart;
    result.answer.faults.hugeDuration = faults.hugeDuration;
    return result;
}

ClosedFormCase closedFormCase(int number)
{
    const std::vector<ClosedFormCase> cases = allClosedFormCases();
    if (number < 1 || number > static_cast<int>(cases.size()))
        throw std::out_of_range("there are cases 1 to 10");
    return cases[static_cast<std::size_t>(number) - 1];
}

std::vector<ClosedFormCase> allClosedFormCases()
{
    return {workedStepCase(),  fastLoopCase(),  asyncLoopCase(),  prefillFirstCase(), hiddenCommCase(),
            exposedCommCase(), piecewiseCase(), eightRanksCase(), graphLevelCase(),   contaminatedRowsCase()};
}

void annotate(LoopDescription& loop, AnnotationStyle style)
{
    for (RankLoop& rank : loop.ranks) {
        for (Segment& segment : rank.segments)
            segment.step.annotation.style = style;
    }
}

std::vector<std::string> writeClosedForm(const ClosedFormCase& closedForm, const std::string& path)
{
    const GeneratedTrace trace = generateLoop(closedForm.loop);
    if (path.ends_with(".sqlite")) {
        NsysOptions options;
        options.graphLevel = closedForm.graphLevel;
        writeNsys(trace, path, options);
        return {path};
    }
    if (closedForm.graphLevel == NsysGraphLevel::Graph)
        throw std::invalid_argument("kineto has no graph spans: write this case as .sqlite");
    KinetoOptions options;
    options.gzip = path.ends_with(".gz");
    if (closedForm.loop.ranks.size() > 1)
        return writeKinetoRanks(trace, path, options);
    writeKineto(trace, path, options);
    return {path};
}

} // namespace stepscope::testsupport
