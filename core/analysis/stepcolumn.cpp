#include "core/analysis/stepcolumn.h"

#include "core/analysis/percentile.h"

#include <algorithm>
#include <array>

namespace stepscope {

StepColumn::StepColumn(std::span<const Duration> values)
{
    if (std::all_of(values.begin(), values.end(), [](Duration value) { return value == Duration::zero(); }))
        return;
    m_before.reserve(values.size() + 1);
    m_before.push_back(Duration::zero());
    std::vector<std::int64_t> numbers;
    numbers.reserve(values.size());
    for (const Duration value : values) {
        m_before.push_back(m_before.back() + value);
        numbers.push_back(value.count());
    }
    m_order = WaveletMatrix(std::move(numbers));
}

StepColumn StepColumn::withSquares(std::span<const Duration> values)
{
    StepColumn column(values);
    if (column.m_before.empty())
        return column;
    column.m_squaresBefore.reserve(values.size() + 1);
    column.m_squaresBefore.push_back(0);
    for (const Duration value : values) {
        const auto number = static_cast<WideInteger>(value.count());
        column.m_squaresBefore.push_back(column.m_squaresBefore.back() + number * number);
    }
    return column;
}

double StepColumn::squaredDeviations(std::size_t first, std::size_t last) const
{
    if (first == last || m_before.empty())
        return 0.0;
    // Σ (v − m)² = Σ v² − 2 m Σ v + n m²: all of it modulo 2^128, which the result fits into.
    const auto count = static_cast<WideInteger>(last - first);
    const std::int64_t whole = sum(first, last).count();
    const auto total = static_cast<WideInteger>(whole);
    const auto mean = static_cast<WideInteger>(whole / static_cast<std::int64_t>(last - first));
    return static_cast<double>(m_squaresBefore[last] - m_squaresBefore[first] - 2 * mean * total +
                               count * mean * mean);
}

Duration StepColumn::nth(std::size_t first, std::size_t last, std::size_t rank) const
{
    return m_before.empty() ? Duration::zero() : Duration(m_order.nth({first, last, rank}));
}

std::vector<Duration>
StepColumn::upperMedians(std::span<const std::pair<std::size_t, std::size_t>> stretches) const
{
    std::vector<Duration> medians(stretches.size(), Duration::zero());
    if (m_before.empty())
        return medians;
    std::vector<WaveletMatrix::Query> queries;
    for (const auto& [first, last] : stretches)
        queries.push_back({first, last, (last - first) / 2});
    const std::vector<std::int64_t> values = m_order.nthOfEach(queries);
    for (std::size_t i = 0; i < values.size(); ++i)
        medians[i] = Duration(values[i]);
    return medians;
}

std::size_t StepColumn::countBelow(std::size_t first, std::size_t last, Duration value) const
{
    if (m_before.empty())
        return value > Duration::zero() ? last - first : 0;
    return m_order.countBelow(first, last, value.count());
}

std::vector<Duration> StepColumn::percentiles(std::size_t first, std::size_t last,
                                              std::span<const double> shares) const
{
    std::vector<Duration> result(shares.size(), Duration::zero());
    if (first == last || m_before.empty())
        return result;
    std::vector<PercentilePlace> places;
    std::vector<WaveletMatrix::Query> queries; // for each share the value below and the one above
    for (const double share : shares) {
        places.push_back(PercentilePlace::of(last - first, share));
        queries.push_back({first, last, places.back().below});
        queries.push_back({first, last, places.back().above});
    }
    const std::vector<std::int64_t> values = m_order.nthOfEach(queries);
    for (std::size_t i = 0; i < shares.size(); ++i)
        result[i] = places[i].between(Duration(values[2 * i]), Duration(values[2 * i + 1]));
    return result;
}

Duration StepColumn::percentile(std::size_t first, std::size_t last, double share) const
{
    return percentiles(first, last, {&share, 1}).front();
}

DurationSpread StepColumn::spread(std::size_t first, std::size_t last) const
{
    constexpr std::array shares = {0.10, 0.50, 0.90, 0.99};
    const std::vector<Duration> all = percentiles(first, last, shares);
    return {all[0], all[1], all[2], all[3]};
}

} // namespace stepscope
