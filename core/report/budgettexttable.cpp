#include "core/report/budgettexttable.h"

#include "core/report/numbertext.h"
#include "core/report/textlayout.h"
#include "core/report/verdicttext.h"

namespace stepscope {

namespace {

constexpr std::size_t budgetLabelWidth = 30;

bool isOtherIdle(TimeClass timeClass)
{
    return !isBusy(timeClass) && !isHost(timeClass);
}

} // namespace

BudgetTextTable::BudgetTextTable(const StepBudget& budget, std::optional<double> tokens, bool isGraphLevel)
    : m_budget(budget), m_tokens(tokens), m_isGraphLevel(isGraphLevel)
{}

std::string BudgetTextTable::header() const
{
    const std::string line = padded("per step", budgetLabelWidth) + rightAligned("ms", 10) +
                             rightAligned("%", 8) + rightAligned("p10", 10) + rightAligned("median", 10) +
                             rightAligned("p90", 10);
    return line + (m_tokens ? rightAligned("ms/token", 11) : "") + "\n";
}

std::string BudgetTextTable::row(const std::string& label, const BudgetLine& line) const
{
    const double mean = static_cast<double>(line.total.count()) / static_cast<double>(m_budget.steps) / 1e6;
    const DurationSpread perStep = line.perStep();
    const std::string text =
        padded(label, budgetLabelWidth) + rightAligned(fixed(mean, 3), 10) +
        rightAligned(percent(m_budget.share(line.total)), 8) + rightAligned(milliseconds(perStep.p10), 10) +
        rightAligned(milliseconds(perStep.median), 10) + rightAligned(milliseconds(perStep.p90), 10);
    return text + (m_tokens ? rightAligned(fixed(mean / *m_tokens, 3), 11) : "") + "\n";
}

std::string BudgetTextTable::busyRows() const
{
    return row("GPU busy", m_budget.busy) + group(isBusy);
}

std::string BudgetTextTable::idleRows() const
{
    std::string text = row("host idle", m_budget.host) + group(isHost);
    if (m_budget.otherIdle.total > Duration::zero())
        text += row("other idle", m_budget.otherIdle);
    return text + group(isOtherIdle);
}

std::string BudgetTextTable::group(bool (*isMember)(TimeClass timeClass)) const
{
    std::string text;
    for (const TimeClass timeClass : allTimeClasses) {
        if (!isMember(timeClass))
            continue;
        const std::string label = std::string("  ") + timeClassLabel(timeClass);
        const bool isAlwaysShown = timeClass == TimeClass::Compute || timeClass == TimeClass::ExposedComm;
        if (m_budget.of(timeClass).total == Duration::zero() && !isAlwaysShown)
            continue;
        if (m_isGraphLevel && timeClass == TimeClass::ExposedComm)
            text += padded(label, budgetLabelWidth) + rightAligned("n/a", 10) + "  (inside graph)\n";
        else
            text += row(label, m_budget.of(timeClass));
    }
    return text;
}

} // namespace stepscope
