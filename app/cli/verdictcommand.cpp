#include "app/cli/verdictcommand.h"

#include "app/cli/assessedtrace.h"
#include "core/report/verdictreport.h"

namespace stepscope {

int runVerdict(const std::vector<std::string>& words)
{
    return runAssessment("verdict", words, {verdictText, verdictJson, nullptr});
}

} // namespace stepscope
