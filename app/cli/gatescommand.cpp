#include "app/cli/gatescommand.h"

#include "app/cli/assessedtrace.h"
#include "core/report/gatescsv.h"
#include "core/report/gatesreport.h"

namespace stepscope {

int runGates(const std::vector<std::string>& words)
{
    return runAssessment("gates", words, {gatesText, gatesJson, gatesCsv});
}

} // namespace stepscope
