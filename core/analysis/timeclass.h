#pragma once

#include "core/base/time.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace stepscope {

/// What a device's nanosecond was spent on: each belongs to exactly one class (definitions.md §2, §3).
enum class TimeClass : std::uint8_t {
    Compute,       ///< a kernel that is no communication
    ExposedComm,   ///< communication while no compute kernel runs
    ExposedMemory, ///< a copy or memset while no kernel runs
    GraphOpaque,   ///< inside a recorded graph span and in none of the above: content unknown
    Host,          ///< idle, and the host had not yet launched what comes next
    InGraph,       ///< idle between the kernels of one graph replay
    Micro,         ///< idle for less than 5 µs
    Device,        ///< idle although the next operation was launched long before
    Profiler,      ///< idle while the profiler itself ran on the host
    Unattributed,  ///< idle, and the file does not say who launched what comes next
    ClockFault,    ///< idle before an operation that begins before its own launch
};

inline constexpr std::size_t timeClassCount = 11;

inline constexpr std::array<TimeClass, timeClassCount> allTimeClasses = {
    TimeClass::Compute,  TimeClass::ExposedComm,  TimeClass::ExposedMemory, TimeClass::GraphOpaque,
    TimeClass::Host,     TimeClass::InGraph,      TimeClass::Micro,         TimeClass::Device,
    TimeClass::Profiler, TimeClass::Unattributed, TimeClass::ClockFault};

constexpr bool isBusy(TimeClass timeClass)
{
    return timeClass <= TimeClass::GraphOpaque;
}

/// A duration for each class. For any window, the sum is the window's length, exactly.
class ClassTimes {
public:
    constexpr Duration& operator[](TimeClass timeClass)
    {
        return m_times[static_cast<std::size_t>(timeClass)];
    }
    constexpr Duration operator[](TimeClass timeClass) const
    {
        return m_times[static_cast<std::size_t>(timeClass)];
    }

    constexpr Duration busy() const { return sumWhere(true); }
    constexpr Duration idle() const { return sumWhere(false); }
    constexpr Duration sum() const { return busy() + idle(); }

    constexpr ClassTimes& operator+=(const ClassTimes& other)
    {
        for (const TimeClass timeClass : allTimeClasses)
            (*this)[timeClass] += other[timeClass];
        return *this;
    }
    friend constexpr bool operator==(const ClassTimes&, const ClassTimes&) = default;

private:
    constexpr Duration sumWhere(bool busyClasses) const
    {
        Duration sum = Duration::zero();
        for (const TimeClass timeClass : allTimeClasses) {
            if (isBusy(timeClass) == busyClasses)
                sum += (*this)[timeClass];
        }
        return sum;
    }

    std::array<Duration, timeClassCount> m_times{};
};

} // namespace stepscope
