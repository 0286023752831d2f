#include "core/report/stepwork.h"

#include "core/report/verdicttext.h"

#include <algorithm>
#include <vector>

namespace stepscope {

StepWork StepWork::of(const Trace& trace, const ActivityTable& work, const Step& step)
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

StepSum StepSum::of(std::span<const Step> steps)
{
    StepSum sum;
    sum.steps = steps.size();
    for (const Step& step : steps) {
        sum.cadence += step.range.duration();
        sum.times += step.times;
        sum.operations += step.operations();
        sum.graphLaunches += step.graphLaunches;
    }
    return sum;
}

std::string_view stepKindWord(const Step& step, const StepIndex& steps)
{
    switch (step.kind) {
    case StepKind::Prefill:
        return "prefill";
    case StepKind::Mixed:
        return "mixed";
    case StepKind::Edge:
        return "edge";
    case StepKind::Lull:
        return "lull";
    case StepKind::Decode:
        break;
    }
    return isOutlier(step.range.duration(), steps.medianCadence, steps.mixture) ? "outlier" : "decode";
}

std::string_view idleOwnerWord(TimeClass timeClass)
{
    return timeClassWord(timeClass).substr(std::string_view("idle_").size());
}

std::string_view largestGapOwner(const DeviceOccupancy& occupancy, const Step& step)
{
    if (step.largestGap.isEmpty())
        return {};
    const ClassTimes times = occupancy.timesIn(step.largestGap);
    TimeClass owner = TimeClass::Synchronize;
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isBusy(timeClass) && times[timeClass] > times[owner])
            owner = timeClass;
    }
    return idleOwnerWord(owner);
}

} // namespace stepscope
