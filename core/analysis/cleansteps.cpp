#include "core/analysis/cleansteps.h"

#include <algorithm>

namespace stepscope {

namespace {

template <class Measure>
std::vector<Duration> valuesOf(const std::vector<Step>& steps, const std::vector<std::uint32_t>& clean,
                               Measure measure)
{
    std::vector<Duration> values;
    values.reserve(clean.size());
    for (const std::uint32_t step : clean)
        values.push_back(measure(steps[step]));
    return values;
}

template <class Measure>
SharedColumn columnOf(const std::vector<Step>& steps, const std::vector<std::uint32_t>& clean,
                      Measure measure)
{
    return std::make_shared<const StepColumn>(valuesOf(steps, clean, measure));
}

} // namespace

CleanSteps::CleanSteps(const std::vector<Step>& steps) : m_hostBetweenBefore{Duration::zero()}
{
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!steps[i].isClean())
            continue;
        m_hostBetweenBefore.push_back(m_hostBetweenBefore.back() + steps[i].hostBetweenSteps);
        m_steps.push_back(static_cast<std::uint32_t>(i));
        m_operations.push_back(steps[i].operations());
    }
    for (const TimeClass timeClass : allTimeClasses)
        m_classes[static_cast<std::size_t>(timeClass)] =
            columnOf(steps, m_steps, [timeClass](const Step& step) { return step.times[timeClass]; });
    m_busy = columnOf(steps, m_steps, [](const Step& step) { return step.times.busy(); });
    m_idle = columnOf(steps, m_steps, [](const Step& step) { return step.times.idle(); });
    m_host = columnOf(steps, m_steps, [](const Step& step) { return step.times.host(); });
    m_otherIdle =
        columnOf(steps, m_steps, [](const Step& step) { return step.times.idle() - step.times.host(); });
    m_hiddenComm = columnOf(steps, m_steps, [](const Step& step) { return step.hiddenComm; });
    m_cadence = std::make_shared<const StepColumn>(StepColumn::withSquares(
        valuesOf(steps, m_steps, [](const Step& step) { return step.range.duration(); })));
    m_operationOrder = WaveletMatrix({m_operations.begin(), m_operations.end()});

    const auto saysTokens = [&steps](std::uint32_t step) { return steps[step].tokens.has_value(); };
    if (std::none_of(m_steps.begin(), m_steps.end(), saysTokens))
        return;
    StepTokens sum;
    m_tokensBefore.push_back(sum);
    for (const std::uint32_t step : m_steps) {
        const StepTokens own = steps[step].tokens.value_or(StepTokens());
        sum.contextRequests += own.contextRequests;
        sum.contextTokens += own.contextTokens;
        sum.generationRequests += own.generationRequests;
        sum.generationTokens += own.generationTokens;
        m_tokensBefore.push_back(sum);
    }
}

std::pair<std::size_t, std::size_t> CleanSteps::among(std::size_t first, std::size_t last) const
{
    const auto begin = std::lower_bound(m_steps.begin(), m_steps.end(), first);
    const auto end = std::lower_bound(begin, m_steps.end(), last);
    return {static_cast<std::size_t>(begin - m_steps.begin()),
            static_cast<std::size_t>(end - m_steps.begin())};
}

StepTokens CleanSteps::tokensOf(std::size_t first, std::size_t last) const
{
    if (m_tokensBefore.empty())
        return {};
    const StepTokens& from = m_tokensBefore[first];
    const StepTokens& until = m_tokensBefore[last];
    return {until.contextRequests - from.contextRequests, until.contextTokens - from.contextTokens,
            until.generationRequests - from.generationRequests,
            until.generationTokens - from.generationTokens};
}

} // namespace stepscope
