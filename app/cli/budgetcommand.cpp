#include "app/cli/budgetcommand.h"

#include "app/cli/assessedtrace.h"
#include "core/report/budgetreport.h"

namespace stepscope {

int runBudget(const std::vector<std::string>& words)
{
    return runAssessment("budget", words, {budgetText, budgetJson, budgetCsv});
}

} // namespace stepscope
