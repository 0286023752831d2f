#include "core/report/stepscsv.h"

#include "core/report/csvcontext.h"
#include "core/report/verdicttext.h"

#include <algorithm>
#include <vector>

namespace stepscope {

namespace {

const char* kindWord(const Step& step, const StepIndex& steps)
{
    switch (step.kind) {
    case StepKind::Prefill:
        return "prefill";
    case StepKind::Mixed:
        return "mixed";
    case StepKind::Edge:
        return "edge";
    case StepKind::Lull:
        return "outlier";
    case StepKind::Decode:
        break;
    }
    return isOutlier(step.range.duration(), steps.medianCadence, steps.mixture) ? "outlier" : "decode";
}

/// What the step's operations add up to.
struct StepWork {
    TimeRange gpu;
    std::uint32_t graphNodes = 0;
    std::uint32_t launches = 0; ///< calls that launched no graph
    Duration graphLaunchHost = Duration::zero();
    Duration kernelSum = Duration::zero();
};

StepWork workOf(const Trace& trace, const ActivityTable& work, const Step& step)
{
    StepWork sum;
    sum.gpu = {step.range.begin, step.range.begin};
    std::vector<CallId> calls;
    for (std::uint32_t row = step.firstRow; row < step.lastRow; ++row) {
        sum.gpu.begin = row == step.firstRow ? work.begin(row) : sum.gpu.begin;
        sum.gpu.end = std::max(sum.gpu.end, work.end(row));
        if (work.kind(row) == ActivityKind::Kernel)
            sum.kernelSum += work.range(row).duration();
        const CallId launch = work.launch(row);
        if (!launch.isValid())
            continue;
        const bool isGraph = trace.calls().kind(launch.value()) == ApiCallKind::GraphLaunch;
        sum.graphNodes += isGraph && work.kind(row) != ActivityKind::GraphTrace ? 1U : 0U;
        calls.push_back(launch);
    }
    std::sort(calls.begin(), calls.end());
    calls.erase(std::unique(calls.begin(), calls.end()), calls.end());
    for (const CallId call : calls) {
        if (trace.calls().kind(call.value()) == ApiCallKind::GraphLaunch)
            sum.graphLaunchHost += trace.calls().range(call.value()).duration();
        else
            ++sum.launches;
    }
    return sum;
}

/// The idle class that holds most of the step's largest gap.
std::string gapOwner(const DeviceOccupancy& occupancy, const Step& step)
{
    if (step.largestGap.isEmpty())
        return {};
    const ClassTimes times = occupancy.timesIn(step.largestGap);
    TimeClass owner = TimeClass::Synchronize;
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isBusy(timeClass) && times[timeClass] > times[owner])
            owner = timeClass;
    }
    return std::string(timeClassWord(owner).substr(std::string_view("idle_").size()));
}

std::string tokenCells(const Step& step)
{
    if (!step.tokens)
        return ",,,";
    return std::to_string(step.tokens->contextRequests) + "," + std::to_string(step.tokens->contextTokens) +
           "," + std::to_string(step.tokens->generationRequests) + "," +
           std::to_string(step.tokens->generationTokens);
}

std::string stepRow(const TraceIndex& index, DeviceId device, const Step& step)
{
    const DeviceIndex& lane = index.device(device);
    const StepWork work = workOf(index.trace(), index.trace().device(device).activities, step);
    const auto ns = [](Duration duration) { return std::to_string(duration.count()) + ","; };
    std::string row = std::string(kindWord(step, lane.steps)) + "," +
                      std::to_string(nanosecondsOf(step.range.begin)) + "," + ns(step.range.duration()) +
                      std::to_string(nanosecondsOf(work.gpu.begin)) + "," +
                      std::to_string(nanosecondsOf(work.gpu.end)) + "," + ns(step.times[TimeClass::Compute]) +
                      ns(step.times[TimeClass::ExposedComm]) + ns(step.hiddenComm) +
                      ns(step.times[TimeClass::ExposedMemory]) + ns(step.times[TimeClass::GraphOpaque]) +
                      ns(step.times.idle());
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isBusy(timeClass))
            row += ns(step.times[timeClass]);
    }
    return row + ns(step.largestGap.duration()) + gapOwner(lane.occupancy, step) + "," +
           std::to_string(step.graphLaunches) + "," + std::to_string(work.graphNodes) + "," +
           ns(work.graphLaunchHost) + std::to_string(work.launches) + "," +
           std::to_string(step.operations()) + "," + ns(work.kernelSum) + ns(step.times.busy()) +
           tokenCells(step) + "\r\n";
}

} // namespace

std::string stepsCsv(const Assessment& assessment, const TraceIndex& index)
{
    std::string csv = std::string(csvContextHeader) +
                      ",index,kind,start_ns,cadence_ns,gpu_first_ns,gpu_last_ns,compute_ns,exposed_comm_ns,"
                      "hidden_comm_ns,exposed_mem_ns,graph_opaque_ns,idle_ns";
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isBusy(timeClass))
            csv += "," + std::string(timeClassWord(timeClass)) + "_ns";
    }
    csv +=
        ",largest_gap_ns,largest_gap_owner,graph_launches,graph_nodes,graph_launch_host_ns,nongraph_launches,"
        "gpu_ops,summed_kernel_ns,union_busy_ns,ctx_reqs,ctx_tokens,gen_reqs,gen_tokens\r\n";
    for (std::size_t device = 0; device < index.devices().size(); ++device) {
        const std::string context = csvContextCells(assessment, index, DeviceId(device));
        const std::vector<Step>& steps = index.devices()[device].steps.steps;
        for (std::size_t step = 0; step < steps.size(); ++step) {
            if (steps[step].range.overlaps(assessment.analysis.window))
                csv += context + "," + std::to_string(step) + "," +
                       stepRow(index, DeviceId(device), steps[step]);
        }
    }
    return csv;
}

} // namespace stepscope
