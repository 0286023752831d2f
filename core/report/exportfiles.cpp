#include "core/report/exportfiles.h"

#include "core/report/budgetreport.h"
#include "core/report/gatescsv.h"
#include "core/report/stepscsv.h"

namespace stepscope {

std::vector<ExportFile> exportFiles(const Assessment& assessment, const TraceIndex& index)
{
    return {{"budget.txt", budgetText(assessment, index)},
            {"budget.csv", budgetCsv(assessment, index)},
            {"steps.csv", stepsCsv(assessment, index)},
            {"gates.csv", gatesCsv(assessment, index)}};
}

} // namespace stepscope
