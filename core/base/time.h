#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace stepscope {

/// The clock of one trace: integer nanoseconds since the trace start. The position of that start
/// on the file's own clock is `CaptureInfo::origin`.
struct TraceClock {
    using rep = std::int64_t;
    using period = std::nano;
    using duration = std::chrono::duration<rep, period>;
    using time_point = std::chrono::time_point<TraceClock, duration>;
    static constexpr bool is_steady = true;
};

using Duration = TraceClock::duration;
using TimePoint = TraceClock::time_point;

/// `ns` nanoseconds after the trace start. For file borders and tests; elsewhere carry TimePoint.
constexpr TimePoint timePointAt(std::int64_t ns)
{
    return TimePoint(Duration(ns));
}

constexpr std::int64_t nanosecondsOf(TimePoint time)
{
    return time.time_since_epoch().count();
}

/// Half-open `[begin, end)`. A range whose end is not after its begin is empty.
struct TimeRange {
    TimePoint begin{};
    TimePoint end{};

    constexpr bool isEmpty() const { return end <= begin; }
    constexpr Duration duration() const { return isEmpty() ? Duration::zero() : end - begin; }
    constexpr bool contains(TimePoint time) const { return begin <= time && time < end; }
    constexpr bool contains(TimeRange other) const { return begin <= other.begin && other.end <= end; }
    constexpr bool overlaps(TimeRange other) const { return begin < other.end && other.begin < end; }

    /// The common part; empty (begin == end) when there is none.
    constexpr TimeRange intersected(TimeRange other) const
    {
        const TimePoint first = std::max(begin, other.begin);
        return {first, std::max(first, std::min(end, other.end))};
    }

    friend constexpr bool operator==(const TimeRange&, const TimeRange&) = default;
};

} // namespace stepscope
