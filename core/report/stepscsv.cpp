#include "core/report/stepscsv.h"

#include "core/report/csvcontext.h"
#include "core/report/stepwork.h"
#include "core/report/verdicttext.h"

#include <vector>

namespace stepscope {

namespace {

/// product.md counts a lull among the outliers.
std::string_view kindCell(const Step& step, const StepIndex& steps)
{
    return step.kind == StepKind::Lull ? "outlier" : stepKindWord(step, steps);
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
    const StepWork work = StepWork::of(index.trace(), index.trace().device(device).activities, step);
    const auto ns = [](Duration duration) { return std::to_string(duration.count()) + ","; };
    std::string row = std::string(kindCell(step, lane.steps)) + "," +
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
    return row + ns(step.largestGap.duration()) + std::string(largestGapOwner(lane.occupancy, step)) + "," +
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
