#include "core/report/gaptext.h"

#include "core/report/numbertext.h"
#include "core/report/printabletext.h"
#include "core/report/textlayout.h"
#include "core/report/verdicttext.h"

#include <algorithm>
#include <utility>

namespace stepscope {

namespace {

constexpr std::size_t longestName = 90;  // columns: kernel names reach thousands
constexpr std::size_t mostSelfTimes = 5; // the JSON holds them all

std::string shownName(const Trace& trace, NameId name)
{
    return shortened(printable(trace.name(name)), longestName);
}

std::string fact(const char* label, const std::string& value)
{
    return "      " + padded(label, 10) + value + "\n";
}

std::string shareText(Duration part, Duration whole)
{
    return percent(static_cast<double>(part.count()) / static_cast<double>(whole.count())) + " %";
}

std::string callText(const Trace& trace, CallId call)
{
    const ApiCallTable& calls = trace.calls();
    return shownName(trace, calls.name(call.value())) + " from " + seconds(calls.begin(call.value()), 6) +
           " s, took " + milliseconds(calls.range(call.value()).duration(), 6) + " ms";
}

/// Parts of one owner and one reason together: a host that goes back and forth makes many.
std::vector<std::pair<GapPart, Duration>> reasonsOf(const GapAutopsy& autopsy)
{
    std::vector<std::pair<GapPart, Duration>> reasons;
    for (const GapPart& part : autopsy.parts) {
        const auto known = std::find_if(reasons.begin(), reasons.end(), [&part](const auto& other) {
            return other.first.owner == part.owner && other.first.reason == part.reason;
        });
        if (known != reasons.end())
            known->second += part.range.duration();
        else
            reasons.emplace_back(part, part.range.duration());
    }
    std::stable_sort(reasons.begin(), reasons.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return reasons;
}

std::string partLine(Duration time, Duration whole, const std::string& label, const std::string& reason)
{
    const std::string line =
        rightAligned(milliseconds(time, 6), 20) + " ms" + rightAligned(shareText(time, whole), 9) + "  ";
    return line + (reason.empty() ? label : padded(label, 22) + reason) + "\n";
}

std::string selfTimesText(const Trace& trace, const std::vector<SelfTime>& times)
{
    std::string text;
    Duration rest = Duration::zero();
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (i < mostSelfTimes)
            text += fact(i == 0 ? "on CPU" : "",
                         shortDuration(times[i].time) + "  " + shownName(trace, times[i].name));
        else
            rest += times[i].time;
    }
    if (times.size() > mostSelfTimes)
        text += fact("", shortDuration(rest) + "  in " +
                             counted(times.size() - mostSelfTimes, "other event", "other events"));
    return text;
}

} // namespace

std::string gapText(const Trace& trace, DeviceId device, const GapAutopsy& autopsy, const GapPlace& place)
{
    const ActivityTable& work = trace.device(device).activities;
    const Duration whole = autopsy.gap.duration();
    std::string text = milliseconds(whole, 6) + " ms from " + seconds(autopsy.gap.begin, 9) + " s, " +
                       (place.step ? "step " + std::to_string(*place.step) : "in no step") +
                       (place.isBoundary ? ", boundary\n" : ", inner\n");
    if (autopsy.before)
        text += fact("after", shownName(trace, work.name(*autopsy.before)));
    if (autopsy.next)
        text += fact("before", shownName(trace, work.name(*autopsy.next)));
    text += fact("launch", autopsy.launch.isValid()
                               ? callText(trace, autopsy.launch) +
                                     (autopsy.isPrequeued ? ", queued before the gap began" : "")
                               : "not in the file");
    if (autopsy.blocking.isValid())
        text += fact("blocked", callText(trace, autopsy.blocking));
    Duration sum = Duration::zero();
    for (const auto& [part, time] : reasonsOf(autopsy)) {
        text += partLine(time, whole, timeClassLabel(part.owner), shownName(trace, part.reason));
        sum += time;
    }
    return text + partLine(sum, whole, "sum", {}) + selfTimesText(trace, autopsy.selfTimes);
}

} // namespace stepscope
