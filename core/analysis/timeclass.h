#pragma once

#include "core/base/time.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace stepscope {

/// What a device's nanosecond was spent on: each belongs to exactly one class (definitions.md §2, §3). From
/// Synchronize to Untraced they are the host's: idle, and the host had not yet launched what comes next.
enum class TimeClass : std::uint8_t {
    Compute,       ///< a kernel that is no communication
    ExposedComm,   ///< communication while no compute kernel runs
    ExposedMemory, ///< a copy or memset while no kernel runs
    GraphOpaque,   ///< inside a recorded graph span and in none of the above: content unknown
    Synchronize,   ///< the launching thread sat in a call that waits for the device
    Launch,        ///< it was launching what comes next: a kernel or a copy
    GraphLaunch,   ///< it was launching what comes next: a CUDA graph
    Sampling,      ///< it sampled tokens
    Scheduler,     ///< it scheduled requests or took in results
    Prepare,       ///< it built the step's inputs and metadata
    Draft,         ///< it ran the drafter of speculative decoding
    Allocate,      ///< it allocated or freed memory
    OtherHost,     ///< it did something that has a name and none of the classes above
    Untraced,      ///< it did something that the file does not show
    InGraph,       ///< idle between the kernels of one graph replay
    Micro,         ///< idle for less than 5 µs
    Device,        ///< idle although the next operation was launched long before
    Profiler,      ///< idle while the profiler itself ran on the host
    Unattributed,  ///< idle, and the file does not say who launched what comes next
    ClockFault,    ///< idle before an operation that begins before its own launch
};

inline constexpr std::size_t timeClassCount = 20;

inline constexpr std::array<TimeClass, timeClassCount> allTimeClasses = {
    TimeClass::Compute,     TimeClass::ExposedComm, TimeClass::ExposedMemory, TimeClass::GraphOpaque,
    TimeClass::Synchronize, TimeClass::Launch,      TimeClass::GraphLaunch,   TimeClass::Sampling,
    TimeClass::Scheduler,   TimeClass::Prepare,     TimeClass::Draft,         TimeClass::Allocate,
    TimeClass::OtherHost,   TimeClass::Untraced,    TimeClass::InGraph,       TimeClass::Micro,
    TimeClass::Device,      TimeClass::Profiler,    TimeClass::Unattributed,  TimeClass::ClockFault};

constexpr bool isBusy(TimeClass timeClass)
{
    return timeClass <= TimeClass::GraphOpaque;
}

/// Whether the host is the one that is waited for (definitions.md §3: HostIdle).
constexpr bool isHost(TimeClass timeClass)
{
    return timeClass >= TimeClass::Synchronize && timeClass <= TimeClass::Untraced;
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

    constexpr Duration busy() const { return sumOf(TimeClass::Compute, TimeClass::GraphOpaque); }
    constexpr Duration host() const { return sumOf(TimeClass::Synchronize, TimeClass::Untraced); }
    constexpr Duration idle() const { return sumOf(TimeClass::Synchronize, TimeClass::ClockFault); }
    constexpr Duration sum() const { return busy() + idle(); }

    constexpr ClassTimes& operator+=(const ClassTimes& other)
    {
        for (std::size_t i = 0; i < timeClassCount; ++i)
            m_times[i] += other.m_times[i];
        return *this;
    }
    friend constexpr bool operator==(const ClassTimes&, const ClassTimes&) = default;

private:
    constexpr Duration sumOf(TimeClass first, TimeClass last) const
    {
        Duration sum = Duration::zero();
        for (std::size_t i = static_cast<std::size_t>(first); i <= static_cast<std::size_t>(last); ++i)
            sum += m_times[i];
        return sum;
    }

    std::array<Duration, timeClassCount> m_times{};
};

} // namespace stepscope
