#include "app/cli/budgetcommand.h"

#include "app/cli/arguments.h"
#include "app/cli/opentrace.h"
#include "app/cli/windowargument.h"
#include "core/gates/assessment.h"
#include "core/report/budgetreport.h"

#include <algorithm>
#include <iostream>

namespace stepscope {

namespace {

constexpr const char* budgetUsage =
    "usage: stepscope-cli budget TRACE [--window A:B|auto|all] [--device N] [--tpot MS] [--tokens-per-step "
    "X]\n"
    "                     [--format text|json|csv] [--no-annotations] [--strict]\n";

int usageFault(const std::string& what)
{
    std::cerr << "stepscope-cli budget: " << what << "\n" << budgetUsage;
    return exitUsageOrUnreadable;
}

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

int exitCodeOf(const Assessment& assessment, bool strict)
{
    if (assessment.referenceVerdict().verdict == VerdictClass::Withheld)
        return exitWithheld;
    const auto warned = [](const GateResult& gate) { return gate.state == GateState::Warn; };
    const std::vector<GateResult>& gates = assessment.referenceGates();
    return strict && std::any_of(gates.begin(), gates.end(), warned) ? exitWarned : exitDone;
}

} // namespace

int runBudget(const std::vector<std::string>& words)
{
    const Arguments arguments(words, {"--window", "--device", "--tpot", "--tokens-per-step", "--format"},
                              {"--strict", "--no-annotations"});
    if (!arguments.fault().empty())
        return usageFault(arguments.fault());
    if (arguments.positional().size() != 1)
        return usageFault("needs one trace");
    const std::string format = arguments.value("--format").value_or("text");
    if (format != "text" && format != "json" && format != "csv")
        return usageFault("--format is text, json or csv, not " + format);

    DriverNumbers driver;
    for (const auto& [option, target] : {std::pair("--tpot", &driver.tpotMilliseconds),
                                         std::pair("--tokens-per-step", &driver.tokensPerStep)}) {
        const std::optional<std::string> text = arguments.value(option);
        if (!text)
            continue;
        *target = parseNumber(*text);
        if (!*target || **target <= 0.0)
            return usageFault(std::string(option) + " needs a number above 0, not " + *text);
    }
    const std::string windowText = arguments.value("--window").value_or("auto");
    const std::optional<TimeRange> typedWindow = parseWindow(windowText);
    if (!typedWindow && windowText != "auto" && windowText != "all")
        return usageFault("--window is auto, all or two times such as 1.5s:6.33s, not " + windowText);
    const std::string deviceText = arguments.value("--device").value_or("");
    const std::optional<double> deviceNumber = parseNumber(deviceText);
    if (!deviceText.empty() && !deviceNumber)
        return usageFault("--device needs a number, not " + deviceText);

    StepOptions options;
    options.useAnnotations = !arguments.has("--no-annotations");
    const std::shared_ptr<const TraceIndex> index = openTrace(arguments.positional().front(), options);
    if (!index)
        return exitUsageOrUnreadable;
    DeviceId reference = index->referenceDevice();
    if (deviceNumber) {
        const std::optional<DeviceId> chosen =
            deviceOf(index->trace(), static_cast<std::int64_t>(*deviceNumber));
        if (!chosen)
            return usageFault("the trace has no device " + deviceText);
        reference = *chosen;
    }
    TimeRange window = typedWindow.value_or(index->automaticWindow(reference));
    if (windowText == "all")
        window = index->device(reference).occupancy.busy().extent();
    const Assessment assessment = assessWindow(*index, window, reference, driver);
    std::cout << (format == "json"  ? budgetJson(assessment, *index)
                  : format == "csv" ? budgetCsv(assessment, *index)
                                    : budgetText(assessment, *index));
    return exitCodeOf(assessment, arguments.has("--strict"));
}

} // namespace stepscope
