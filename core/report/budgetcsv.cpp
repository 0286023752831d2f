#include "core/report/budgetreport.h"

#include "core/report/csvcontext.h"
#include "core/report/numbertext.h"
#include "core/report/verdicttext.h"

namespace stepscope {

namespace {

/// The columns every export starts with, and what is the same in all rows of one device.
struct RowHead {
    std::string context; ///< trace_sha256 … step_source
    std::size_t steps = 0;
    std::optional<double> tokens;
};

std::string perStepText(Duration total, std::size_t steps)
{
    return steps == 0 ? "" : fixed(static_cast<double>(total.count()) / static_cast<double>(steps) / 1e6, 6);
}

std::string classRow(const RowHead& head, std::string_view word, const StepBudget& budget,
                     const BudgetLine& line)
{
    const bool hasSteps = head.steps > 0;
    const auto spread = [hasSteps](Duration value) {
        return hasSteps ? milliseconds(value, 6) : std::string();
    };
    const DurationSpread perStep = line.perStep();
    std::string row = head.context + "," + std::string(word) + "," + std::to_string(line.total.count()) +
                      "," + perStepText(line.total, head.steps) + "," + spread(perStep.median) + "," +
                      spread(perStep.p10) + "," + spread(perStep.p90) + "," +
                      (hasSteps ? fixed(budget.share(line.total), 6) : "") + ",";
    if (head.tokens)
        row += fixed(*head.tokens, 4) + "," +
               (hasSteps ? fixed(static_cast<double>(line.total.count()) / static_cast<double>(head.steps) /
                                     1e6 / *head.tokens,
                                 6)
                         : "");
    else
        row += ",";
    return row + "\r\n";
}

} // namespace

std::string budgetCsv(const Assessment& assessment, const TraceIndex& index)
{
    std::string csv =
        std::string(csvContextHeader) +
        ",n_steps,step_source,class,total_ns,mean_ms_per_step,median_ms,p10_ms,p90_ms,share_of_cadence,"
        "tokens_per_step,ms_per_token\r\n";
    for (std::size_t device = 0; device < index.devices().size(); ++device) {
        const DeviceWindow& numbers = assessment.analysis.devices[device];
        const StepBudget& budget = numbers.budget;
        const RowHead head{csvContextCells(assessment, index, DeviceId(device)) + "," +
                               std::to_string(budget.steps) + "," +
                               stepSourceWord(index.devices()[device].steps.source),
                           budget.steps, assessment.input.driver.tokens()};
        for (const TimeClass timeClass : allTimeClasses)
            csv += classRow(head, timeClassWord(timeClass), budget, budget.of(timeClass));
        csv += classRow(head, "sum", budget, budget.cadence);
        csv +=
            head.context + ",not_counted," + std::to_string(numbers.notCounted.time.count()) + ",,,,,,,\r\n";
    }
    return csv;
}

} // namespace stepscope
