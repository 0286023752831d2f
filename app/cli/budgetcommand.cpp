#include "app/cli/budgetcommand.h"

#include "app/cli/assessedtrace.h"
#include "core/report/budgetreport.h"

#include <iostream>

namespace stepscope {

int runBudget(const std::vector<std::string>& words)
{
    std::vector<std::string_view> valued = assessmentOptions();
    valued.emplace_back("--format");
    const Arguments arguments(words, valued, assessmentSwitches());
    const std::string format = arguments.value("--format").value_or("text");
    std::string fault;
    if (format != "text" && format != "json" && format != "csv")
        fault = "--format is text, json or csv, not " + format;
    const std::optional<AssessedTrace> trace = fault.empty() ? assessTrace(arguments, fault) : std::nullopt;
    if (!fault.empty()) {
        std::cerr << "stepscope-cli budget: " << fault << "\nusage: stepscope-cli budget TRACE "
                  << assessmentUsage << " [--format text|json|csv]\n";
    }
    if (!trace)
        return exitUsageOrUnreadable;
    std::cout << (format == "json"  ? budgetJson(trace->assessment, *trace->index)
                  : format == "csv" ? budgetCsv(trace->assessment, *trace->index)
                                    : budgetText(trace->assessment, *trace->index));
    return exitCodeOf(trace->assessment, arguments);
}

} // namespace stepscope
