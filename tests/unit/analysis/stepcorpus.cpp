#include "tests/unit/analysis/stepcorpus.h"

#include "tests/support/kernelnames.h"
#include "tests/support/randomsource.h"
#include "tests/support/stepbuilder.h"

#include <algorithm>
#include <utility>

namespace stepscope::testsupport {

namespace {

constexpr int layers = 4;
constexpr int usualDrafts = 3;
constexpr int sideStream = 20;

LaunchSpec outside(LaunchSpec launch)
{
    launch.inStepRange = false;
    return launch;
}

LaunchSpec comm(const char* name, Nanos duration, Nanos gap)
{
    LaunchSpec launch = eagerKernel(name, duration, gap);
    launch.ops.front().isComm = true;
    return launch;
}

/// One launch for each node, each `gap` after the one before.
void addEager(StepSpec& step, const std::vector<GpuOpSpec>& nodes, Nanos gap)
{
    for (const GpuOpSpec& node : nodes) {
        LaunchSpec launch = eagerKernel(node.name, node.duration, gap);
        launch.ops.front().isComm = node.isComm;
        step.launches.push_back(launch);
    }
}

void addInputs(StepSpec& step)
{
    step.launches.push_back(inputCopy(16, 1120));
    step.launches.push_back(inputCopy(32, 1150, 9000));
    step.launches.push_back(inputCopy(64, 1090, 9000));
}

LaunchSpec replayOf(std::int64_t graph, std::vector<GpuOpSpec> nodes, Nanos gap)
{
    LaunchSpec launch = graphReplay(graph, std::move(nodes), gap);
    launch.lead = std::min<Nanos>(gap - 2000, 20000);
    launch.callDuration = launch.lead + 1000;
    return launch;
}

StepSpec eagerStep()
{
    StepSpec step;
    addInputs(step);
    addEager(step, decoderNodes({layers, 400000, 0, 0}), 11000);
    addSampling(step, 60000);
    return step;
}

StepSpec fullGraphStep()
{
    StepSpec step;
    addInputs(step);
    step.launches.push_back(replayOf(11, decoderNodes({layers, 1500000, 0, 500}), 40000));
    addSampling(step, 150000);
    return step;
}

/// Layers + 1 graphs; the attention of each layer is launched between two of them.
StepSpec piecewiseStep()
{
    StepSpec step;
    addInputs(step);
    std::vector<GpuOpSpec> piece;
    std::int64_t graph = 31;
    for (const GpuOpSpec& node : decoderNodes({layers, 1200000, 0, 400})) {
        if (node.name != kernelnames::attentionDecode) {
            piece.push_back(node);
            continue;
        }
        step.launches.push_back(replayOf(graph++, std::exchange(piece, {}), 24000));
        step.launches.push_back(eagerKernel(node.name, node.duration, 9000));
    }
    step.launches.push_back(replayOf(graph, piece, 24000));
    addSampling(step, 150000);
    return step;
}

StepSpec speculativeStep(int drafts)
{
    StepSpec step;
    addInputs(step);
    step.launches.push_back(replayOf(11, decoderNodes({layers, 1500000, 0, 500}), 40000));
    step.launches.push_back(outside(eagerKernel(kernelnames::gemmHead, 180000)));
    step.launches.push_back(outside(eagerKernel(kernelnames::argmax, 14000)));
    step.launches.push_back(outside(eagerKernel(kernelnames::rejection, 5000, 12000)));
    step.launches.push_back(tokenCopy(16, 2000));
    step.launches.push_back(outside(eagerKernel(kernelnames::prepareDraft, 4000, 30000)));
    for (int draft = 0; draft < drafts; ++draft) {
        step.launches.push_back(outside(replayOf(12, decoderNodes({1, 100000, 0, 400}), 45000)));
        step.launches.push_back(outside(eagerKernel(kernelnames::gemmDraftHead, 60000)));
        step.launches.push_back(outside(eagerKernel(kernelnames::argmax, 9000)));
    }
    return step;
}

/// The host is a step ahead; the copy of the tokens runs beside the next step.
StepSpec asyncStep()
{
    StepSpec step;
    step.async = true;
    step.asyncLead = 1500000;
    step.launches.push_back(inputCopy(16, 1120));
    step.launches.push_back(inputCopy(32, 1150));
    step.launches.push_back(graphReplay(11, decoderNodes({layers, 3000000, 0, 300})));
    step.launches.back().callDuration = 40000;
    step.launches.push_back(outside(eagerKernel(kernelnames::gemmHead, 150000)));
    step.launches.push_back(outside(eagerKernel(kernelnames::argmax, 14000)));
    step.launches.push_back(sideTokenCopy(4, 2000));
    return step;
}

StepSpec tensorParallelStep()
{
    StepSpec step;
    addInputs(step);
    addEager(step, decoderNodes({layers, 2400000, 1800000, 0}), 9000);
    step.launches.push_back(outside(eagerKernel(kernelnames::gemmHead, 90000)));
    step.launches.push_back(outside(comm(kernelnames::allGather, 30000, 9000)));
    step.launches.push_back(outside(eagerKernel(kernelnames::argmax, 14000)));
    step.launches.push_back(tokenCopy(4, 2000));
    return step;
}

StepSpec samplerInGraphStep()
{
    StepSpec step;
    addInputs(step);
    std::vector<GpuOpSpec> nodes = decoderNodes({layers, 1500000, 0, 500});
    for (const char* name : {kernelnames::gemmHead, kernelnames::argmax}) {
        nodes.push_back(nodes.back());
        nodes.back().name = name;
        nodes.back().duration = 40000;
    }
    step.launches.push_back(replayOf(11, std::move(nodes), 40000));
    step.launches.push_back(tokenCopy(4, 2000));
    return step;
}

StepSpec stepOf(StepShape shape)
{
    switch (shape) {
    case StepShape::Eager:
        return eagerStep();
    case StepShape::FullGraph:
        return fullGraphStep();
    case StepShape::Piecewise:
        return piecewiseStep();
    case StepShape::Speculative:
        return speculativeStep(usualDrafts);
    case StepShape::Async:
        return asyncStep();
    case StepShape::TensorParallel:
        return tensorParallelStep();
    case StepShape::SamplerInGraph:
        break;
    }
    return samplerInGraphStep();
}

void addHost(StepSpec& step, Nanos gap)
{
    HostGap host;
    host.sampling = 50000;
    host.update = 150000;
    host.schedule = 250000;
    host.prepare = 400000;
    host.launch = 30000;
    setHostGap(step, gap, host);
}

void addAsyncHost(StepSpec& step)
{
    HostGap host;
    host.update = 100000;
    host.schedule = 300000;
    host.prepare = 400000;
    setHostGap(step, 5000, host);
    step.launches.front().lead = 200000;
    step.launches.front().callDuration = 5000;
    step.wait.api = "cudaEventSynchronize";
    step.wait.otherThread = true;
}

/// Small work on the second stream: the copy of the tokens and, early in the step, a kernel of bookkeeping.
void moveToSideStream(StepSpec& step)
{
    for (LaunchSpec& launch : step.launches) {
        if (launch.ops.front().copy == CopyKind::DeviceToHost)
            launch.ops.front().sideStream = true;
    }
    LaunchSpec extra = eagerKernel(kernelnames::postUpdate, 6000, step.async ? 0 : 3000);
    extra.lead = 2500;
    extra.callDuration = 500;
    extra.ops.front().sideStream = true;
    step.launches.insert(step.launches.begin() + 2, extra);
}

void addEvery(StepSpec& step, int every)
{
    LaunchSpec zero = eagerKernel("_zero_kv_blocks_kernel", 6000);
    LaunchSpec table = inputCopy(4096, 2000);
    LaunchSpec stats = tokenCopy(256, 2000); // as small as a token copy
    for (LaunchSpec* launch : {&zero, &table, &stats}) {
        launch->gap = step.async ? 0 : 9000;
        launch->every = every;
        launch->phase = every / 3;
        step.launches.insert(step.launches.begin() + 1, *launch);
    }
}

Segment prefillSegment(std::int64_t count)
{
    StepSpec step = prefillStep(60, 30000000);
    addSampling(step, 150000);
    addHost(step, 2500000);
    return {step, count, 0, {50000, 10000}};
}

} // namespace

const char* stepShapeName(StepShape shape)
{
    constexpr std::array<const char*, 7> names = {
        "eager", "full graph", "piecewise", "speculative", "async", "tensor parallel", "sampler in graph"};
    return names[static_cast<std::size_t>(shape)];
}

const char* disturbanceName(Disturbance disturbance)
{
    constexpr std::array<const char*, 8> names = {"clean",       "lost kernels", "prefills", "lulls",
                                                  "graph level", "side stream",  "every 16", "every 64"};
    return names[static_cast<std::size_t>(disturbance)];
}

GeneratedTrace switchingTrace(int fewDrafts, int manyDrafts, int period, LoopFacts& facts)
{
    RandomSource random(5);
    std::vector<Segment> segments;
    for (int step = 0; step < 240; ++step) {
        const bool isMany = period > 0 ? step % period == 0 : random.below(3) == 0;
        StepSpec spec = speculativeStep(isMany ? manyDrafts : fewDrafts);
        addHost(spec, 2500000);
        segments.push_back({spec, 1, 0, {20000, 10000, 32, 0, 1}});
    }
    LoopDescription loop;
    loop.ranks.push_back(rankLoop(0, std::move(segments)));
    return generateLoop(loop, &facts);
}

GeneratedTrace corpusTrace(StepShape shape, Disturbance disturbance, bool withCalls, std::uint64_t seed,
                           LoopFacts& facts)
{
    StepSpec step = stepOf(shape);
    if (shape == StepShape::Async)
        addAsyncHost(step);
    else
        addHost(step, 2500000);
    if (disturbance == Disturbance::SideStream)
        moveToSideStream(step);
    if (disturbance == Disturbance::Every16)
        addEvery(step, 16);
    if (disturbance == Disturbance::Every64)
        addEvery(step, 64);
    // The async loop's host keeps its distance: its gaps are a few µs whatever it does.
    const JitterSpec jitter{shape == StepShape::Async ? 0 : 60000, 15000, 32, 0, 1};
    const std::int64_t count = disturbance == Disturbance::Every64 ? 700 : 240;
    RandomSource random(100 * seed + static_cast<std::uint64_t>(shape));

    std::vector<Segment> segments;
    const bool hasPrefills = disturbance == Disturbance::Prefills;
    const std::int64_t parts = hasPrefills ? 12 : disturbance == Disturbance::Lulls ? 4 : 1;
    for (std::int64_t part = 0; part < parts; ++part) {
        if (hasPrefills)
            segments.push_back(prefillSegment(1 + static_cast<std::int64_t>(random.below(3))));
        const Nanos pause = part == 0 && !hasPrefills ? 0 : hasPrefills ? milliseconds(3) : milliseconds(400);
        const std::int64_t share = count / parts + random.symmetric(parts == 1 ? 0 : 7);
        segments.push_back({step, share, pause, jitter});
    }
    LoopDescription loop;
    loop.ranks.push_back(rankLoop(0, std::move(segments)));
    loop.ranks.front().sideStream = sideStream;
    loop.ranks.front().seed = seed;
    loop.faults.seed = seed;
    loop.hostRows.apiCalls = withCalls;
    loop.hostRows.cpuOps = withCalls;
    if (disturbance == Disturbance::LostKernels)
        loop.faults.lostKernelsPpm = 10000;
    GeneratedTrace trace = generateLoop(loop, &facts);
    if (disturbance == Disturbance::SideStream) {
        for (GpuOp& op : trace.gpuOps) {
            const Nanos shift = op.stream == sideStream ? random.symmetric(30000) + 30000 : 0;
            op.begin += shift;
            op.end += shift;
        }
    }
    return trace;
}

} // namespace stepscope::testsupport
