#include "tests/support/rankgenerator.h"

#include <algorithm>
#include <stdexcept>

namespace stepscope::testsupport {

namespace {

constexpr Nanos callSpacing = 1000; // between two calls of a thread, and around the call in a CPU operation
constexpr Nanos minimumLead = 1000; // no GPU operation begins sooner after its call has begun

bool isActive(const LaunchSpec& launch, std::int64_t step)
{
    return launch.every <= 1 || step % launch.every == launch.phase;
}

} // namespace

RankGenerator::RankGenerator(const RankLoop& rank, const HostRows& rows, NameTable& names, TraceSink& sink,
                             LoopFacts& facts)
    : m_rank(rank), m_rows(rows), m_names(names), m_sink(sink), m_facts(facts), m_random(rank.seed),
      m_correlation(rank.firstCorrelation), m_externalId(rank.firstExternalId)
{}

void RankGenerator::run()
{
    m_gpu = m_rank.firstOp;
    m_side = m_previousEnd = m_gpu;
    for (const Segment& segment : m_rank.segments) {
        for (std::int64_t index = 0; index < segment.count; ++index)
            runStep(segment, index, index == 0 ? segment.lullBefore : 0);
    }
}

void RankGenerator::runStep(const Segment& segment, std::int64_t index, Nanos lull)
{
    const StepSpec& step = segment.step;
    const JitterSpec& jitter = segment.jitter;
    m_durationPpm = jitter.durationPpm;
    m_tick = jitter.durationPpm > 0 ? jitter.tick : 1;
    const Scale plain{m_random.symmetric(jitter.gapPpm), 1};
    const bool outlier = jitter.outlierEvery > 0 && index % jitter.outlierEvery == jitter.outlierEvery - 1;
    m_gapScale = outlier ? Scale{plain.ppm, jitter.outlierFactor} : plain;

    const auto first = std::find_if(step.launches.begin(), step.launches.end(),
                                    [index](const LaunchSpec& launch) { return isActive(launch, index); });
    if (first == step.launches.end())
        throw std::invalid_argument("a step without launches");
    if (m_steps == 0) { // so that the first operation comes out at firstOp, with its host work before it
        m_gpu -= m_gapScale.of(first->gap) + lull + first->ops.front().delay;
        m_host = m_gpu - step.asyncLead;
    }
    if (step.async)
        m_host = std::max(m_host, m_gpu + m_gapScale.of(first->gap) + lull - step.asyncLead);

    m_stepBegin = -1;
    m_projection = {};
    const Nanos hostBegin = m_host;
    for (const HostSpec& work : step.schedule)
        hostWork(work, m_gapScale);
    const Nanos rangeBegin = m_host;
    Nanos rangeEnd = m_host;
    for (const LaunchSpec& spec : step.launches) {
        if (!isActive(spec, index))
            continue;
        launch(spec, step.async, lull);
        lull = 0;
        m_gapScale = plain;
        if (spec.inStepRange)
            rangeEnd = m_host;
    }
    const Nanos gpuEnd = std::max(m_gpu, m_side);
    wait(step.wait, step.async);
    for (const HostSpec& work : step.update)
        hostWork(work, plain);

    if (step.annotation.style == AnnotationStyle::ProfilerStep)
        addRange(step.annotation, hostBegin, m_host, {m_stepBegin, m_gpu});
    else
        addRange(step.annotation, rangeBegin, rangeEnd, m_projection);
    const bool prefill = step.annotation.contextRequests > 0;
    m_facts.steps.push_back({m_stepBegin, m_gpu, hostBegin, m_host, m_rank.process.pid,
                             static_cast<int>(&segment - m_rank.segments.data()), prefill});
    m_previousEnd = gpuEnd;
    ++m_steps;
}

void RankGenerator::launch(const LaunchSpec& spec, bool async, Nanos lull)
{
    const bool hasGap = spec.gap + lull > 0;
    const Nanos gap = m_gapScale.of(spec.gap) + lull;
    if (hasGap && !async && !spec.hostBefore.empty())
        m_host = std::max(m_host, m_gpu);
    for (const HostSpec& work : spec.hostBefore)
        hostWork(work, m_gapScale);

    const Nanos opBegin = m_gpu + gap + spec.ops.front().delay;
    const Nanos wrapper = spec.cpuOp.empty() ? 0 : callSpacing;
    const Nanos callBegin = hasGap ? opBegin - spec.lead : m_host + wrapper;
    if (callBegin < m_host + wrapper)
        hostIsLate("the host work before " + spec.api + " does not fit into the gap");
    if (callBegin + minimumLead > opBegin)
        hostIsLate(spec.api + " comes after its GPU work");

    const std::int64_t correlation = m_correlation++;
    const std::int64_t externalId = wrapper > 0 ? m_externalId++ : 0;
    // The end of a blocking call is known only after its operations: they go out first.
    Nanos callEnd = callBegin + spec.callDuration;
    if (!spec.blocking)
        addCall(spec.api, callBegin, callEnd, correlation, externalId, m_rank.process.tid, true);
    const std::int64_t ppm = m_durationPpm > 0 ? m_random.symmetric(m_durationPpm) : 0;
    runOps(spec, gap, ppm, correlation, externalId);
    if (spec.blocking) {
        callEnd = std::max(m_gpu, m_side) + spec.callDuration;
        addCall(spec.api, callBegin, callEnd, correlation, externalId, m_rank.process.tid, true);
    }
    if (wrapper > 0)
        addCpuOp(spec.cpuOp, callBegin - wrapper, callEnd + wrapper, externalId);
    m_host = callEnd + wrapper + callSpacing;
}

void RankGenerator::runOps(const LaunchSpec& spec, Nanos gap, std::int64_t durationPpm,
                           std::int64_t correlation, std::int64_t externalId)
{
    const Scale scale{durationPpm, 1};
    std::int64_t node = 0;
    for (const GpuOpSpec& opSpec : spec.ops) {
        GpuOp op;
        op.begin = m_gpu + gap + opSpec.delay;
        op.end = op.begin + onTick(scale.of(opSpec.duration));
        op.correlation = correlation;
        op.bytes = opSpec.bytes;
        op.graphId = spec.graphId;
        op.graphNodeId = spec.graphId == 0 ? 0 : (spec.graphId << 32) + node++;
        op.externalId = externalId;
        op.name = m_names.intern(opSpec.name);
        op.pid = m_rank.process.pid;
        op.device = m_rank.process.device;
        op.stream = opSpec.sideStream ? m_rank.sideStream : m_rank.mainStream;
        op.kind = opSpec.kind;
        op.isComm = opSpec.isComm;
        op.copy = opSpec.copy;
        op.source = opSpec.source;
        op.target = opSpec.target;
        m_sink.add(op);
        if (opSpec.sideStream) {
            m_side = std::max(m_side, op.end);
            continue; // the gap, if any, still lies before the next main-stream operation
        }
        gap = 0;
        m_gpu = std::max(m_gpu, op.end);
        if (m_stepBegin < 0)
            m_stepBegin = op.begin;
        if (spec.inStepRange) {
            m_projection.begin = m_projection.end == 0 ? op.begin : m_projection.begin;
            m_projection.end = std::max(m_projection.end, op.end);
        }
    }
}

void RankGenerator::wait(const WaitSpec& spec, bool async)
{
    if (spec.api.empty())
        return;
    const Nanos workEnd = async ? m_previousEnd : std::max(m_gpu, m_side);
    const Nanos end = std::max(m_host + callSpacing, workEnd + spec.returnDelay);
    const int tid = m_rank.process.tid + (spec.otherThread ? 1 : 0);
    addCall(spec.api, m_host, end, m_correlation++, 0, tid, false);
    if (!spec.otherThread)
        m_host = end;
}

void RankGenerator::hostWork(const HostSpec& spec, Scale scale)
{
    const Nanos begin = m_host;
    m_host += scale.of(spec.duration);
    switch (spec.kind) {
    case HostKind::CpuOp:
        addCpuOp(spec.name, begin, m_host, m_externalId++);
        break;
    case HostKind::ApiCall:
        addCall(spec.name, begin, m_host, m_correlation++, 0, m_rank.process.tid, false);
        break;
    case HostKind::Overhead:
        m_sink.add(
            OverheadRow{begin, m_host, m_names.intern(spec.name), m_rank.process.pid, m_rank.process.tid});
        break;
    case HostKind::Silence:
        break;
    }
}

void RankGenerator::addCall(const std::string& api, Nanos begin, Nanos end, std::int64_t correlation,
                            std::int64_t externalId, int tid, bool isLaunch)
{
    if (m_rows.apiCalls)
        m_sink.add(ApiCall{begin, end, correlation, externalId, m_names.intern(api), m_rank.process.pid, tid,
                           isLaunch});
}

void RankGenerator::addCpuOp(const std::string& name, Nanos begin, Nanos end, std::int64_t externalId)
{
    if (m_rows.cpuOps)
        m_sink.add(
            CpuOp{begin, end, externalId, m_names.intern(name), m_rank.process.pid, m_rank.process.tid});
}

void RankGenerator::addRange(const AnnotationSpec& annotation, Nanos begin, Nanos end, RangeProjection gpu)
{
    if (!m_rows.ranges || annotation.style == AnnotationStyle::None)
        return;
    m_sink.add(HostRange{begin, end, gpu.begin, gpu.end, m_externalId++,
                         m_names.intern(annotationText(annotation, m_steps)), m_rank.process.pid,
                         m_rank.process.tid, m_rank.process.device, m_rank.mainStream});
}

void RankGenerator::hostIsLate(const std::string& what) const
{
    throw std::invalid_argument("rank " + std::to_string(m_rank.process.rank) + ", step " +
                                std::to_string(m_steps) + ": " + what);
}

std::string annotationText(const AnnotationSpec& annotation, std::int64_t stepIndex)
{
    const auto text = [](std::int64_t number) { return std::to_string(number); };
    const auto group = [&text](std::int64_t tokens, std::int64_t requests, std::int64_t keys) {
        return "(sq" + text(tokens) + "sk" + text(keys) + "sqsq" + text(requests * tokens * tokens) + "sqsk" +
               text(tokens * keys) + ")";
    };
    const std::int64_t context = annotation.contextRequests;
    const std::int64_t contextTokens = annotation.contextTokens;
    const std::int64_t generation = annotation.genRequests;
    const std::int64_t genTokens = annotation.genTokens;
    switch (annotation.style) {
    case AnnotationStyle::None:
        break;
    case AnnotationStyle::VllmContext:
        return "execute_context_" + text(context) + "(" + text(contextTokens) + ")_generation_" +
               text(generation) + "(" + text(genTokens) + ")";
    case AnnotationStyle::VllmDetailed:
        return "execute_" + text(contextTokens + genTokens) + "_context_" + text(context) +
               group(contextTokens, context, contextTokens) + "_generation_" + text(generation) +
               group(genTokens, generation, generation == 0 ? 0 : 900 + stepIndex);
    case AnnotationStyle::VllmNew:
        return "execute_new_" + text(context) + "_cached_" + text(generation);
    case AnnotationStyle::Sglang:
        return context > 0 ? "step[EXTEND bs=" + text(context) + " toks=" + text(contextTokens) + "]"
                           : "step[DECODE bs=" + text(generation) + "]";
    case AnnotationStyle::ProfilerStep:
        return "ProfilerStep#" + text(stepIndex);
    }
    return {};
}

} // namespace stepscope::testsupport
