#pragma once

#include "core/base/time.h"

#include <QString>

#include <functional>
#include <vector>

namespace stepscope {

/// The unit of a whole time axis, chosen by the length of the trace and not of the view, so that it does
/// not change while zooming: s for all but the shortest traces, as everywhere else in the program.
struct TimeUnit {
    std::int64_t nanoseconds = 1;
    int digits = 0; ///< decimals that reach one nanosecond

    static TimeUnit forTrace(Duration length);
    QString symbol() const;
};

/// "4.185 s": exact, with as many decimals as `resolution` needs and never fewer than tell neighbouring
/// multiples of it apart; what is finer is cut off. Long fractions are grouped in threes. The decimal point
/// is the locale's.
QString exactTime(TimePoint time, Duration resolution, TimeUnit unit);

/// "1.50 – 6.33 s": three digits of the length are told, whole tens of milliseconds at least.
QString rangeText(TimeRange range, TimeUnit unit);

struct RulerTick {
    TimePoint time;
    QString label; ///< empty for a minor tick
};

struct RulerTicks {
    Duration step = Duration(1); ///< between labels: 1, 2 or 5 times a power of ten
    std::vector<RulerTick> ticks;
};

/// Ticks of a view that is `width` pixels wide. `textWidth` measures a label; labels never touch.
/// O(number of ticks).
RulerTicks rulerTicks(TimeRange view, int width, TimeUnit unit,
                      const std::function<int(const QString&)>& textWidth);

} // namespace stepscope
