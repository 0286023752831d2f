#pragma once

#include "core/base/time.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace stepscope {

class TraceDocument;

/// From where times are counted on the axis.
enum class TimeOrigin : std::uint8_t {
    Trace,  ///< the first thing that was recorded
    Window, ///< the begin of the steady window; times before it are negative
    Utc,    ///< the time of day, where the file says when it was made
};

/// The unit of a whole time axis, chosen by the length of the trace and not of the view, so that it does
/// not change while zooming: s for all but the shortest traces, as everywhere else in the program.
struct TimeUnit {
    std::int64_t nanoseconds = 1;
    int digits = 0; ///< decimals that reach one nanosecond

    static TimeUnit forTrace(Duration length);
    QString symbol() const;
    friend bool operator==(const TimeUnit&, const TimeUnit&) = default;
};

/// "4.185 s": exact, with as many decimals as `resolution` needs and never fewer than tell neighbouring
/// multiples of it apart; what is finer is cut off. Long fractions are grouped in threes. The decimal point
/// is the locale's.
QString exactTime(TimePoint time, Duration resolution, TimeUnit unit);

/// How times are told and typed: counted from where, in which unit. A value.
struct TimeReading {
    TimeOrigin origin = TimeOrigin::Trace;
    TimeUnit unit;
    TimePoint zero{};            ///< reads 0
    std::int64_t utcOfTrace = 0; ///< ns since 1970 at the trace start; of Utc

    /// What an open document's times read as; Utc only where it says when it was made, else Trace.
    static TimeReading of(const TraceDocument& document, TimeOrigin origin);
    static bool hasUtc(const TraceDocument& document);

    /// As exactTime(), from the origin; of Utc "14:03:07.125".
    QString text(TimePoint time, Duration resolution) const;
    /// To the nanosecond, and of Utc with the day: for the clipboard.
    QString wholeText(TimePoint time) const;
    /// What text() writes and a person would type: "4.2174", "4.2174 s", "12 ms", "350 us", "1200 ns",
    /// "14:03:07.125", the last also counted from the day of the trace. From the digits, never through a
    /// double. Nothing where it is no time.
    std::optional<TimePoint> typed(const QString& text) const;
    friend bool operator==(const TimeReading&, const TimeReading&) = default;
};

} // namespace stepscope
