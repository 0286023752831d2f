#include "core/analysis/stepcolumn.h"

#include <algorithm>
#include <cmath>

namespace stepscope {

namespace {

__extension__ using WideInteger = __int128; // squares of ns do not fit into 64 bits

} // namespace

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

double StepColumn::squaredDeviations(std::size_t first, std::size_t last) const
{
    if (first == last)
        return 0.0;
    const std::int64_t mean = sum(first, last).count() / static_cast<std::int64_t>(last - first);
    WideInteger squares = 0;
    for (std::size_t i = first; i < last; ++i) {
        const WideInteger difference = (*this)[i].count() - mean;
        squares += difference * difference;
    }
    return static_cast<double>(squares);
}

Duration StepColumn::nth(std::size_t first, std::size_t last, std::size_t rank) const
{
    return m_before.empty() ? Duration::zero() : Duration(m_order.nth(first, last, rank));
}

std::size_t StepColumn::countBelow(std::size_t first, std::size_t last, Duration value) const
{
    if (m_before.empty())
        return value > Duration::zero() ? last - first : 0;
    return m_order.countBelow(first, last, value.count());
}

Duration StepColumn::percentile(std::size_t first, std::size_t last, double share) const
{
    if (first == last || m_before.empty())
        return Duration::zero();
    const double position = share * static_cast<double>(last - first - 1);
    const auto lower = static_cast<std::size_t>(position);
    const double fraction = position - static_cast<double>(lower);
    if (fraction <= 0.0 || lower + 1 == last - first)
        return nth(first, last, lower);
    const auto [below, above] = m_order.nthAndNext(first, last, lower);
    return Duration(below + std::llround(fraction * static_cast<double>(above - below)));
}

DurationSpread StepColumn::spread(std::size_t first, std::size_t last) const
{
    return {percentile(first, last, 0.10), percentile(first, last, 0.50), percentile(first, last, 0.90),
            percentile(first, last, 0.99)};
}

} // namespace stepscope
