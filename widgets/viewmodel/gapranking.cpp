#include "widgets/viewmodel/gapranking.h"

#include <algorithm>

namespace stepscope {

void GapRanking::setBands(BandRange bands)
{
    m_bands = bands;
    m_gap.reset();
}

bool GapRanking::isBefore(std::size_t a, std::size_t b) const
{
    const Duration lengthOfA = (*m_gaps)[a].duration();
    const Duration lengthOfB = (*m_gaps)[b].duration();
    return lengthOfA > lengthOfB || (lengthOfA == lengthOfB && a < b);
}

template <class Accepts, class IsBetter>
std::optional<std::size_t> GapRanking::best(Part part, Accepts accepts, IsBetter isBetter) const
{
    std::optional<std::size_t> found;
    if (part.first >= part.second)
        return found;
    for (std::size_t gap = m_gaps->firstOf(m_bands, part.first, part.second); gap < part.second;
         gap = m_gaps->firstOf(m_bands, gap + 1, part.second)) {
        if (accepts(gap) && (!found || isBetter(gap, *found)))
            found = gap;
    }
    m_looked += part.second - part.first;
    return found;
}

std::optional<std::size_t> GapRanking::longest(Part part) const
{
    return best(
        part, [](std::size_t) { return true; },
        [this](std::size_t a, std::size_t b) { return isBefore(a, b); });
}

std::optional<std::size_t> GapRanking::after(std::size_t gap, Part part) const
{
    return best(
        part, [this, gap](std::size_t other) { return isBefore(gap, other); },
        [this](std::size_t a, std::size_t b) { return isBefore(a, b); });
}

std::optional<std::size_t> GapRanking::before(std::size_t gap, Part part) const
{
    return best(
        part, [this, gap](std::size_t other) { return isBefore(other, gap); },
        [this](std::size_t a, std::size_t b) { return isBefore(b, a); });
}

std::size_t GapRanking::countBefore(std::size_t gap, std::size_t first, std::size_t last) const
{
    std::size_t count = 0;
    if (first >= last)
        return count;
    for (std::size_t other = m_gaps->firstOf(m_bands, first, last); other < last;
         other = m_gaps->firstOf(m_bands, other + 1, last))
        count += isBefore(other, gap) ? 1 : 0;
    m_looked += last - first;
    return count;
}

std::size_t GapRanking::rankOf(std::size_t gap, Part part)
{
    const bool isNear = m_gap == gap && part.first < m_part.second && m_part.first < part.second;
    if (isNear) {
        m_rank += countBefore(gap, part.first, m_part.first) + countBefore(gap, m_part.second, part.second);
        m_rank -= countBefore(gap, m_part.first, part.first) + countBefore(gap, part.second, m_part.second);
    } else {
        m_rank = countBefore(gap, part.first, part.second);
    }
    m_gap = gap;
    m_part = part;
    return m_rank;
}

} // namespace stepscope
