#pragma once

#include "core/base/time.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace stepscope {

/// Finds places in a long list of ascending times: a table says for equal stretches of time how many of the
/// list come before, so that a search looks at a handful of neighbours instead of halving the whole list from
/// one distant place to the next. Half a byte a time, unless more is wanted. Where the times are as unevenly
/// spread as can be, it searches like std::partition_point. Immutable; any thread.
class TimeLookup {
public:
    TimeLookup() = default;
    /// `timeAt(i)` for i in [0, size): the list, ascending. Where each look at it is dear, a stretch may hold
    /// fewer times for more memory. O(size).
    template <class TimeAt> TimeLookup(std::size_t size, TimeAt timeAt, std::size_t timesPerStretch = 8);

    /// The first of the list that is not before `time`, or its size. `timeAt` as the table was built with.
    /// O(1) for evenly spread times, O(log n) for any.
    template <class TimeAt> std::size_t firstNotBefore(TimePoint time, TimeAt timeAt) const;
    /// A place at most some before firstNotBefore(), without a look at the list: to have it fetched.
    std::size_t placeNear(TimePoint time) const
    {
        if (m_before.empty() || time <= m_begin)
            return 0;
        const auto stretch = static_cast<std::uint64_t>((time - m_begin).count()) >> m_shift;
        return m_before[std::min<std::uint64_t>(stretch, m_before.size() - 1)];
    }
    /// Of what it holds beyond itself.
    std::size_t memoryBytes() const { return m_before.capacity() * sizeof(m_before[0]); }

private:
    std::vector<std::uint32_t> m_before; // how many come before each stretch, and before their end
    TimePoint m_begin{};
    unsigned m_shift = 0; // a stretch is 2^shift nanoseconds
};

template <class TimeAt> TimeLookup::TimeLookup(std::size_t size, TimeAt timeAt, std::size_t timesPerStretch)
{
    if (size == 0)
        return;
    m_begin = timeAt(0);
    const auto extent = static_cast<std::uint64_t>((timeAt(size - 1) - m_begin).count());
    while ((extent >> m_shift) > size / timesPerStretch)
        ++m_shift;
    m_before.resize((extent >> m_shift) + 2);
    std::size_t next = 0; // stretch
    for (std::size_t i = 0; i < size; ++i) {
        const auto stretch = static_cast<std::uint64_t>((timeAt(i) - m_begin).count()) >> m_shift;
        for (; next <= stretch; ++next)
            m_before[next] = static_cast<std::uint32_t>(i);
    }
    m_before[next] = static_cast<std::uint32_t>(size);
}

template <class TimeAt> std::size_t TimeLookup::firstNotBefore(TimePoint time, TimeAt timeAt) const
{
    if (m_before.empty() || time <= m_begin)
        return 0;
    const auto stretch = static_cast<std::uint64_t>((time - m_begin).count()) >> m_shift;
    if (stretch + 1 >= m_before.size())
        return m_before.back();
    std::size_t low = m_before[stretch];
    std::size_t length = m_before[stretch + 1] - low;
    while (length > 0) { // both outcomes are computed: a branch would be guessed wrongly half the time
        const std::size_t half = length / 2;
        const bool isBefore = timeAt(low + half) < time;
        low = isBefore ? low + half + 1 : low;
        length = isBefore ? length - half - 1 : half;
    }
    return low;
}

} // namespace stepscope
