#include "app/cli/stepscommand.h"

#include "app/cli/assessedtrace.h"
#include "core/report/stepscsv.h"
#include "core/report/stepsreport.h"

namespace stepscope {

int runSteps(const std::vector<std::string>& words)
{
    std::vector<std::string_view> valued = windowOptions();
    valued.emplace_back("--format");
    const Arguments arguments(words, valued, windowSwitches());
    const std::string format = arguments.value("--format").value_or("text");
    const std::optional<AssessedTrace> trace = assessTrace(
        "steps", std::string(windowUsage) + " [--format text|json|csv]", arguments, formatFault(format));
    if (!trace)
        return exitUsageOrUnreadable;
    return exitCodeOfPrinting(format == "json"  ? stepsJson(trace->assessment, *trace->index)
                              : format == "csv" ? stepsCsv(trace->assessment, *trace->index)
                                                : stepsText(trace->assessment, *trace->index));
}

} // namespace stepscope
