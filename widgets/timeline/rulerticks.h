#pragma once

#include "widgets/viewmodel/timereading.h"

#include <QString>

#include <functional>
#include <vector>

namespace stepscope {

/// "1.50 – 6.33 s": three digits of the length are told, whole tens of milliseconds at least.
QString rangeText(TimeRange range, TimeUnit unit);

struct RulerTick {
    TimePoint time;
    QString label; ///< empty for a minor tick
};

struct RulerTicks {
    /// Between labels: 1, 2 or 5 times a power of ten; of the time of day above a second as clocks divide it.
    Duration step = Duration(1);
    std::vector<RulerTick> ticks;
};

/// Ticks of a view that is `width` pixels wide, at round readings. `textWidth` measures a label; labels never
/// touch. O(number of ticks).
RulerTicks rulerTicks(TimeRange view, int width, const TimeReading& reading,
                      const std::function<int(const QString&)>& textWidth);

} // namespace stepscope
