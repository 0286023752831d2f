#include "core/report/verdicttext.h"

#include "core/report/budgetreport.h"
#include "core/report/gatetext.h"
#include "core/report/numbertext.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace stepscope {

namespace {

std::string perStep(const StepBudget& budget, Duration total)
{
    if (budget.steps == 0)
        return "0";
    return fixed(static_cast<double>(total.count()) / static_cast<double>(budget.steps) / 1e6, 2);
}

const GateResult* gateOf(const std::vector<GateResult>& gates, GateId id)
{
    for (const GateResult& gate : gates) {
        if (gate.gate == id)
            return &gate;
    }
    return nullptr;
}

Sentence withheldSentence(const Assessment& assessment)
{
    const Verdict& verdict = assessment.referenceVerdict();
    if (verdict.withheldBy.empty())
        return {STEPSCOPE_TR("No whole decode step in the window."), {}};
    const GateId first = verdict.withheldBy.front();
    const GateResult* gate = gateOf(assessment.referenceGates(), first);
    const Evidence* evidence = gate ? decidingEvidence(*gate) : nullptr;
    return {STEPSCOPE_TR("No verdict: gate %1 (%2) fails: %3."),
            {std::to_string(static_cast<int>(first)), gateTitle(first),
             evidence ? evidenceSentence(*evidence).english() : std::string()}};
}

/// "GPU 0 runs kernels for …", with the family that holds most of it.
Sentence kernelSentence(const Verdict& verdict, const StepBudget& budget, const std::string& gpu)
{
    Sentence sentence{
        STEPSCOPE_TR(
            "%1 runs kernels for %2 of every %3 ms step (%4 %), no family holds %5 % of that: only less "
            "GPU work makes it faster."),
        {gpu,
         perStep(budget, budget.of(TimeClass::Compute).total + budget.of(TimeClass::GraphOpaque).total +
                             budget.of(TimeClass::InGraph).total),
         perStep(budget, budget.cadence.total), percent(verdict.shares.kernel, 0)}};
    if (verdict.isInsideGraphs) {
        sentence.text =
            STEPSCOPE_TR("%1 runs kernels for %2 of every %3 ms step (%4 %), inside graphs and not "
                         "recorded one by one: only less GPU work makes it faster.");
    } else if (verdict.family) {
        sentence.text =
            STEPSCOPE_TR("%1 runs kernels for %2 of every %3 ms step (%4 %), above all %5 (%6 % of "
                         "that): only less GPU work makes it faster.");
        sentence.arguments.emplace_back(kernelFamilyLabel(*verdict.family));
        sentence.arguments.push_back(percent(verdict.familyShare, 0));
    } else {
        sentence.arguments.push_back(percent(verdict.thresholds.family, 0));
    }
    return sentence;
}

/// The profiler may have made what the trace shows.
Sentence lowOverheadSentence(const Verdict& verdict, const std::string& gpu)
{
    const RobustInterval& robust = *verdict.robust;
    Sentence sentence{"",
                      {gpu, percent(robust.shareLow, 0), percent(robust.shareHigh, 0),
                       verdictWord(robust.atLow), verdictWord(robust.atHigh), fixed(verdict.slowdown, 2)}};
    sentence.text =
        verdict.isSlowdownAssumed
            ? STEPSCOPE_TR(
                  "The profiler may hide what holds %1: if it makes the server up to %6 times slower, "
                  "the host holds %2 to %3 % of a step, from %4 to %5. Enter the TPOT of a round "
                  "without it, or capture with Nsight Systems.")
            : STEPSCOPE_TR(
                  "The profiler hides what holds %1: it made the server %6 times slower, and without it "
                  "the host holds %2 to %3 % of a step, from %4 to %5. Capture with Nsight Systems.");
    return sentence;
}

/// The two largest shares by name.
Sentence balancedSentence(const VerdictShares& shares, const std::string& gpu, const std::string& step)
{
    std::array<std::pair<double, const char*>, 5> named = {
        {{shares.host, STEPSCOPE_TR("host")},
         {shares.kernel, STEPSCOPE_TR("kernels")},
         {shares.comm, STEPSCOPE_TR("exposed communication")},
         {shares.device, STEPSCOPE_TR("GPU-side wait")},
         {shares.other, STEPSCOPE_TR("copies and small gaps")}}};
    std::stable_sort(named.begin(), named.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    return {STEPSCOPE_TR("No side dominates the %2 ms step of %1: %3 %4 %, %5 %6 %."),
            {gpu, step, named[0].second, percent(named[0].first, 0), named[1].second,
             percent(named[1].first, 0)}};
}

/// Of whom the sentence speaks: "GPU 0", in a rank set "Rank 3".
std::string deviceSubject(const Trace& trace, DeviceId device)
{
    const std::optional<int> rank = trace.capture().files.empty() ? std::nullopt : trace.rankOf(device);
    return rank ? "Rank " + std::to_string(*rank) : "GPU " + std::to_string(trace.device(device).key);
}

} // namespace

const char* verdictWord(VerdictClass verdict)
{
    switch (verdict) {
    case VerdictClass::Withheld:
        return STEPSCOPE_TR("withheld");
    case VerdictClass::OwnerUnknown:
        return STEPSCOPE_TR("idle-bound, owner unknown");
    case VerdictClass::NeedsLowOverhead:
        return STEPSCOPE_TR("needs a low-overhead capture");
    case VerdictClass::HostBound:
        return STEPSCOPE_TR("host-bound");
    case VerdictClass::CommBound:
        return STEPSCOPE_TR("comm-bound");
    case VerdictClass::KernelBound:
        return STEPSCOPE_TR("kernel-bound");
    case VerdictClass::DependencyBound:
        return STEPSCOPE_TR("dependency-bound");
    case VerdictClass::Balanced:
        return STEPSCOPE_TR("balanced");
    case VerdictClass::MixedLeaningHost:
        return STEPSCOPE_TR("mixed, leaning host-bound");
    case VerdictClass::MixedLeaningComm:
        return STEPSCOPE_TR("mixed, leaning comm-bound");
    case VerdictClass::MixedLeaningKernel:
        return STEPSCOPE_TR("mixed, leaning kernel-bound");
    }
    return "";
}

Sentence verdictSentence(const Assessment& assessment, const TraceIndex& index)
{
    return verdictSentence(assessment, index, assessment.referenceVerdict().verdict);
}

Sentence verdictSentence(const Assessment& assessment, const TraceIndex& index, VerdictClass shown)
{
    const Verdict& verdict = assessment.referenceVerdict();
    const StepBudget& budget = assessment.referenceWindow().budget;
    const std::string gpu = deviceSubject(index.trace(), assessment.reference);
    const std::string step = perStep(budget, budget.cadence.total);
    const std::string busy = percent(budget.share(budget.busy.total), 0);
    switch (shown) {
    case VerdictClass::Withheld:
        return withheldSentence(assessment);
    case VerdictClass::HostBound:
        return {STEPSCOPE_TR(
                    "%1 waits %2 of every %3 ms step for the host. It is busy %4 %, so tuning kernels cannot "
                    "move more than that."),
                {gpu, perStep(budget, budget.host.total), step, busy}};
    case VerdictClass::CommBound:
        return {
            STEPSCOPE_TR("%1 spends %2 of every %3 ms step in communication that no kernel hides (%4 %)."),
            {gpu, perStep(budget, budget.of(TimeClass::ExposedComm).total), step,
             percent(verdict.shares.comm, 0)}};
    case VerdictClass::KernelBound:
        return kernelSentence(verdict, budget, gpu);
    case VerdictClass::DependencyBound:
        return {STEPSCOPE_TR(
                    "%1 waits %2 of every %3 ms step for work that was launched long before: a dependency or "
                    "another process on the GPU."),
                {gpu, perStep(budget, budget.of(TimeClass::Device).total), step}};
    case VerdictClass::OwnerUnknown:
        return {
            STEPSCOPE_TR(
                "%1 idles %2 of every %3 ms step, but the file does not hold the host calls that would say "
                "why: capture again with CPU rows."),
            {gpu, perStep(budget, budget.idle.total), step}};
    case VerdictClass::NeedsLowOverhead:
        return lowOverheadSentence(verdict, gpu);
    case VerdictClass::Balanced:
        return balancedSentence(verdict.shares, gpu, step);
    case VerdictClass::MixedLeaningHost:
    case VerdictClass::MixedLeaningComm:
    case VerdictClass::MixedLeaningKernel:
        return {STEPSCOPE_TR(
                    "No side dominates the %2 ms step of %1: host %3 %, kernels %4 %, exposed communication "
                    "%5 %."),
                {gpu, step, percent(verdict.shares.host, 0), percent(verdict.shares.kernel, 0),
                 percent(verdict.shares.comm, 0)}};
    }
    return {};
}

Sentence marginSentence(const Assessment& assessment)
{
    const Verdict& verdict = assessment.referenceVerdict();
    if (verdict.verdict == VerdictClass::Withheld || verdict.verdict == VerdictClass::OwnerUnknown ||
        verdict.verdict == VerdictClass::NeedsLowOverhead)
        return {};
    const bool isAbove = verdict.marginPerStep >= Duration::zero();
    Sentence sentence{"",
                      {percent(verdict.decidingShare), percent(verdict.decidingLine, 0),
                       shortDuration(Duration(std::abs(verdict.marginPerStep.count())))}};
    switch (verdict.decidingSide) {
    case VerdictSide::Host:
        sentence.text = isAbove ? STEPSCOPE_TR("host share %1 %, flips below %2 %: needs −%3 per step")
                                : STEPSCOPE_TR("host share %1 %, flips from %2 % on: needs +%3 per step");
        break;
    case VerdictSide::Comm:
        sentence.text =
            isAbove
                ? STEPSCOPE_TR("share of exposed communication %1 %, flips below %2 %: needs −%3 per step")
                : STEPSCOPE_TR("share of exposed communication %1 %, flips from %2 % on: needs +%3 per step");
        break;
    case VerdictSide::Kernel:
        sentence.text = isAbove ? STEPSCOPE_TR("kernel share %1 %, flips below %2 %: needs −%3 per step")
                                : STEPSCOPE_TR("kernel share %1 %, flips from %2 % on: needs +%3 per step");
        break;
    case VerdictSide::Device:
        sentence.text =
            isAbove ? STEPSCOPE_TR("share of GPU-side wait %1 %, flips below %2 %: needs −%3 per step")
                    : STEPSCOPE_TR("share of GPU-side wait %1 %, flips from %2 % on: needs +%3 per step");
        break;
    }
    return sentence;
}

std::vector<Sentence> differingDevices(const Assessment& assessment, const TraceIndex& index)
{
    std::vector<Sentence> sentences;
    for (std::size_t device = 0; device < assessment.verdicts.size(); ++device) {
        const VerdictClass verdict = assessment.verdicts[device].verdict;
        if (verdict != assessment.referenceVerdict().verdict &&
            assessment.analysis.devices[device].budget.steps > 0)
            sentences.push_back({STEPSCOPE_TR("%1 differs: %2"),
                                 {deviceLabel(index.trace(), DeviceId(device)), verdictWord(verdict)}});
    }
    return sentences;
}

const char* kernelFamilyLabel(KernelClass kernelClass)
{
    switch (kernelClass) {
    case KernelClass::Communication:
        return STEPSCOPE_TR("communication");
    case KernelClass::KvCache:
        return STEPSCOPE_TR("KV cache");
    case KernelClass::Speculation:
        return STEPSCOPE_TR("speculative decoding");
    case KernelClass::MixtureOfExperts:
        return STEPSCOPE_TR("mixture of experts");
    case KernelClass::Preparation:
        return STEPSCOPE_TR("input preparation");
    case KernelClass::Attention:
        return STEPSCOPE_TR("attention");
    case KernelClass::Sampling:
        return STEPSCOPE_TR("sampling");
    case KernelClass::Activation:
        return STEPSCOPE_TR("activation functions");
    case KernelClass::Normalisation:
        return STEPSCOPE_TR("normalisation");
    case KernelClass::Quantisation:
        return STEPSCOPE_TR("quantisation");
    case KernelClass::RotaryEmbedding:
        return STEPSCOPE_TR("rotary embedding");
    case KernelClass::MatrixMultiply:
        return STEPSCOPE_TR("matrix multiplication");
    case KernelClass::Embedding:
        return STEPSCOPE_TR("embedding");
    case KernelClass::Triton:
        return STEPSCOPE_TR("Triton kernels");
    case KernelClass::Elementwise:
        return STEPSCOPE_TR("elementwise kernels");
    case KernelClass::Unknown:
        break;
    }
    return STEPSCOPE_TR("kernels of no known family");
}

TrustLevel trustOf(const TraceIndex& index, DeviceId device)
{
    if (index.trace().capture().format == TraceFormat::KinetoJson)
        return TrustLevel::ShapeOnly;
    return index.device(device).occupancy.isGraphLevel() ? TrustLevel::GraphLevel : TrustLevel::AbsoluteBusy;
}

const char* trustWord(TrustLevel level)
{
    switch (level) {
    case TrustLevel::AbsoluteBusy:
        return STEPSCOPE_TR("absolute busy % trusted");
    case TrustLevel::GraphLevel:
        return STEPSCOPE_TR("graph level: busy is an upper bound");
    case TrustLevel::ShapeOnly:
        return STEPSCOPE_TR("shape only");
    }
    return "";
}

const char* trustMeaning(TrustLevel level)
{
    switch (level) {
    case TrustLevel::AbsoluteBusy:
        return STEPSCOPE_TR(
            "Nsight Systems recorded every kernel, inside graphs too. Its own cost is low; a typed TPOT "
            "shows how low.");
    case TrustLevel::GraphLevel:
        return STEPSCOPE_TR(
            "Graph replays are recorded as one span each: cheap, but gaps inside them count as busy, and "
            "kernels and communication inside are unknown.");
    case TrustLevel::ShapeOnly:
        return STEPSCOPE_TR(
            "The PyTorch profiler slows the host down, by 1.1 to 6 times. Shares show where time goes; "
            "absolute times and busy % do not speak for the server without its TPOT.");
    }
    return "";
}

const char* stepSourceWord(StepSource source)
{
    switch (source) {
    case StepSource::None:
        return STEPSCOPE_TR("none");
    case StepSource::Annotation:
        return STEPSCOPE_TR("annotations");
    case StepSource::Operation:
        return STEPSCOPE_TR("operation");
    case StepSource::Graph:
        return STEPSCOPE_TR("graph");
    case StepSource::Gaps:
        return STEPSCOPE_TR("gaps");
    case StepSource::User:
        return STEPSCOPE_TR("drawn");
    case StepSource::CallStack:
        return STEPSCOPE_TR("call stack");
    }
    return "";
}

const char* stepSourceMeaning(StepSource source)
{
    switch (source) {
    case StepSource::None:
        return STEPSCOPE_TR("No repeating step was found.");
    case StepSource::Annotation:
        return STEPSCOPE_TR("Steps from the engine's own annotations, projected to the GPU.");
    case StepSource::Operation:
        return STEPSCOPE_TR(
            "Steps from the operation that runs once in each: a sampler or the copy of the token ids.");
    case StepSource::Graph:
        return STEPSCOPE_TR("Steps from replays of the CUDA graph that runs once in each.");
    case StepSource::Gaps:
        return STEPSCOPE_TR(
            "Steps from the long gaps between GPU work: right only where each step has one large gap.");
    case StepSource::User:
        return STEPSCOPE_TR("Steps between the boundaries that you drew.");
    case StepSource::CallStack:
        return STEPSCOPE_TR("Steps from the Python function that runs one, projected to the GPU.");
    }
    return "";
}

const char* timeClassLabel(TimeClass timeClass)
{
    switch (timeClass) {
    case TimeClass::Compute:
        return STEPSCOPE_TR("compute");
    case TimeClass::ExposedComm:
        return STEPSCOPE_TR("exposed comm");
    case TimeClass::ExposedMemory:
        return STEPSCOPE_TR("copies");
    case TimeClass::GraphOpaque:
        return STEPSCOPE_TR("inside graphs");
    case TimeClass::Synchronize:
        return STEPSCOPE_TR("synchronisation");
    case TimeClass::Launch:
        return STEPSCOPE_TR("launch");
    case TimeClass::GraphLaunch:
        return STEPSCOPE_TR("graph launch");
    case TimeClass::Sampling:
        return STEPSCOPE_TR("sampling");
    case TimeClass::Scheduler:
        return STEPSCOPE_TR("scheduler");
    case TimeClass::Prepare:
        return STEPSCOPE_TR("prepare");
    case TimeClass::Draft:
        return STEPSCOPE_TR("draft");
    case TimeClass::Allocate:
        return STEPSCOPE_TR("allocation");
    case TimeClass::OtherHost:
        return STEPSCOPE_TR("other host work");
    case TimeClass::Untraced:
        return STEPSCOPE_TR("untraced host work");
    case TimeClass::InGraph:
        return STEPSCOPE_TR("pauses inside graphs");
    case TimeClass::Micro:
        return STEPSCOPE_TR("gaps under 5 µs");
    case TimeClass::Device:
        return STEPSCOPE_TR("GPU-side wait");
    case TimeClass::Profiler:
        return STEPSCOPE_TR("profiler");
    case TimeClass::Unattributed:
        return STEPSCOPE_TR("no owner recorded");
    case TimeClass::ClockFault:
        return STEPSCOPE_TR("clock fault");
    }
    return "";
}

std::string_view timeClassWord(TimeClass timeClass)
{
    switch (timeClass) {
    case TimeClass::Compute:
        return "compute";
    case TimeClass::ExposedComm:
        return "exposed_comm";
    case TimeClass::ExposedMemory:
        return "exposed_mem";
    case TimeClass::GraphOpaque:
        return "graph_opaque";
    case TimeClass::Synchronize:
        return "idle_sync";
    case TimeClass::Launch:
        return "idle_launch";
    case TimeClass::GraphLaunch:
        return "idle_graph_launch";
    case TimeClass::Sampling:
        return "idle_sampling";
    case TimeClass::Scheduler:
        return "idle_scheduler";
    case TimeClass::Prepare:
        return "idle_prepare";
    case TimeClass::Draft:
        return "idle_draft";
    case TimeClass::Allocate:
        return "idle_alloc";
    case TimeClass::OtherHost:
        return "idle_other";
    case TimeClass::Untraced:
        return "idle_untraced";
    case TimeClass::InGraph:
        return "idle_in_graph";
    case TimeClass::Micro:
        return "idle_micro";
    case TimeClass::Device:
        return "idle_device";
    case TimeClass::Profiler:
        return "idle_profiler";
    case TimeClass::Unattributed:
        return "idle_unattributed";
    case TimeClass::ClockFault:
        return "idle_clock_fault";
    }
    return "";
}

} // namespace stepscope
