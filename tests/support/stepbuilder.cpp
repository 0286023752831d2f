#include "tests/support/stepbuilder.h"

#include "tests/support/kernelnames.h"

#include <algorithm>
#include <array>

namespace stepscope::testsupport {

namespace {

struct WeightedKernel {
    const char* name;
    Nanos weight;
};

// Roughly what each takes in a decode step, in tenths of a microsecond.
constexpr std::array<WeightedKernel, 10> layerKernels{{{kernelnames::addNorm, 18},
                                                       {kernelnames::gemmQkv, 62},
                                                       {kernelnames::rotary, 16},
                                                       {kernelnames::writeCache, 15},
                                                       {kernelnames::attentionDecode, 74},
                                                       {kernelnames::gemmOutput, 55},
                                                       {kernelnames::addNorm, 18},
                                                       {kernelnames::gemmGateUp, 118},
                                                       {kernelnames::silu, 17},
                                                       {kernelnames::gemmDown, 82}}};

constexpr std::array<std::size_t, 2> allReducesAfter{5, 9}; // output projection, down projection

GpuOpSpec kernel(const std::string& name, Nanos duration)
{
    GpuOpSpec op;
    op.name = name;
    op.duration = duration;
    return op;
}

// In proportion to the durations they have, exact in sum: the last one takes the remainder.
void shareOut(Nanos total, const std::vector<GpuOpSpec*>& ops)
{
    const Nanos unit = total % 1000 == 0 ? 1000 : 1;
    Nanos weights = 0;
    for (const GpuOpSpec* op : ops)
        weights += op->duration;
    Nanos left = total;
    for (GpuOpSpec* op : ops) {
        op->duration = total / unit * op->duration / weights * unit;
        left -= op->duration;
    }
    ops.back()->duration += left;
}

LaunchSpec copyLaunch(GpuOpSpec op, Nanos gap)
{
    LaunchSpec launch;
    launch.api = "cudaMemcpyAsync";
    op.kind = GpuOpKind::Memcpy;
    op.name = op.copy == CopyKind::HostToDevice ? "Memcpy HtoD" : "Memcpy DtoH";
    launch.ops = {std::move(op)};
    launch.gap = gap;
    launch.lead = 6000;
    return launch;
}

LaunchSpec tokenCopyOn(bool sideStream, std::int64_t bytes, Nanos duration)
{
    GpuOpSpec op = kernel("", duration);
    op.sideStream = sideStream;
    op.copy = CopyKind::DeviceToHost;
    op.target = MemoryKind::Pinned;
    op.bytes = bytes;
    LaunchSpec launch = copyLaunch(op, 0);
    launch.inStepRange = false;
    return launch;
}

LaunchSpec afterForward(LaunchSpec launch, const char* cpuOp)
{
    launch.inStepRange = false;
    launch.cpuOp = cpuOp;
    return launch;
}

void addIfAny(std::vector<HostSpec>& work, const char* name, Nanos duration)
{
    if (duration > 0)
        work.push_back({name, duration, HostKind::CpuOp});
}

} // namespace

std::vector<GpuOpSpec> decoderNodes(const DecoderShape& shape)
{
    std::vector<GpuOpSpec> nodes{kernel(kernelnames::embedding, 20)};
    for (int layer = 0; layer < shape.layers; ++layer) {
        for (std::size_t i = 0; i < layerKernels.size(); ++i) {
            nodes.push_back(kernel(layerKernels[i].name, layerKernels[i].weight));
            if (shape.comm == 0 ||
                std::find(allReducesAfter.begin(), allReducesAfter.end(), i) == allReducesAfter.end())
                continue;
            nodes.push_back(kernel(kernelnames::allReduce, 1));
            nodes.back().isComm = true;
        }
    }
    nodes.push_back(kernel(kernelnames::finalNorm, 18));

    std::vector<GpuOpSpec*> compute;
    std::vector<GpuOpSpec*> comm;
    for (GpuOpSpec& node : nodes) {
        node.delay = &node == &nodes.front() ? 0 : shape.delay;
        (node.isComm ? comm : compute).push_back(&node);
    }
    shareOut(shape.duration - shape.comm, compute);
    if (!comm.empty())
        shareOut(shape.comm, comm);
    return nodes;
}

std::vector<std::vector<GpuOpSpec>> inPieces(const std::vector<GpuOpSpec>& nodes, int pieces)
{
    std::vector<std::vector<GpuOpSpec>> result(static_cast<std::size_t>(pieces));
    for (std::size_t i = 0; i < nodes.size(); ++i)
        result[i * result.size() / nodes.size()].push_back(nodes[i]);
    return result;
}

LaunchSpec graphReplay(std::int64_t graphId, std::vector<GpuOpSpec> nodes, Nanos gap)
{
    LaunchSpec launch;
    launch.api = "cudaGraphLaunch";
    launch.graphId = graphId;
    launch.ops = std::move(nodes);
    launch.gap = gap;
    launch.lead = 60000;
    launch.callDuration = 70000; // returns after its work has begun: all the lead counts as launch
    return launch;
}

LaunchSpec eagerKernel(const std::string& name, Nanos duration, Nanos gap)
{
    LaunchSpec launch;
    launch.ops = {kernel(name, duration)};
    launch.gap = gap;
    launch.lead = 6000;
    return launch;
}

LaunchSpec tokenCopy(std::int64_t bytes, Nanos duration)
{
    return tokenCopyOn(false, bytes, duration);
}

LaunchSpec sideTokenCopy(std::int64_t bytes, Nanos duration)
{
    return tokenCopyOn(true, bytes, duration);
}

LaunchSpec inputCopy(std::int64_t bytes, Nanos duration, Nanos gap)
{
    GpuOpSpec op = kernel("", duration);
    op.copy = CopyKind::HostToDevice;
    op.source = MemoryKind::Pinned;
    op.bytes = bytes;
    return copyLaunch(op, gap);
}

void addSampling(StepSpec& step, Nanos head)
{
    step.launches.push_back(afterForward(eagerKernel(kernelnames::gemmHead, head), "aten::mm"));
    step.launches.push_back(afterForward(eagerKernel(kernelnames::argmax, 12000), "aten::argmax"));
    step.launches.push_back(tokenCopy(4, 2000));
}

void addSamplingWithHiddenCopy(StepSpec& step, Nanos head)
{
    step.launches.push_back(afterForward(eagerKernel(kernelnames::gemmHead, head), "aten::mm"));
    step.launches.push_back(afterForward(eagerKernel(kernelnames::argmax, 20000), "aten::argmax"));
    step.launches.push_back(sideTokenCopy(4, 2000));
    step.launches.push_back(eagerKernel(kernelnames::postUpdate, 30000));
    step.launches.back().inStepRange = false;
    step.launches.back().api = "cuLaunchKernelEx";
}

void setHostGap(StepSpec& step, Nanos gap, const HostGap& host)
{
    step.wait.returnDelay = host.syncReturn;
    addIfAny(step.update, "sample_tokens", host.sampling);
    addIfAny(step.update, "update_from_output", host.update);
    addIfAny(step.schedule, "schedule", host.schedule);
    LaunchSpec& first = step.launches.front();
    addIfAny(first.hostBefore, "_prepare_inputs", host.prepare);
    addIfAny(first.hostBefore, "build_attn_metadata", host.metadata);
    first.gap = gap;
    first.lead = host.launch;
    // Returns after the work has begun: all the lead counts as launch.
    first.callDuration = std::max(first.callDuration, host.launch + 2000);
}

StepSpec workedStep()
{
    StepSpec step;
    step.launches.push_back(graphReplay(11, decoderNodes({4, 1500000, 0, 0})));
    addSampling(step, 196000);
    setHostGap(step, 11400000, workedHostGap());
    return step;
}

HostGap workedHostGap()
{
    HostGap host;
    host.sampling = 500000;
    host.update = 1500000;
    host.schedule = 2500000;
    host.prepare = 4000000;
    host.metadata = 1000000;
    return host;
}

StepSpec prefillStep(int count, Nanos duration)
{
    constexpr std::array<const char*, 4> names{kernelnames::gemmPrefill, kernelnames::attentionPrefill,
                                               kernelnames::gemmPrefill, kernelnames::silu};
    StepSpec step;
    for (int i = 0; i < count; ++i)
        step.launches.push_back(
            eagerKernel(names[static_cast<std::size_t>(i) % names.size()], duration / count));
    step.launches.back().ops.front().duration += duration % count;
    step.annotation.contextRequests = 1;
    step.annotation.contextTokens = 512;
    step.annotation.genRequests = 0;
    step.annotation.genTokens = 0;
    return step;
}

RankLoop rankLoop(int rank, std::vector<Segment> segments)
{
    RankLoop loop;
    loop.process.rank = rank;
    loop.process.pid = 1239 + rank;
    loop.process.tid = loop.process.pid;
    loop.process.device = rank;
    loop.process.physicalGpu = rank;
    loop.seed = static_cast<std::uint64_t>(rank) + 1;
    loop.segments = std::move(segments);
    return loop;
}

LoopDescription replicated(const RankLoop& rank, int count, Nanos skew)
{
    LoopDescription loop;
    loop.devices.assign(static_cast<std::size_t>(count), DeviceInfo{});
    for (int i = 0; i < count; ++i) {
        RankLoop copy = rankLoop(i, rank.segments);
        copy.firstOp = rank.firstOp + i * skew;
        copy.firstCorrelation = rank.firstCorrelation;
        loop.ranks.push_back(std::move(copy));
    }
    return loop;
}

} // namespace stepscope::testsupport
