#include "widgets/timeline/rulerticks.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace stepscope {

namespace {

constexpr int roomBetweenLabels = 24;

struct RulerText {
    Q_DECLARE_TR_FUNCTIONS(RulerText)
};

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
    return step == 1 ? 1 : leading == 2 ? 2 : 5;
}

QString groupedInThrees(const QString& digits)
{
    QString grouped;
    for (int i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % 3 == 0)
            grouped += QChar(0x2009); // thin space
        grouped += digits[i];
    }
    return grouped;
}

} // namespace

TimeUnit TimeUnit::forTrace(Duration length)
{
    if (length >= std::chrono::milliseconds(100))
        return {1'000'000'000, 9};
    if (length >= std::chrono::microseconds(100))
        return {1'000'000, 6};
    if (length >= std::chrono::microseconds(1))
        return {1'000, 3};
    return {1, 0};
}

QString TimeUnit::symbol() const
{
    switch (digits) {
    case 9:
        return RulerText::tr("s");
    case 6:
        return RulerText::tr("ms");
    case 3:
        return RulerText::tr("µs");
    default:
        return RulerText::tr("ns");
    }
}

QString exactTime(TimePoint time, Duration resolution, TimeUnit unit)
{
    int decimals = unit.digits;
    for (std::int64_t left = std::max<std::int64_t>(resolution.count(), 1); decimals > 0 && left % 10 == 0;
         left /= 10)
        --decimals;
    std::int64_t perDigit = 1;
    for (int i = decimals; i < unit.digits; ++i)
        perDigit *= 10;

    const std::int64_t nanoseconds = nanosecondsOf(time);
    const std::int64_t magnitude = nanoseconds < 0 ? -nanoseconds : nanoseconds;
    const QLocale locale;
    QString text = locale.toString(static_cast<qlonglong>(magnitude / unit.nanoseconds));
    if (decimals > 0) {
        const std::int64_t fraction = magnitude % unit.nanoseconds / perDigit;
        const QString digits = QString::number(fraction).rightJustified(decimals, QLatin1Char('0'));
        text += locale.decimalPoint() + (decimals > 4 ? groupedInThrees(digits) : digits);
    }
    if (nanoseconds < 0)
        text.prepend(locale.negativeSign());
    return text + QChar(0x00a0) + unit.symbol();
}

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

RulerTicks rulerTicks(TimeRange view, int width, TimeUnit unit,
                      const std::function<int(const QString&)>& textWidth)
{
    RulerTicks result;
    if (view.isEmpty() || width <= 0)
        return result;
    const double length = static_cast<double>(view.duration().count());
    std::int64_t step = 1;
    while (static_cast<double>(step) * width / length <
           textWidth(exactTime(view.end, Duration(step), unit)) + roomBetweenLabels)
        step = niceAfter(step);
    result.step = Duration(step);

    const std::int64_t minor = step / partsOf(step);
    // A label starts at its tick and runs to the right, so one left of the view may still be seen.
    const std::int64_t first = std::max<std::int64_t>(nanosecondsOf(view.begin) - step, 0) / minor * minor;
    for (std::int64_t at = first; at <= nanosecondsOf(view.end); at += minor) {
        const bool isMajor = at % step == 0;
        result.ticks.push_back(
            {timePointAt(at), isMajor ? exactTime(timePointAt(at), result.step, unit) : QString()});
    }
    return result;
}

} // namespace stepscope
