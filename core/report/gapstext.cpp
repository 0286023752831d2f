#include "core/report/gapsreport.h"

#include "core/report/budgetreport.h"
#include "core/report/budgettexttable.h"
#include "core/report/gaplist.h"
#include "core/report/gaptext.h"
#include "core/report/numbertext.h"
#include "core/report/texthead.h"
#include "core/report/textlayout.h"
#include "core/report/verdicttext.h"

#include <algorithm>
#include <vector>

namespace stepscope {

namespace {

std::string perStepText(const StepBudget& budget)
{
    if (budget.steps == 0)
        return "no whole decode step in the window\n";
    const BudgetTextTable table(budget, std::nullopt, false);
    return "where the idle time of a step goes, over " + counted(budget.steps, "clean step", "clean steps") +
           "\n" + table.header() + table.row("idle", budget.idle) + table.idleRows() +
           table.row("step cadence", budget.cadence);
}

std::string gapCountText(const DeviceWindow& numbers)
{
    return counted(numbers.gaps.gapCount, "gap", "gaps") + " wholly in the window, together " +
           milliseconds(numbers.gaps.gapTime) + " ms; idle in no whole gap " +
           milliseconds(numbers.clippedIdle) + " ms; idle in all " + milliseconds(numbers.inWindow.idle()) +
           " ms";
}

/// "20 longest, together 12.345 ms (80.0 % of the idle time): …", the owners longest first.
std::string listedText(const GapList& list, const DeviceWindow& numbers)
{
    const Duration total = list.times().idle();
    std::vector<TimeClass> owners;
    for (const TimeClass timeClass : allTimeClasses) {
        if (list.times()[timeClass] > Duration::zero())
            owners.push_back(timeClass);
    }
    std::stable_sort(owners.begin(), owners.end(),
                     [&list](TimeClass a, TimeClass b) { return list.times()[a] > list.times()[b]; });
    std::string text =
        "the longest " + std::to_string(list.gaps().size()) + ", together " + milliseconds(total) + " ms (" +
        percent(static_cast<double>(total.count()) / static_cast<double>(numbers.inWindow.idle().count())) +
        " % of the idle time)";
    for (std::size_t i = 0; i < owners.size(); ++i)
        text += (i == 0 ? ": " : ", ") + std::string(timeClassLabel(owners[i])) + " " +
                milliseconds(list.times()[owners[i]]) + " ms";
    return text + "\n";
}

} // namespace

std::string gapsText(const Assessment& assessment, const TraceIndex& index, std::size_t most)
{
    const DeviceWindow& numbers = assessment.referenceWindow();
    const StepIndex& steps = index.device(assessment.reference).steps;
    const GapList list(assessment, index, assessment.reference, most);
    std::string text =
        textHead(assessment, index,
                 counted(numbers.budget.steps, "step", "steps") + " from " + stepSourceText(steps)) +
        "\n" + perStepText(numbers.budget) + "\n" + gapCountText(numbers) + "\n";
    if (!list.gaps().empty())
        text += listedText(list, numbers);
    for (std::size_t gap = 0; gap < list.gaps().size(); ++gap)
        text += "\n" + rightAligned(std::to_string(gap + 1), 4) + ". " +
                gapText(index.trace(), assessment.reference, list.autopsyOf(list.gaps()[gap]),
                        list.placeOf(list.gaps()[gap]));
    for (std::size_t other = 0; other < index.devices().size(); ++other) {
        if (DeviceId(other) != assessment.reference)
            text += "\n" + deviceLabel(index.trace(), DeviceId(other)) + ": " +
                    gapCountText(assessment.analysis.devices[other]) + "\n";
    }
    return text;
}

} // namespace stepscope
