#include "core/analysis/kernelfamilytime.h"

#include <algorithm>

namespace stepscope {

KernelClass KernelFamilyTime::largest() const
{
    KernelClass best = KernelClass::Unknown;
    for (std::size_t i = 0; i < kernelClassCount; ++i) {
        const auto kernelClass = static_cast<KernelClass>(i);
        if (kernelClass != KernelClass::Communication && (*this)[kernelClass] > (*this)[best])
            best = kernelClass;
    }
    return best;
}

KernelFamilyTime& KernelFamilyTime::operator+=(const KernelFamilyTime& other)
{
    for (std::size_t i = 0; i < kernelClassCount; ++i)
        m_times[i] += other.m_times[i];
    return *this;
}

KernelFamilyTime KernelFamilyTime::operator-(const KernelFamilyTime& other) const
{
    KernelFamilyTime difference = *this;
    for (std::size_t i = 0; i < kernelClassCount; ++i)
        difference.m_times[i] -= other.m_times[i];
    return difference;
}

std::vector<KernelFamilyTime> familyTimes(const ActivityTable& work, const std::vector<KernelClass>& classes,
                                          std::span<const TimePoint> begins)
{
    std::vector<KernelFamilyTime> times(begins.size());
    std::array<TimePoint, kernelClassCount> reached; // up to where each class is counted
    reached.fill(TimePoint::min());
    std::size_t stretch = 0;
    for (std::size_t row = 0; row < work.size(); ++row) {
        if (work.kind(row) != ActivityKind::Kernel)
            continue;
        const TimeRange range = work.range(row);
        while (stretch + 1 < begins.size() && begins[stretch + 1] <= range.begin)
            ++stretch;
        if (begins.empty() || range.begin < begins.front())
            continue;
        const KernelClass kernelClass = classes[work.name(row).value()];
        TimePoint& counted = reached[static_cast<std::size_t>(kernelClass)];
        const TimeRange fresh{std::max(range.begin, counted), range.end};
        times[stretch][kernelClass] += fresh.duration();
        counted = std::max(counted, range.end);
    }
    return times;
}

} // namespace stepscope
