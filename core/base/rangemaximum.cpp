#include "core/base/rangemaximum.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace stepscope {

RangeMaximum::RangeMaximum(std::vector<double> values)
{
    m_levels.push_back(std::move(values));
    while (m_levels.back().size() > 1) {
        const std::vector<double>& below = m_levels.back();
        std::vector<double> level;
        level.reserve((below.size() + 1) / 2);
        for (std::size_t i = 0; i < below.size(); i += 2)
            level.push_back(i + 1 < below.size() ? std::max(below[i], below[i + 1]) : below[i]);
        m_levels.push_back(std::move(level));
    }
}

std::size_t RangeMaximum::memoryBytes() const
{
    std::size_t bytes = m_levels.capacity() * sizeof(m_levels[0]);
    for (const std::vector<double>& level : m_levels)
        bytes += level.capacity() * sizeof(level[0]);
    return bytes;
}

double RangeMaximum::of(std::size_t first, std::size_t last) const
{
    double largest = -std::numeric_limits<double>::infinity();
    // On each level the ends that have no partner inside the stretch count; the rest is in the level above.
    for (std::size_t level = 0; level < m_levels.size() && first < last; ++level) {
        const std::vector<double>& values = m_levels[level];
        if (first % 2 == 1)
            largest = std::max(largest, values[first++]);
        if (first < last && last % 2 == 1)
            largest = std::max(largest, values[--last]);
        first /= 2;
        last /= 2;
    }
    return largest;
}

std::size_t RangeMaximum::firstAtLeast(double least, std::size_t from) const
{
    if (m_levels.empty() || from >= m_levels.front().size())
        return m_levels.empty() ? 0 : m_levels.front().size();
    std::size_t level = 0;
    std::size_t at = from;
    while (m_levels[level][at] < least) { // up while whole stretches are too small
        ++at;
        while (at % 2 == 0 && level + 1 < m_levels.size()) {
            at /= 2;
            ++level;
        }
        if (at >= m_levels[level].size())
            return m_levels.front().size();
    }
    for (; level > 0; --level) { // down to the first of the stretch
        at *= 2;
        at += m_levels[level - 1][at] < least ? 1 : 0;
    }
    return at;
}

std::size_t RangeMaximum::lastAtLeast(double least, std::size_t until) const
{
    const std::size_t none = m_levels.empty() ? 0 : m_levels.front().size();
    if (none == 0 || until == 0)
        return none;
    std::size_t level = 0;
    std::size_t at = std::min(until, none) - 1;
    while (m_levels[level][at] < least) { // up while whole stretches are too small
        if (at == 0)
            return none;
        --at;
        while (at % 2 == 1 && level + 1 < m_levels.size()) {
            at /= 2;
            ++level;
        }
    }
    for (; level > 0; --level) { // down to the last of the stretch
        const std::vector<double>& below = m_levels[level - 1];
        at = std::min(2 * at + 1, below.size() - 1);
        at -= below[at] < least ? 1 : 0;
    }
    return at;
}

} // namespace stepscope
