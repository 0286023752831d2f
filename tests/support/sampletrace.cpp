#include "tests/support/sampletrace.h"

#include "tests/support/kernelnames.h"
#include "tests/support/kinetowriter.h"
#include "tests/support/loopgenerator.h"
#include "tests/support/stepbuilder.h"

namespace stepscope::testsupport {

namespace {

constexpr int drafts = 3;
constexpr std::int64_t verifyGraph = 11;
constexpr std::int64_t draftGraph = 12;

LaunchSpec tail(const char* kernel, Nanos duration, const char* cpuOp)
{
    LaunchSpec launch = eagerKernel(kernel, duration);
    launch.cpuOp = cpuOp;
    launch.inStepRange = false;
    return launch;
}

LaunchSpec triton(const char* kernel, Nanos duration, Nanos gap)
{
    LaunchSpec launch = eagerKernel(kernel, duration, gap);
    launch.api = "cuLaunchKernelEx";
    return launch;
}

LaunchSpec logitsGather(Nanos duration)
{
    LaunchSpec launch = tail(kernelnames::allGather, duration, "");
    launch.api = "cudaLaunchKernelExC";
    launch.ops.front().isComm = true;
    return launch;
}

void addInputs(StepSpec& step)
{
    step.launches.push_back(inputCopy(16, 1120)); // ids: opens the step, behind the host gap
    step.launches.push_back(inputCopy(32, 1150, 21000));
    step.launches.push_back(inputCopy(64, 1090, 17000));
    step.launches.push_back(triton(kernelnames::slotMapping, 2300, 24000));
}

void addVerify(StepSpec& step)
{
    LaunchSpec replay = graphReplay(verifyGraph, decoderNodes({3, 1118000, 96000, 640}), 118000);
    replay.hostBefore = {{"build_attn_metadata", 40000, HostKind::CpuOp}};
    replay.callDuration = 96000;
    step.launches.push_back(replay);
    step.launches.push_back(tail(kernelnames::embedding, 2600, ""));
    step.launches.push_back(tail(kernelnames::gemmHead, 186000, "aten::mm"));
    step.launches.push_back(logitsGather(17600));
    step.launches.push_back(tail(kernelnames::argmax, 13900, "aten::argmax"));
    LaunchSpec reject = triton(kernelnames::rejection, 4200, 0);
    reject.inStepRange = false;
    step.launches.push_back(reject);
}

std::vector<GpuOpSpec> draftNodes()
{
    std::vector<GpuOpSpec> nodes;
    const auto add = [&nodes](const char* name, Nanos duration) {
        GpuOpSpec op;
        op.name = name;
        op.duration = duration;
        op.delay = nodes.empty() ? 0 : 520;
        nodes.push_back(op);
    };
    add(kernelnames::gemmQkv, 13600);
    add(kernelnames::attentionDecode, 14600);
    add(kernelnames::gemmDown, 29200);
    add(kernelnames::allReduce, 9600);
    nodes.back().isComm = true;
    add(kernelnames::gemmDraftHead, 41000);
    add(kernelnames::argmax, 6900);
    return nodes;
}

void addDrafts(StepSpec& step)
{
    LaunchSpec prepare = triton(kernelnames::prepareDraft, 3100, 46000);
    prepare.hostBefore = {{"propose_draft_token_ids", 30000, HostKind::CpuOp}};
    prepare.inStepRange = false;
    step.launches.push_back(prepare);
    for (int draft = 0; draft < drafts; ++draft) {
        LaunchSpec replay = graphReplay(draftGraph, draftNodes(), 58000);
        replay.lead = 30000;
        replay.callDuration = 34000;
        replay.inStepRange = false;
        replay.hostBefore = {{"draft: build_attn_metadata", 22000, HostKind::CpuOp}};
        step.launches.push_back(replay);
    }
}

HostGap sampleHostGap()
{
    HostGap host;
    host.syncReturn = 17000;
    host.sampling = 620000;
    host.update = 1540000;
    host.schedule = 2830000;
    host.prepare = 3270000;
    host.metadata = 910000;
    host.launch = 6000;
    return host;
}

StepSpec decodeStep()
{
    StepSpec step;
    addInputs(step);
    addVerify(step);
    addDrafts(step);
    step.launches.push_back(tokenCopy(4 * (1 + drafts), 1400));
    setHostGap(step, 10980000, sampleHostGap());
    step.launches.front().callDuration = 4000; // a copy call returns at once
    step.annotation.style = AnnotationStyle::VllmContext;
    step.annotation.genTokens = 1 + drafts;
    return step;
}

StepSpec shortPrefill()
{
    StepSpec step = prefillStep(48, 9600000);
    for (std::size_t i = 11; i < step.launches.size(); i += 12) {
        step.launches[i].ops.front().name = kernelnames::allReducePrefill;
        step.launches[i].ops.front().isComm = true;
    }
    step.launches.front().gap = 40000; // the copy before it is too short for the host to stay ahead
    step.launches.front().hostBefore = {{"build_attn_metadata", 25000, HostKind::CpuOp}};
    step.launches.insert(step.launches.begin(), inputCopy(2048, 1600));
    step.launches.push_back(tail(kernelnames::gemmHead, 186000, "aten::mm"));
    step.launches.push_back(logitsGather(17600));
    step.launches.push_back(tail(kernelnames::argmax, 13900, "aten::argmax"));
    step.launches.push_back(tokenCopy(4, 1400));
    setHostGap(step, 10980000, sampleHostGap());
    step.launches.front().callDuration = 4000;
    step.annotation.style = AnnotationStyle::VllmContext;
    return step;
}

} // namespace

LoopDescription sampleLoop()
{
    LoopDescription loop;
    JitterSpec jitter;
    jitter.gapPpm = 20000;
    jitter.durationPpm = 1500;
    jitter.tick = 32;
    loop.ranks.push_back(rankLoop(0, {{shortPrefill(), 1, 0, {}}, {decodeStep(), 144, 0, jitter}}));
    loop.ranks.front().process.name = "VLLM::Worker_TP0";
    loop.ranks.front().seed = 20261124;
    return loop;
}

void writeSample(const std::string& path)
{
    GeneratedTrace trace = generateLoop(sampleLoop());
    trace.header.worldSize = 8;
    KinetoOptions options;
    options.gzip = path.ends_with(".gz");
    options.gzipLevel = 9;
    options.distributedInfo = true;
    writeKineto(trace, path, options);
}

} // namespace stepscope::testsupport
