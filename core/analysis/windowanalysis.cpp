#include "core/analysis/windowanalysis.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace stepscope {

namespace {

__extension__ using WideInteger = __int128; // squares of ns do not fit into 64 bits

/// Type 7: linear between order statistics. Everything before `sorted` is in place already and not looked at
/// again; `sorted` moves on, so that rising shares cost less and less.
Duration percentile(std::span<Duration> values, double share, std::size_t& sorted)
{
    const double position = share * static_cast<double>(values.size() - 1);
    const auto lower = static_cast<std::size_t>(position);
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(sorted);
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(lower);
    std::nth_element(from, at, values.end());
    sorted = lower;
    const Duration below = *at;
    const double fraction = position - static_cast<double>(lower);
    if (fraction <= 0.0 || lower + 1 == values.size())
        return below;
    const Duration above = *std::min_element(at + 1, values.end());
    return below + Duration(std::llround(fraction * static_cast<double>((above - below).count())));
}

BudgetLine lineOf(std::vector<Duration>& perStep)
{
    BudgetLine line;
    for (const Duration time : perStep)
        line.total += time;
    if (line.total > Duration::zero()) // most classes of a loop are zero in every step
        line.perStep = spreadOf(perStep);
    return line;
}

CadenceStatistics cadenceOf(std::vector<Duration>& cadences, const std::optional<CadenceMixture>& mixture)
{
    CadenceStatistics statistics;
    statistics.count = cadences.size();
    for (const Duration cadence : cadences)
        statistics.total += cadence;
    statistics.spread = spreadOf(cadences);
    if (cadences.empty())
        return statistics;
    if (mixture)
        statistics.mixture = mixtureAmong(*mixture, cadences);
    // In integers, so that the order of the steps cannot change the result.
    const auto mean = statistics.total.count() / static_cast<std::int64_t>(cadences.size());
    WideInteger squares = 0;
    for (const Duration cadence : cadences) {
        const WideInteger difference = cadence.count() - mean;
        squares += difference * difference;
        statistics.outliers += isOutlier(cadence, statistics.spread.median, statistics.mixture) ? 1U : 0U;
    }
    const auto variance = static_cast<double>(squares) / static_cast<double>(cadences.size());
    statistics.variation = mean == 0 ? 0.0 : std::sqrt(variance) / static_cast<double>(mean);
    return statistics;
}

template <class Measure>
BudgetLine measureSteps(const std::vector<const Step*>& steps, std::vector<Duration>& buffer, Measure measure)
{
    buffer.clear();
    for (const Step* step : steps)
        buffer.push_back(measure(*step));
    return lineOf(buffer);
}

StepBudget budgetOf(const std::vector<const Step*>& steps)
{
    StepBudget budget;
    budget.steps = steps.size();
    std::vector<Duration> buffer;
    buffer.reserve(steps.size());
    for (const TimeClass timeClass : allTimeClasses)
        budget.classes[static_cast<std::size_t>(timeClass)] =
            measureSteps(steps, buffer, [timeClass](const Step& step) { return step.times[timeClass]; });
    budget.busy = measureSteps(steps, buffer, [](const Step& step) { return step.times.busy(); });
    budget.idle = measureSteps(steps, buffer, [](const Step& step) { return step.times.idle(); });
    budget.host = measureSteps(steps, buffer, [](const Step& step) { return step.times.host(); });
    budget.otherIdle =
        measureSteps(steps, buffer, [](const Step& step) { return step.times.idle() - step.times.host(); });
    budget.hiddenComm = measureSteps(steps, buffer, [](const Step& step) { return step.hiddenComm; });
    budget.cadence = measureSteps(steps, buffer, [](const Step& step) { return step.range.duration(); });
    return budget;
}

} // namespace

DurationSpread spreadOf(std::span<Duration> values)
{
    if (values.empty())
        return {};
    DurationSpread spread;
    std::size_t sorted = 0;
    spread.p10 = percentile(values, 0.10, sorted);
    spread.median = percentile(values, 0.50, sorted);
    spread.p90 = percentile(values, 0.90, sorted);
    spread.p99 = percentile(values, 0.99, sorted);
    return spread;
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

    const std::vector<Step>& steps = device.steps.steps;
    std::tie(numbers.firstStep, numbers.lastStep) = device.steps.insideOf(window);
    std::vector<const Step*> clean;
    std::vector<Duration> cadences;
    for (std::size_t i = numbers.firstStep; i < numbers.lastStep; ++i) {
        if (steps[i].isClean()) {
            clean.push_back(&steps[i]);
            if (!device.steps.isSingle)
                cadences.push_back(steps[i].range.duration());
        }
        numbers.notCounted.prefillSteps += steps[i].kind == StepKind::Prefill ? 1U : 0U;
        numbers.notCounted.mixedSteps += steps[i].kind == StepKind::Mixed ? 1U : 0U;
        numbers.notCounted.lullSteps += steps[i].kind == StepKind::Lull ? 1U : 0U;
    }
    // Steps that the window touches and does not hold, and the trace's own cut steps.
    const auto overlapsWindow = [&window](const Step& step) { return step.range.overlaps(window); };
    for (std::size_t i = numbers.firstStep; i > 0 && overlapsWindow(steps[i - 1]); --i)
        ++numbers.notCounted.edgeSteps;
    for (std::size_t i = numbers.lastStep; i < steps.size() && overlapsWindow(steps[i]); ++i)
        ++numbers.notCounted.edgeSteps;

    numbers.cadence = cadenceOf(cadences, device.steps.mixture);
    numbers.budget = budgetOf(clean);
    numbers.budget.families = device.steps.familiesOf(numbers.firstStep, numbers.lastStep);
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
