#include "tests/truth/gatecorpus/cleancaptures.h"

#include "tests/support/closedform.h"
#include "tests/support/kernelnames.h"
#include "tests/support/stepbuilder.h"

#include <utility>

namespace stepscope::gatecorpus {

namespace {

namespace support = testsupport;

constexpr int cleanSteps = 40;

CorpusCapture captureOf(support::LoopDescription loop, double tokens = 1.0)
{
    CorpusCapture capture;
    capture.loop = std::move(loop);
    for (support::RankLoop& rank : capture.loop.ranks)
        rank.segments.front().count = cleanSteps;
    capture.tokens = tokens;
    return capture;
}

CorpusCapture annotated(support::AnnotationStyle style)
{
    CorpusCapture capture = captureOf(support::workedStepCase().loop);
    support::annotate(capture.loop, style);
    return capture;
}

/// Verify graph, three replays of the draft graph, sampling.
CorpusCapture speculative()
{
    CorpusCapture capture = annotated(support::AnnotationStyle::VllmContext);
    support::StepSpec& step = capture.step();
    const support::LaunchSpec draft = support::graphReplay(12, support::decoderNodes({1, 100'000, 0, 0}));
    step.launches.insert(step.launches.begin() + 1, 3, draft);
    step.annotation.genTokens = 4;
    capture.tokens = 2.11;
    return capture;
}

CorpusCapture eager()
{
    CorpusCapture capture = annotated(support::AnnotationStyle::VllmContext);
    support::StepSpec step;
    step.annotation = capture.step().annotation;
    for (const support::GpuOpSpec& node : support::decoderNodes({4, 1'500'000, 0, 0}))
        step.launches.push_back(support::eagerKernel(node.name, node.duration));
    support::addSampling(step, 196'000);
    support::setHostGap(step, 11'400'000, support::workedHostGap());
    capture.step() = step;
    return capture;
}

CorpusCapture batchOfFour()
{
    CorpusCapture capture = annotated(support::AnnotationStyle::VllmDetailed);
    capture.step().annotation.genRequests = 4;
    capture.step().annotation.genTokens = 4;
    return capture;
}

CorpusCapture jittered()
{
    CorpusCapture capture = annotated(support::AnnotationStyle::VllmContext);
    support::JitterSpec& jitter = capture.loop.ranks.front().segments.front().jitter;
    jitter.gapPpm = 60'000;
    jitter.durationPpm = 20'000;
    return capture;
}

CorpusCapture twoDevices()
{
    CorpusCapture capture =
        captureOf(support::replicated(support::exposedCommCase().loop.ranks.front(), 2, 1'600'000));
    support::annotate(capture.loop, support::AnnotationStyle::VllmContext);
    capture.isOneRank = false;
    return capture;
}

/// Four graphs a step, of equal kernels: only their ids tell them apart.
CorpusCapture piecewise()
{
    CorpusCapture capture = captureOf(support::piecewiseCase().loop);
    capture.kineto.graphNodeIds = true;
    return capture;
}

/// A prefill before the loop: the automatic window leaves it out.
CorpusCapture prefillBefore()
{
    CorpusCapture capture;
    capture.loop = support::prefillFirstCase().loop;
    capture.loop.ranks.front().segments.back().count = cleanSteps;
    capture.loop.ranks.front().segments.front().step.annotation.genRequests = 0;
    return capture;
}

const std::vector<Format> both = {Format::Nsys, Format::Kineto};
const std::vector<Format> all = {Format::Nsys, Format::NsysGraphLevel, Format::Kineto};

} // namespace

CorpusCapture workedCapture()
{
    return annotated(support::AnnotationStyle::VllmContext);
}

const std::vector<CleanCapture>& cleanCaptures()
{
    static const std::vector<CleanCapture> captures = {
        {"worked, not annotated", [] { return captureOf(support::workedStepCase().loop, 2.11); }, all},
        {"worked, vLLM", workedCapture, all},
        {"worked, vLLM detailed", [] { return annotated(support::AnnotationStyle::VllmDetailed); }, both},
        {"worked, vLLM new", [] { return annotated(support::AnnotationStyle::VllmNew); }, both},
        {"worked, SGLang", [] { return annotated(support::AnnotationStyle::Sglang); }, both},
        {"worked, torch's schedule", [] { return annotated(support::AnnotationStyle::ProfilerStep); }, both},
        {"fast", [] { return captureOf(support::fastLoopCase().loop); }, all},
        {"asynchronous", [] { return captureOf(support::asyncLoopCase().loop); }, all},
        {"comm hidden", [] { return captureOf(support::hiddenCommCase().loop); }, both},
        {"comm exposed", [] { return captureOf(support::exposedCommCase().loop); }, all},
        {"piecewise", piecewise, all},
        {"speculative", speculative, all},
        {"eager", eager, both},
        {"batch of four", batchOfFour, both},
        {"jittered", jittered, both},
        {"two devices", twoDevices, both},
        {"prefill before the window", prefillBefore, both},
        {"old file",
         [] {
             CorpusCapture capture = workedCapture();
             capture.nsys.schema = support::NsysSchema::V2_9_1;
             capture.kineto.style = support::KinetoStyle::Legacy2021;
             return capture;
         },
         both},
    };
    return captures;
}

} // namespace stepscope::gatecorpus
