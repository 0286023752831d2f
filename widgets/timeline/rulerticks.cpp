#include "widgets/timeline/rulerticks.h"

#include <QLocale>

#include <algorithm>

namespace stepscope {

namespace {

constexpr int roomBetweenLabels = 24;

/// The next of 1, 2, 5, 10, 20, 50 …
std::int64_t niceAfter(std::int64_t step)
{
    std::int64_t power = 1;
    while (power * 10 <= step)
        power *= 10;
    for (const std::int64_t digit : {2, 5, 10}) {
        if (power * digit > step)
            return power * digit;
    }
    return step * 10;
}

/// How many parts a labelled stretch is divided into by minor ticks.
std::int64_t partsOf(std::int64_t step)
{
    std::int64_t leading = step;
    while (leading % 10 == 0)
        leading /= 10;
    return step == 1 ? 1 : leading == 2 ? 2 : leading % 3 == 0 ? 3 : 5;
}

/// The next on a clock's face: 1, 2, 5, 10, 15, 30 s, the same in minutes, then hours.
std::int64_t nextOnClock(std::int64_t step)
{
    constexpr std::int64_t second = 1'000'000'000;
    if (step < second)
        return niceAfter(step);
    for (const std::int64_t seconds : {2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600}) {
        if (seconds * second > step)
            return seconds * second;
    }
    return step * 2;
}

/// What the reading of a time is counted by, in ns.
std::int64_t countOf(TimePoint time, const TimeReading& reading)
{
    return reading.origin == TimeOrigin::Utc ? reading.utcOfTrace + nanosecondsOf(time)
                                             : (time - reading.zero).count();
}

std::int64_t roundedDown(std::int64_t number, std::int64_t step)
{
    const std::int64_t rest = number % step;
    return number - rest - (rest < 0 ? step : 0);
}

} // namespace

QString rangeText(TimeRange range, TimeUnit unit)
{
    Duration resolution(1);
    while (resolution * 1000 <= range.duration())
        resolution *= 10;
    if (unit.digits == 9)
        resolution = std::min<Duration>(resolution, std::chrono::milliseconds(10));
    const QString symbol = QChar(0x00a0) + unit.symbol();
    const auto rounded = [&](TimePoint time) { return time + resolution / 2; }; // exactTime cuts off
    QString begin = exactTime(rounded(range.begin), resolution, unit);
    begin.chop(symbol.size());
    if (range.begin == TimePoint())
        begin = QLocale().toString(0);
    return begin + QStringLiteral(" – ") + exactTime(rounded(range.end), resolution, unit);
}

RulerTicks rulerTicks(TimeRange view, int width, const TimeReading& reading,
                      const std::function<int(const QString&)>& textWidth)
{
    RulerTicks result;
    if (view.isEmpty() || width <= 0)
        return result;
    const double length = static_cast<double>(view.duration().count());
    const bool isClock = reading.origin == TimeOrigin::Utc;
    std::int64_t step = 1;
    const auto widest = [&] {
        return std::max(textWidth(reading.text(view.begin, Duration(step))),
                        textWidth(reading.text(view.end, Duration(step))));
    };
    while (static_cast<double>(step) * width / length < widest() + roomBetweenLabels)
        step = isClock ? nextOnClock(step) : niceAfter(step);
    result.step = Duration(step);

    const std::int64_t minor = step / partsOf(step);
    const std::int64_t last = countOf(view.end, reading);
    // A label starts at its tick and runs to the right, so one left of the view may still be seen.
    const std::int64_t first = roundedDown(countOf(view.begin, reading) - step, minor);
    for (std::int64_t at = first; at <= last; at += minor) {
        const TimePoint time = view.end - Duration(last - at);
        const bool isMajor = at % step == 0;
        if (time >= TimePoint()) // nothing was recorded before the trace
            result.ticks.push_back({time, isMajor ? reading.text(time, result.step) : QString()});
    }
    return result;
}

} // namespace stepscope
