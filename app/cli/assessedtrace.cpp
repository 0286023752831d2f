#include "app/cli/assessedtrace.h"

#include "app/cli/importanswers.h"
#include "app/cli/opentrace.h"
#include "app/cli/statedinput.h"
#include "app/cli/windowargument.h"

#include <algorithm>
#include <iostream>
#include <utility>

namespace stepscope {

namespace {

/// The lane with that device number; where several have it, or none, the lane in that place of the list.
std::optional<DeviceId> deviceOf(const Trace& trace, std::int64_t number)
{
    std::optional<DeviceId> found;
    std::size_t matches = 0;
    for (std::size_t device = 0; device < trace.devices().size(); ++device) {
        if (trace.devices()[device].key == number) {
            found = DeviceId(device);
            ++matches;
        }
    }
    if (matches == 1)
        return found;
    if (number >= 0 && static_cast<std::size_t>(number) < trace.devices().size())
        return DeviceId(static_cast<std::size_t>(number));
    return std::nullopt;
}

/// On failure nullopt: `fault` says what is wrong with the words, or is empty where the trace could not be
/// read, which was then said on stderr.
std::optional<AssessedTrace> assessWords(const Arguments& arguments, std::string& fault)
{
    const auto refuse = [&fault](std::string what) -> std::optional<AssessedTrace> {
        fault = std::move(what);
        return std::nullopt;
    };
    if (!arguments.fault().empty())
        return refuse(arguments.fault());
    if (arguments.positional().empty())
        return refuse("needs a trace");
    const std::optional<AssessmentInput> input = statedInput(arguments, fault);
    if (!input)
        return std::nullopt;
    const std::string windowText = arguments.value("--window").value_or("auto");
    const std::optional<TimeRange> typedWindow = parseWindow(windowText);
    if (!typedWindow && windowText != "auto" && windowText != "all")
        return refuse("--window is auto, all or two times such as 1.5s:6.33s, not " + windowText);
    const std::string deviceText = arguments.value("--device").value_or("");
    const std::optional<double> deviceNumber = parseNumber(deviceText);
    if (!deviceText.empty() && !deviceNumber)
        return refuse("--device needs a number, not " + deviceText);

    StepOptions options;
    options.useAnnotations = !arguments.has("--no-annotations");
    const std::shared_ptr<const TraceIndex> index =
        openTrace(arguments.positional(), options, importAnswers(arguments), !arguments.has(noCacheSwitch));
    if (!index)
        return std::nullopt;
    DeviceId reference = index->referenceDevice();
    if (deviceNumber) {
        const std::optional<DeviceId> chosen =
            deviceOf(index->trace(), static_cast<std::int64_t>(*deviceNumber));
        if (!chosen)
            return refuse("the trace has no device " + deviceText);
        reference = *chosen;
    }
    TimeRange window = typedWindow.value_or(index->automaticWindow(reference));
    if (windowText == "all")
        window = index->device(reference).occupancy.busy().extent();
    return AssessedTrace{index, assessWindow(*index, window, reference, *input)};
}

} // namespace

const std::vector<std::string_view>& windowOptions()
{
    static const std::vector<std::string_view> options = {"--window", "--device"};
    return options;
}

const std::vector<std::string_view>& windowSwitches()
{
    static const std::vector<std::string_view> switches = {"--no-annotations", noPythonSwitch, anySizeSwitch,
                                                           trustGzipSwitch, noCacheSwitch};
    return switches;
}

const std::vector<std::string_view>& assessmentOptions()
{
    static const std::vector<std::string_view> options = [] {
        std::vector<std::string_view> all = windowOptions();
        all.insert(all.end(), inputOptions().begin(), inputOptions().end());
        return all;
    }();
    return options;
}

const std::vector<std::string_view>& assessmentSwitches()
{
    static const std::vector<std::string_view> switches = {"--strict",    "--no-annotations", noPythonSwitch,
                                                           anySizeSwitch, trustGzipSwitch,    noCacheSwitch};
    return switches;
}

std::optional<AssessedTrace> assessTrace(const char* verb, const std::string& usage,
                                         const Arguments& arguments, std::string fault)
{
    std::optional<AssessedTrace> trace;
    if (fault.empty())
        trace = assessWords(arguments, fault);
    if (!fault.empty())
        std::cerr << "stepscope-cli " << verb << ": " << fault << "\nusage: stepscope-cli " << verb
                  << " TRACE " << usage << "\n";
    return trace;
}

int runAssessment(const char* verb, const std::vector<std::string>& words, const AssessmentForms& forms)
{
    std::vector<std::string_view> valued = assessmentOptions();
    valued.emplace_back("--format");
    const Arguments arguments(words, valued, assessmentSwitches());
    const std::string format = arguments.value("--format").value_or("text");
    const bool hasCsv = forms.csv != nullptr;
    std::string fault = formatFault(format);
    if (format == "csv" && !hasCsv)
        fault = "--format is text or json, not csv";
    const std::string usage =
        std::string(assessmentUsage) + (hasCsv ? " [--format text|json|csv]" : " [--format text|json]");
    const std::optional<AssessedTrace> trace = assessTrace(verb, usage, arguments, fault);
    if (!trace)
        return exitUsageOrUnreadable;
    const auto form = format == "json" ? forms.json : format == "csv" ? forms.csv : forms.text;
    const int printed = exitCodeOfPrinting(form(trace->assessment, *trace->index));
    return printed == exitDone ? exitCodeOf(trace->assessment, arguments) : printed;
}

std::string formatFault(const std::string& format)
{
    const bool isKnown = format == "text" || format == "json" || format == "csv";
    return isKnown ? "" : "--format is text, json or csv, not " + format;
}

int exitCodeOfPrinting(const std::string& text)
{
    std::cout << text;
    return std::cout.flush() ? exitDone : exitUsageOrUnreadable;
}

int exitCodeOf(const Assessment& assessment, const Arguments& arguments)
{
    if (assessment.referenceVerdict().verdict == VerdictClass::Withheld)
        return exitWithheld;
    const auto warned = [](const GateResult& gate) { return gate.state == GateState::Warn; };
    const std::vector<GateResult>& gates = assessment.referenceGates();
    return arguments.has("--strict") && std::any_of(gates.begin(), gates.end(), warned) ? exitWarned
                                                                                        : exitDone;
}

} // namespace stepscope
