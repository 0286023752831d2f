#pragma once

#include "core/analysis/kernelclassifier.h"
#include "core/base/time.h"
#include "core/trace/activitytable.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace stepscope {

inline constexpr std::size_t kernelClassCount = static_cast<std::size_t>(KernelClass::Unknown) + 1;

/// The time during which kernels of each class ran, each nanosecond once within its class. Classes that run
/// side by side both count, so the sum may exceed the compute time.
class KernelFamilyTime {
public:
    Duration& operator[](KernelClass kernelClass) { return m_times[static_cast<std::size_t>(kernelClass)]; }
    Duration operator[](KernelClass kernelClass) const
    {
        return m_times[static_cast<std::size_t>(kernelClass)];
    }
    /// The class that holds most, communication left out: it has a share of its own. Unknown when nothing
    /// ran.
    KernelClass largest() const;

    KernelFamilyTime& operator+=(const KernelFamilyTime& other);
    KernelFamilyTime operator-(const KernelFamilyTime& other) const;
    friend bool operator==(const KernelFamilyTime&, const KernelFamilyTime&) = default;

private:
    std::array<Duration, kernelClassCount> m_times{};
};

/// The family times of consecutive stretches of one device: `begins` are their begins in order, the last one
/// has no end. An interval belongs to the stretch in which it begins. `classes` by NameId. O(rows +
/// stretches).
std::vector<KernelFamilyTime> familyTimes(const ActivityTable& work, const std::vector<KernelClass>& classes,
                                          std::span<const TimePoint> begins);

} // namespace stepscope
