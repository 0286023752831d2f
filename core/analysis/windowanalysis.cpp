#include "core/analysis/windowanalysis.h"

#include <cmath>
#include <tuple>
#include <utility>

namespace stepscope {

namespace {

CadenceStatistics cadenceOf(const StepIndex& steps, std::size_t first, std::size_t last)
{
    CadenceStatistics statistics;
    if (first == last || steps.isSingle)
        return statistics;
    const StepColumn& cadences = *steps.clean.cadence();
    statistics.count = last - first;
    statistics.total = cadences.sum(first, last);
    statistics.spread = cadences.spread(first, last);
    if (steps.mixture)
        statistics.mixture = mixtureAmong(*steps.mixture, cadences, first, last);
    statistics.outliers = countOutliers(cadences, first, last, statistics.spread.median, statistics.mixture);
    const auto count = static_cast<std::int64_t>(statistics.count);
    const double variance = cadences.squaredDeviations(first, last) / static_cast<double>(count);
    const std::int64_t mean = statistics.total.count() / count;
    statistics.variation = mean == 0 ? 0.0 : std::sqrt(variance) / static_cast<double>(mean);
    return statistics;
}

StepBudget budgetOf(const CleanSteps& clean, std::size_t first, std::size_t last)
{
    StepBudget budget;
    budget.steps = last - first;
    for (const TimeClass timeClass : allTimeClasses)
        budget.classes[static_cast<std::size_t>(timeClass)] = BudgetLine(clean.of(timeClass), first, last);
    budget.busy = BudgetLine(clean.busy(), first, last);
    budget.idle = BudgetLine(clean.idle(), first, last);
    budget.host = BudgetLine(clean.host(), first, last);
    budget.otherIdle = BudgetLine(clean.otherIdle(), first, last);
    budget.hiddenComm = BudgetLine(clean.hiddenComm(), first, last);
    budget.cadence = BudgetLine(clean.cadence(), first, last);
    budget.hostBetweenSteps = clean.hostBetweenSteps(first, last);
    return budget;
}

} // namespace

BudgetLine::BudgetLine(SharedColumn column, std::size_t first, std::size_t last)
    : total(column->sum(first, last)), m_column(std::move(column)), m_first(first), m_last(last)
{}

DurationSpread BudgetLine::perStep() const
{
    return total == Duration::zero() ? DurationSpread() : m_column->spread(m_first, m_last);
}

Duration BudgetLine::percentile(double share) const
{
    return total == Duration::zero() ? Duration::zero() : m_column->percentile(m_first, m_last, share);
}

double CadenceStatistics::meanNanoseconds() const
{
    return count == 0 ? 0.0 : static_cast<double>(total.count()) / static_cast<double>(count);
}

double StepBudget::share(Duration total) const
{
    return cadence.total == Duration::zero()
               ? 0.0
               : static_cast<double>(total.count()) / static_cast<double>(cadence.total.count());
}

DeviceWindow analyzeDevice(const DeviceIndex& device, TimeRange window)
{
    DeviceWindow numbers;
    numbers.inWindow = device.occupancy.timesIn(window);
    numbers.hiddenComm = device.occupancy.hiddenComm().coveredIn(window);
    numbers.gaps = device.occupancy.gaps().histogramIn(window);
    numbers.clippedIdle = numbers.inWindow.idle() - numbers.gaps.gapTime;

    const StepIndex& steps = device.steps;
    std::tie(numbers.firstStep, numbers.lastStep) = steps.insideOf(window);
    std::tie(numbers.firstClean, numbers.lastClean) = steps.clean.among(numbers.firstStep, numbers.lastStep);
    const auto count = [&](StepKind kind) {
        return steps.ofKind(kind, numbers.firstStep, numbers.lastStep).size();
    };
    // Steps that the window touches and does not hold, and the trace's own cut steps.
    const auto [firstTouched, lastTouched] = steps.touching(window);
    numbers.notCounted.edgeSteps = (lastTouched - firstTouched) - (numbers.lastStep - numbers.firstStep);
    numbers.notCounted.prefillSteps = count(StepKind::Prefill);
    numbers.notCounted.mixedSteps = count(StepKind::Mixed);
    numbers.notCounted.lullSteps = count(StepKind::Lull);
    numbers.cadence = cadenceOf(steps, numbers.firstClean, numbers.lastClean);
    numbers.budget = budgetOf(steps.clean, numbers.firstClean, numbers.lastClean);
    numbers.budget.families = steps.familiesOf(numbers.firstStep, numbers.lastStep);
    numbers.notCounted.time = window.duration() - numbers.budget.cadence.total;
    return numbers;
}

WindowAnalysis analyzeWindow(const TraceIndex& index, TimeRange window)
{
    WindowAnalysis analysis;
    analysis.window = window;
    for (const DeviceIndex& device : index.devices())
        analysis.devices.push_back(analyzeDevice(device, window));
    return analysis;
}

} // namespace stepscope
