#include "core/report/gapsreport.h"

#include "core/report/gaplist.h"
#include "core/report/jsondocument.h"
#include "core/report/stepwork.h"
#include "core/report/verdicttext.h"

namespace stepscope {

namespace {

Json nameJson(const Trace& trace, NameId name)
{
    return name.isValid() ? Json(trace.name(name)) : Json(nullptr);
}

Json spanJson(const Trace& trace, NameId name, TimeRange range)
{
    return {{"name", trace.name(name)},
            {"start_ns", nanosecondsOf(range.begin)},
            {"end_ns", nanosecondsOf(range.end)}};
}

Json operationJson(const Trace& trace, DeviceId device, std::optional<std::size_t> row)
{
    const ActivityTable& work = trace.device(device).activities;
    return row ? spanJson(trace, work.name(*row), work.range(*row)) : Json(nullptr);
}

Json callJson(const Trace& trace, CallId call)
{
    if (!call.isValid())
        return nullptr;
    return spanJson(trace, trace.calls().name(call.value()), trace.calls().range(call.value()));
}

/// The owners of idle time: the idle classes of `times`, all of them.
Json ownersJson(const ClassTimes& times)
{
    Json json = Json::object();
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isBusy(timeClass))
            json[std::string(timeClassWord(timeClass)) + "_ns"] = times[timeClass].count();
    }
    return json;
}

Json partsJson(const Trace& trace, const std::vector<GapPart>& parts)
{
    Json list = Json::array();
    for (const GapPart& part : parts) {
        list.push_back({{"start_ns", nanosecondsOf(part.range.begin)},
                        {"dur_ns", part.range.duration().count()},
                        {"owner", idleOwnerWord(part.owner)},
                        {"reason", nameJson(trace, part.reason)}});
    }
    return list;
}

Json gapJson(const Trace& trace, DeviceId device, const GapAutopsy& autopsy, const GapPlace& place)
{
    Json selfTimes = Json::array();
    for (const SelfTime& self : autopsy.selfTimes)
        selfTimes.push_back({{"name", trace.name(self.name)}, {"time_ns", self.time.count()}});
    return {{"start_ns", nanosecondsOf(autopsy.gap.begin)},
            {"dur_ns", autopsy.gap.duration().count()},
            {"step", place.step ? Json(*place.step) : Json(nullptr)},
            {"kind", place.isBoundary ? "boundary" : "inner"},
            {"parts", partsJson(trace, autopsy.parts)},
            {"before", operationJson(trace, device, autopsy.before)},
            {"next", operationJson(trace, device, autopsy.next)},
            {"launch", callJson(trace, autopsy.launch)},
            {"prequeued", autopsy.launch.isValid() ? Json(autopsy.isPrequeued) : Json(nullptr)},
            {"blocking", callJson(trace, autopsy.blocking)},
            {"cpu_self_times", std::move(selfTimes)}};
}

/// Where the idle time of a step goes: steps domain (definitions.md §2).
Json perStepJson(const StepBudget& budget)
{
    Json owners = Json::object();
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isBusy(timeClass))
            owners[std::string(timeClassWord(timeClass))] = lineJson(budget, budget.of(timeClass));
    }
    return {{"steps", budget.steps},
            {"cadence", lineJson(budget, budget.cadence)},
            {"idle", lineJson(budget, budget.idle)},
            {"host_idle", lineJson(budget, budget.host)},
            {"owners", std::move(owners)}};
}

Json gapsOfDevice(const Assessment& assessment, const TraceIndex& index, DeviceId device, std::size_t most)
{
    const DeviceWindow& numbers = assessment.analysis.devices[device.value()];
    const GapList list(assessment, index, device, most);
    Json gaps = Json::array();
    for (const TimeRange& gap : list.gaps())
        gaps.push_back(gapJson(index.trace(), device, list.autopsyOf(gap), list.placeOf(gap)));
    Json json = deviceNamesJson(index.trace(), device);
    json["per_step"] = perStepJson(numbers.budget);
    json["idle"] = {{"total_ns", numbers.inWindow.idle().count()},
                    {"owners", ownersJson(numbers.inWindow)},
                    {"gaps", numbers.gaps.gapCount},
                    {"in_gaps_ns", numbers.gaps.gapTime.count()},
                    {"in_no_whole_gap_ns", numbers.clippedIdle.count()}};
    json["listed"] = {{"gaps", list.gaps().size()},
                      {"total_ns", list.times().idle().count()},
                      {"owners", ownersJson(list.times())}};
    json["gaps"] = std::move(gaps);
    return json;
}

} // namespace

std::string gapsJson(const Assessment& assessment, const TraceIndex& index, std::size_t most)
{
    Json json = documentHead("stepscope.gaps/1", assessment, index);
    json["context"] = contextJson(assessment.context);
    json["devices"] = Json::array();
    for (std::size_t device = 0; device < index.devices().size(); ++device)
        json["devices"].push_back(gapsOfDevice(assessment, index, DeviceId(device), most));
    json["import_log"] = importLogJson(index.trace().log());
    return documentText(json);
}

} // namespace stepscope
