#include "widgets/viewmodel/timereading.h"

#include "widgets/viewmodel/tracedocument.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace stepscope {

namespace {

struct TimeText {
    Q_DECLARE_TR_FUNCTIONS(TimeText)
};

constexpr std::int64_t perSecond = 1'000'000'000;
constexpr std::int64_t perDay = 86'400 * perSecond;
constexpr int secondDigits = 9;

std::int64_t floorDivided(std::int64_t number, std::int64_t by)
{
    return number / by - (number % by < 0 ? 1 : 0);
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

/// How many of `digits` decimals tell multiples of `resolution` apart.
int decimalsFor(Duration resolution, int digits)
{
    for (std::int64_t left = std::max<std::int64_t>(resolution.count(), 1); digits > 0 && left % 10 == 0;
         left /= 10)
        --digits;
    return digits;
}

/// ".125", of a part of a unit that `digits` decimals tell to the nanosecond; empty for none.
QString fractionText(std::int64_t part, int digits, int decimals)
{
    if (decimals == 0)
        return {};
    for (int i = decimals; i < digits; ++i)
        part /= 10;
    const QString text = QString::number(part).rightJustified(decimals, QLatin1Char('0'));
    return QLocale().decimalPoint() + (decimals > 4 ? groupedInThrees(text) : text);
}

QString timeOfDay(std::int64_t nanosecondsOfDay, int decimals)
{
    const std::int64_t seconds = nanosecondsOfDay / perSecond;
    const auto two = [](std::int64_t number) {
        return QString::number(number).rightJustified(2, QLatin1Char('0'));
    };
    return two(seconds / 3600) + QLatin1Char(':') + two(seconds / 60 % 60) + QLatin1Char(':') +
           two(seconds % 60) + fractionText(nanosecondsOfDay % perSecond, secondDigits, decimals);
}

/// `whole`.`fraction` of a unit in ns; nothing where it does not fit into 64 bits.
std::optional<std::int64_t> nanosecondsIn(QStringView whole, QStringView fraction, std::int64_t unit)
{
    constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max() / 4;
    std::int64_t sum = 0;
    for (const QChar digit : whole) {
        if (sum > (highest / unit - digit.digitValue()) / 10)
            return std::nullopt;
        sum = sum * 10 + digit.digitValue();
    }
    sum *= unit;
    for (const QChar digit : fraction) {
        unit /= 10; // what is finer than a nanosecond is cut off
        sum += unit * digit.digitValue();
    }
    return sum;
}

std::int64_t unitNamed(const QString& name, std::int64_t usual)
{
    if (name.isEmpty())
        return usual;
    if (name == QLatin1String("s"))
        return perSecond;
    if (name == QLatin1String("ms"))
        return 1'000'000;
    return name == QLatin1String("ns") ? 1 : 1'000;
}

} // namespace

TimeUnit TimeUnit::forTrace(Duration length)
{
    if (length >= std::chrono::milliseconds(100))
        return {perSecond, secondDigits};
    if (length >= std::chrono::microseconds(100))
        return {1'000'000, 6};
    if (length >= std::chrono::microseconds(1))
        return {1'000, 3};
    return {1, 0};
}

QString TimeUnit::symbol() const
{
    switch (digits) {
    case secondDigits:
        return TimeText::tr("s");
    case 6:
        return TimeText::tr("ms");
    case 3:
        return TimeText::tr("µs");
    default:
        return TimeText::tr("ns");
    }
}

QString exactTime(TimePoint time, Duration resolution, TimeUnit unit)
{
    const std::int64_t nanoseconds = nanosecondsOf(time);
    const std::int64_t magnitude = nanoseconds < 0 ? -nanoseconds : nanoseconds;
    const QLocale locale;
    QString text =
        locale.toString(static_cast<qlonglong>(magnitude / unit.nanoseconds)) +
        fractionText(magnitude % unit.nanoseconds, unit.digits, decimalsFor(resolution, unit.digits));
    if (nanoseconds < 0)
        text.prepend(locale.negativeSign());
    return text + QChar(0x00a0) + unit.symbol();
}

bool TimeReading::hasUtc(const TraceDocument& document)
{
    return document.isOpen() && document.index()->trace().capture().baseTime.has_value();
}

TimeReading TimeReading::of(const TraceDocument& document, TimeOrigin origin)
{
    TimeReading reading;
    if (!document.isOpen())
        return reading;
    const Trace& trace = document.index()->trace();
    reading.unit = TimeUnit::forTrace(trace.extent().duration());
    if (origin == TimeOrigin::Utc && hasUtc(document)) {
        reading.origin = TimeOrigin::Utc;
        reading.utcOfTrace = *trace.capture().baseTime + trace.capture().origin;
    } else if (origin == TimeOrigin::Window) {
        reading.origin = TimeOrigin::Window;
        reading.zero = document.window().begin;
    }
    return reading;
}

QString TimeReading::text(TimePoint time, Duration resolution) const
{
    if (origin != TimeOrigin::Utc)
        return exactTime(TimePoint(time - zero), resolution, unit);
    const std::int64_t utc = utcOfTrace + nanosecondsOf(time);
    return timeOfDay(utc - floorDivided(utc, perDay) * perDay, decimalsFor(resolution, secondDigits));
}

QString TimeReading::wholeText(TimePoint time) const
{
    if (origin != TimeOrigin::Utc)
        return text(time, Duration(1));
    const std::int64_t days = floorDivided(utcOfTrace + nanosecondsOf(time), perDay);
    return QDate(1970, 1, 1).addDays(days).toString(Qt::ISODate) + QLatin1Char(' ') +
           text(time, Duration(1)) + QStringLiteral(" UTC");
}

std::optional<TimePoint> TimeReading::typed(const QString& text) const
{
    QString plain = text.simplified();
    // What exactTime() writes: thin and hard spaces, the locale's minus.
    static const QRegularExpression spaces(QStringLiteral("[\\s\\x{2009}\\x{00a0}\\x{202f}]"));
    plain.remove(spaces);
    plain.replace(QChar(0x2212), QLatin1Char('-'));
    static const QRegularExpression number(
        QStringLiteral("^([+-]?)([0-9]+)(?:[.,]([0-9]*))?(s|ms|us|[\\x{b5}\\x{3bc}]s|ns)?$"));
    if (const QRegularExpressionMatch match = number.match(plain); match.hasMatch()) {
        const std::optional<std::int64_t> amount = nanosecondsIn(
            match.capturedView(2), match.capturedView(3), unitNamed(match.captured(4), unit.nanoseconds));
        if (!amount)
            return std::nullopt;
        const TimePoint from = origin == TimeOrigin::Window ? zero : TimePoint();
        return match.capturedView(1) == QLatin1String("-") ? from - Duration(*amount)
                                                           : from + Duration(*amount);
    }
    static const QRegularExpression clock(
        QStringLiteral("^([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]*))?)?(?:UTC)?$"));
    const QRegularExpressionMatch match = clock.match(plain);
    if (origin != TimeOrigin::Utc || !match.hasMatch())
        return std::nullopt;
    const std::int64_t hours = match.captured(1).toInt();
    const std::int64_t minutes = match.captured(2).toInt();
    const std::int64_t seconds = match.captured(3).toInt();
    if (hours > 23 || minutes > 59 || seconds > 59)
        return std::nullopt;
    const std::int64_t ofDay = ((hours * 60 + minutes) * 60 + seconds) * perSecond +
                               *nanosecondsIn(QStringView(), match.capturedView(4), perSecond);
    std::int64_t utc = floorDivided(utcOfTrace, perDay) * perDay + ofDay;
    if (utc < utcOfTrace) // after midnight; a moment before the trace is its begin
        utc = utcOfTrace - utc < perDay / 2 ? utcOfTrace : utc + perDay;
    return timePointAt(utc - utcOfTrace);
}

} // namespace stepscope
