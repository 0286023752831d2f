#include "widgets/timeline/stabilityranges.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace stepscope {

namespace {

constexpr double noValue = -std::numeric_limits<double>::infinity();

std::int64_t requestsOr(double value, std::int64_t otherwise)
{
    return std::isinf(value) ? otherwise : std::llround(value);
}

} // namespace

StabilityRanges::StabilityRanges(Stability stability) : m_stability(std::move(stability))
{
    std::vector<double> spreads;
    std::vector<double> fewer;
    std::vector<double> more;
    for (std::vector<double>* values : {&spreads, &fewer, &more})
        values->reserve(m_stability.steps.size());
    for (const StepStability& step : m_stability.steps) {
        const bool isNamed = step.batch >= 0;
        spreads.push_back(step.kind == StepKind::Decode ? step.spread : noValue);
        fewer.push_back(isNamed ? -static_cast<double>(step.batch) : noValue);
        more.push_back(isNamed ? static_cast<double>(step.batch) : noValue);
    }
    m_spread = RangeMaximum(std::move(spreads));
    m_fewer = RangeMaximum(std::move(fewer));
    m_more = RangeMaximum(std::move(more));
}

std::pair<std::size_t, std::size_t> StabilityRanges::touching(TimeRange range) const
{
    const auto& steps = m_stability.steps;
    const auto begin = std::partition_point(
        steps.begin(), steps.end(), [&](const StepStability& step) { return step.range.end <= range.begin; });
    const auto end = std::partition_point(
        begin, steps.end(), [&](const StepStability& step) { return step.range.begin < range.end; });
    return {static_cast<std::size_t>(begin - steps.begin()), static_cast<std::size_t>(end - steps.begin())};
}

double StabilityRanges::largestSpread(std::size_t first, std::size_t last) const
{
    return std::max(m_spread.of(first, last), -1.0);
}

std::int64_t StabilityRanges::leastBatch(std::size_t first, std::size_t last) const
{
    return -requestsOr(m_fewer.of(first, last), 1);
}

std::int64_t StabilityRanges::mostBatch(std::size_t first, std::size_t last) const
{
    return requestsOr(m_more.of(first, last), -1);
}

} // namespace stepscope
