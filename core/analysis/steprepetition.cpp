#include "core/analysis/steprepetition.h"

#include <algorithm>
#include <unordered_map>

namespace stepscope {

namespace {

constexpr std::size_t lookBack = 4; // periods: two to four kinds of step may take turns
constexpr double surelyAlike = 0.95;
constexpr double leastAlikeAnywhere = 0.6;
constexpr std::uint32_t noToken = 0xffffffffU;

std::uint64_t featureOf(std::int64_t stream, std::uint32_t before, std::uint32_t token)
{
    std::uint64_t mixed = (static_cast<std::uint64_t>(before) << 32 | token) ^
                          static_cast<std::uint64_t>(stream) * 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    return mixed ^ (mixed >> 31);
}

} // namespace

StepRepetition::StepRepetition(const ActivityTable& work, const OperationSequence& sequence,
                               std::span<const std::uint32_t> markers)
    : m_markers(markers.begin(), markers.end())
{
    std::unordered_map<std::int64_t, std::uint32_t> lastOfStream;
    m_features.reserve(markers.back() - markers.front());
    for (std::size_t period = 0; period + 1 < markers.size(); ++period) {
        m_first.push_back(m_features.size());
        for (std::uint32_t row = markers[period]; row < markers[period + 1]; ++row) {
            std::uint32_t& last = lastOfStream.try_emplace(work.stream(row), noToken).first->second;
            m_features.push_back(featureOf(work.stream(row), last, sequence.coarse[row]));
            last = sequence.coarse[row];
        }
        std::sort(m_features.begin() + static_cast<std::ptrdiff_t>(m_first.back()), m_features.end());
    }
    m_first.push_back(m_features.size());
}

double StepRepetition::compare(std::size_t a, std::size_t b, bool eachOnce) const
{
    std::size_t atA = m_first[a];
    std::size_t atB = m_first[b];
    const std::size_t endA = m_first[a + 1];
    const std::size_t endB = m_first[b + 1];
    const auto next = [this, eachOnce](std::size_t at, std::size_t end) {
        ++at;
        while (eachOnce && at < end && m_features[at] == m_features[at - 1])
            ++at;
        return at;
    };
    std::size_t common = 0;
    std::size_t onlyA = 0;
    std::size_t onlyB = 0;
    while (atA < endA || atB < endB) {
        const bool takeA = atB == endB || (atA < endA && m_features[atA] <= m_features[atB]);
        const bool takeB = atA == endA || (atB < endB && m_features[atB] <= m_features[atA]);
        common += takeA && takeB ? 1U : 0U;
        onlyA += takeA && !takeB ? 1U : 0U;
        onlyB += takeB && !takeA ? 1U : 0U;
        atA = takeA ? next(atA, endA) : atA;
        atB = takeB ? next(atB, endB) : atB;
    }
    const std::size_t longer = common + std::max(onlyA, onlyB);
    return longer == 0 ? 1.0 : static_cast<double>(common) / static_cast<double>(longer);
}

double StepRepetition::confirmation() const
{
    if (count() < 2)
        return 0.0;
    double sum = 0.0;
    for (std::size_t period = 1; period < count(); ++period) {
        double best = 0.0;
        for (std::size_t back = 1; back <= std::min(lookBack, period) && best < surelyAlike; ++back)
            best = std::max(best, likeness(period, period - back));
        sum += best;
    }
    return sum / static_cast<double>(count() - 1);
}

bool StepRepetition::neighboursShareOperations() const
{
    double sum = 0.0;
    for (std::size_t period = 1; period < count(); ++period)
        sum += compare(period, period - 1, true);
    return count() >= 2 && sum >= leastAlikeAnywhere * static_cast<double>(count() - 1);
}

bool StepRepetition::isFinerStepOf(std::span<const std::uint32_t> coarse) const
{
    struct Place {
        double sum = 0.0;
        std::size_t periods = 0;
    };
    std::vector<Place> places;
    std::size_t at = 0;
    std::size_t place = 0;
    for (std::size_t period = 1; period < count(); ++period) {
        ++place;
        for (; at < coarse.size() && coarse[at] <= m_markers[period]; ++at)
            place = 0;
        if (at == 0)
            continue;
        places.resize(std::max(places.size(), place + 1));
        places[place].sum += likeness(period, period - 1);
        ++places[place].periods;
    }
    const std::size_t coarsePeriods = coarse.size() - 1;
    std::size_t regularPlaces = 0;
    for (const Place& known : places) {
        if (2 * known.periods < coarsePeriods) // met in fewer than half of the coarse periods
            continue;
        ++regularPlaces;
        if (known.sum < leastAlikeAnywhere * static_cast<double>(known.periods))
            return false;
    }
    return regularPlaces >= 2;
}

} // namespace stepscope
