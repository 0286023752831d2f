#include "app/cli/budgetcommand.h"

#include "app/cli/assessedtrace.h"
#include "core/report/budgetreport.h"

namespace stepscope {

int runBudget(const std::vector<std::string>& words)
{
    std::vector<std::string_view> valued = assessmentOptions();
    valued.emplace_back("--format");
    const Arguments arguments(words, valued, assessmentSwitches());
    const std::string format = arguments.value("--format").value_or("text");
    const std::optional<AssessedTrace> trace = assessTrace(
        "budget", std::string(assessmentUsage) + " [--format text|json|csv]", arguments, formatFault(format));
    if (!trace)
        return exitUsageOrUnreadable;
    const int printed = exitCodeOfPrinting(format == "json"  ? budgetJson(trace->assessment, *trace->index)
                                           : format == "csv" ? budgetCsv(trace->assessment, *trace->index)
                                                             : budgetText(trace->assessment, *trace->index));
    return printed == exitDone ? exitCodeOf(trace->assessment, arguments) : printed;
}

} // namespace stepscope
