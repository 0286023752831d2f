#include "core/report/stepsreport.h"

#include "core/analysis/steadychoice.h"
#include "core/report/jsondocument.h"
#include "core/report/leftouttext.h"
#include "core/report/stepwork.h"
#include "core/report/verdicttext.h"

namespace stepscope {

namespace {

Json stretchJson(const std::optional<SteadyStretch>& stretch)
{
    if (!stretch)
        return nullptr;
    return {{"start_ns", nanosecondsOf(stretch->window.begin)},
            {"end_ns", nanosecondsOf(stretch->window.end)},
            {"steps", stretch->steps}};
}

Json steadyJson(const SteadyChoice& choice, TimeRange extent)
{
    Json parts = Json::array();
    for (const LeftOut& part : choice.leftOut) {
        parts.push_back({{"start_ns", nanosecondsOf(part.range.begin)},
                         {"end_ns", nanosecondsOf(part.range.end)},
                         {"steps", part.steps},
                         {"reason", leftOutKey(part.reason)},
                         {"sentence", leftOutSentence(part).english()}});
    }
    return {{"extent_start_ns", nanosecondsOf(extent.begin)},
            {"extent_end_ns", nanosecondsOf(extent.end)},
            {"suggestion", stretchJson(choice.suggestion)},
            {"runner_up", stretchJson(choice.runnerUp)},
            {"left_out", std::move(parts)}};
}

Json tokensJson(const std::optional<StepTokens>& tokens)
{
    if (!tokens)
        return nullptr;
    return {{"ctx_reqs", tokens->contextRequests},
            {"ctx_tokens", tokens->contextTokens},
            {"gen_reqs", tokens->generationRequests},
            {"gen_tokens", tokens->generationTokens}};
}

Json largestGapJson(const DeviceOccupancy& occupancy, const Step& step)
{
    if (step.largestGap.isEmpty())
        return nullptr;
    return {{"start_ns", nanosecondsOf(step.largestGap.begin)},
            {"dur_ns", step.largestGap.duration().count()},
            {"owner", largestGapOwner(occupancy, step)}};
}

/// As in steps.csv, class by class.
Json stepJson(const TraceIndex& index, DeviceId device, std::size_t number)
{
    const DeviceIndex& lane = index.device(device);
    const Step& step = lane.steps.steps[number];
    const StepWork work = StepWork::of(index.trace(), index.trace().device(device).activities, step);
    return {{"index", number},
            {"kind", stepKindWord(step, lane.steps)},
            {"start_ns", nanosecondsOf(step.range.begin)},
            {"cadence_ns", step.range.duration().count()},
            {"gpu_first_ns", nanosecondsOf(work.gpu.begin)},
            {"gpu_last_ns", nanosecondsOf(work.gpu.end)},
            {"busy_ns", step.times.busy().count()},
            {"idle_ns", step.times.idle().count()},
            {"host_ns", step.times.host().count()},
            {"classes", timesJson(step.times)},
            {"hidden_comm_ns", step.hiddenComm.count()},
            {"largest_gap", largestGapJson(lane.occupancy, step)},
            {"gpu_ops", step.operations()},
            {"summed_kernel_ns", work.kernelSum.count()},
            {"graph_launches", step.graphLaunches},
            {"graph_nodes", work.graphNodes},
            {"graph_launch_host_ns", work.graphLaunchHost.count()},
            {"nongraph_launches", work.launches},
            {"tokens", tokensJson(step.tokens)}};
}

Json sumJson(const StepSum& sum)
{
    return {{"steps", sum.steps},
            {"cadence_ns", sum.cadence.count()},
            {"busy_ns", sum.times.busy().count()},
            {"idle_ns", sum.times.idle().count()},
            {"host_ns", sum.times.host().count()},
            {"classes", timesJson(sum.times)},
            {"gpu_ops", sum.operations},
            {"graph_launches", sum.graphLaunches}};
}

Json stepsOfDevice(const Assessment& assessment, const TraceIndex& index, DeviceId device)
{
    const StepIndex& steps = index.device(device).steps;
    const TimeRange extent = index.trace().extent();
    const auto [first, last] = steps.touching(assessment.analysis.window);
    Json list = Json::array();
    for (std::size_t step = first; step < last; ++step)
        list.push_back(stepJson(index, device, step));
    Json json = deviceNamesJson(index.trace(), device);
    json["source"] = stepSourceWord(steps.source);
    json["is_weak"] = steps.isWeak;
    json["boundaries"] = steps.boundaries.size();
    json["median_cadence_ns"] = steps.medianCadence.count();
    json["mixture"] = steps.mixture ? mixtureJson(*steps.mixture) : Json(nullptr);
    json["steady"] = steadyJson(steps.steady, extent);
    json["sum"] = sumJson(StepSum::of(std::span(steps.steps).subspan(first, last - first)));
    json["steps"] = std::move(list);
    return json;
}

} // namespace

std::string stepsJson(const Assessment& assessment, const TraceIndex& index)
{
    Json json = documentHead("stepscope.steps/1", assessment, index);
    json["context"] = contextJson(assessment.context);
    json["devices"] = Json::array();
    for (std::size_t device = 0; device < index.devices().size(); ++device)
        json["devices"].push_back(stepsOfDevice(assessment, index, DeviceId(device)));
    json["import_log"] = importLogJson(index.trace().log());
    return documentText(json);
}

} // namespace stepscope
