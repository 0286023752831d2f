#include "tests/gui/timeline/smalltrace.h"
#include "widgets/viewmodel/timereading.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QTest>

#include <random>

using namespace stepscope;

namespace {

constexpr std::int64_t second = 1'000'000'000;
/// 2026-03-05 14:03:07.125 UTC.
constexpr std::int64_t afternoon = 1'772'719'387 * second + 125'000'000;

QString plain(QString text)
{
    return text.replace(QChar(0x00a0), QLatin1Char(' ')).replace(QChar(0x2009), QLatin1Char(' '));
}

TimeReading utcFrom(std::int64_t nanoseconds)
{
    return {TimeOrigin::Utc, TimeUnit::forTrace(std::chrono::seconds(9)), TimePoint(), nanoseconds};
}

} // namespace

class TestTimeReading : public QObject {
    Q_OBJECT

private slots:
    void readsFromTheOrigin();
    void readsTheTimeOfDay();
    void typedTimes_data();
    void typedTimes();
    void typedTimeOfDay();
    void whatIsWrittenCanBeTyped();
    void fromADocument();
};

void TestTimeReading::readsFromTheOrigin()
{
    const TimeUnit seconds = TimeUnit::forTrace(std::chrono::seconds(9));
    const TimePoint at = timePointAt(4'217'400'123);
    QCOMPARE(plain(TimeReading{.unit = seconds}.text(at, Duration(1000))), QStringLiteral("4.217 400 s"));
    const TimeReading window{TimeOrigin::Window, seconds, timePointAt(4'000'000'000), 0};
    QCOMPARE(plain(window.text(at, Duration(1000))), QStringLiteral("0.217 400 s"));
    QCOMPARE(plain(window.text(timePointAt(3'750'000'000), Duration(10'000'000))), QStringLiteral("-0.25 s"));
    QCOMPARE(plain(window.wholeText(at)), QStringLiteral("0.217 400 123 s"));
}

void TestTimeReading::readsTheTimeOfDay()
{
    const TimeReading utc = utcFrom(afternoon);
    QCOMPARE(plain(utc.text(TimePoint(), Duration(1'000'000))), QStringLiteral("14:03:07.125"));
    QCOMPARE(plain(utc.text(TimePoint(), std::chrono::seconds(1))), QStringLiteral("14:03:07"));
    QCOMPARE(plain(utc.text(timePointAt(875'000'001), Duration(1))), QStringLiteral("14:03:08.000 000 001"));
    QCOMPARE(plain(utc.wholeText(timePointAt(1))), QStringLiteral("2026-03-05 14:03:07.125 000 001 UTC"));
    const TimeReading night =
        utcFrom(afternoon - 14 * 3600 * second - 3 * 60 * second - 8 * second); // 23:59:59.125
    QCOMPARE(plain(night.text(timePointAt(second), Duration(1'000'000))), QStringLiteral("00:00:00.125"));
    QCOMPARE(plain(night.wholeText(timePointAt(second))).left(19), QStringLiteral("2026-03-05 00:00:00"));
    QCOMPARE(plain(night.wholeText(TimePoint())).left(19), QStringLiteral("2026-03-04 23:59:59"));
}

void TestTimeReading::typedTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("nanoseconds"); // -1: no time
    const auto add = [](const char* text, qint64 nanoseconds) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << nanoseconds;
    };
    add("4.2174", 4'217'400'000);
    add(" 4.2174 s ", 4'217'400'000);
    add("4,2174 s", 4'217'400'000);
    add("4.217400123", 4'217'400'123);
    add("4.2174001239", 4'217'400'123); // finer than a nanosecond is cut off
    add("12 ms", 12'000'000);
    add("0.5ms", 500'000);
    add("350 us", 350'000);
    add("350 µs", 350'000);
    add("350 μs", 350'000); // the Greek letter
    add("1200 ns", 1'200);
    add("1 234 567 ns", 1'234'567);
    add("7", 7 * second);
    add("7.", 7 * second);
    add("+7", 7 * second);
    add("9007199254.740993 s", 9'007'199'254'740'993'000); // beyond what a double tells apart
    add("", -1);
    add("s", -1);
    add("seven", -1);
    add("1.2.3", -1);
    add("1e9", -1);
    add("12 min", -1);
    add("99999999999999999999", -1);
    add("14:03:07", -1); // not on this axis
}

void TestTimeReading::typedTimes()
{
    QFETCH(QString, text);
    QFETCH(qint64, nanoseconds);
    const TimeReading reading{.unit = TimeUnit::forTrace(std::chrono::seconds(9))};
    const std::optional<TimePoint> time = reading.typed(text);
    const std::int64_t highest = std::numeric_limits<std::int64_t>::max() / 4;
    if (nanoseconds < 0 || nanoseconds > highest) {
        QVERIFY(!time);
        return;
    }
    QVERIFY(time);
    QCOMPARE(nanosecondsOf(*time), std::int64_t{nanoseconds});
    const TimeReading window{TimeOrigin::Window, reading.unit, timePointAt(1000), 0};
    QCOMPARE(nanosecondsOf(*window.typed(text)), std::int64_t{nanoseconds} + 1000);
    QCOMPARE(nanosecondsOf(*window.typed(QStringLiteral("-1 us"))), 0);
}

void TestTimeReading::typedTimeOfDay()
{
    const TimeReading utc = utcFrom(afternoon);
    QCOMPARE(nanosecondsOf(*utc.typed(QStringLiteral("14:03:08"))), 875'000'000);
    QCOMPARE(nanosecondsOf(*utc.typed(QStringLiteral("14:03:07.125000001"))), 1);
    QCOMPARE(nanosecondsOf(*utc.typed(QStringLiteral("14:04"))), 52'875'000'000);
    QCOMPARE(nanosecondsOf(*utc.typed(QStringLiteral("14:03:07"))), 0);     // just before: its begin
    QCOMPARE(nanosecondsOf(*utc.typed(QStringLiteral("2 s"))), 2 * second); // from the trace start
    QVERIFY(!utc.typed(QStringLiteral("24:00:00")));
    QVERIFY(!utc.typed(QStringLiteral("14:60")));
    const TimeReading night = utcFrom(afternoon - 14 * 3600 * second - 3 * 60 * second - 8 * second);
    QCOMPARE(nanosecondsOf(*night.typed(QStringLiteral("0:00:00.125"))), second); // over midnight
}

void TestTimeReading::whatIsWrittenCanBeTyped()
{
    std::mt19937_64 random(2);
    for (const std::int64_t length :
         {std::int64_t{500}, std::int64_t{50'000}, std::int64_t{50'000'000}, 9 * second}) {
        for (const TimeOrigin origin : {TimeOrigin::Trace, TimeOrigin::Window, TimeOrigin::Utc}) {
            const TimeReading reading{origin, TimeUnit::forTrace(Duration(length)),
                                      origin == TimeOrigin::Window ? timePointAt(length / 3) : TimePoint(),
                                      afternoon};
            for (int round = 0; round < 200; ++round) {
                const std::int64_t at = std::uniform_int_distribution<std::int64_t>(0, length)(random);
                const std::optional<TimePoint> read =
                    reading.typed(reading.text(timePointAt(at), Duration(1)));
                QVERIFY(read);
                QCOMPARE(nanosecondsOf(*read), at);
            }
        }
    }
}

void TestTimeReading::fromADocument()
{
    TraceDocument document;
    QCOMPARE(TimeReading::of(document, TimeOrigin::Utc).origin, TimeOrigin::Trace);
    document.setIndex(testing::smallIndex(1, 20));
    QVERIFY(!TimeReading::hasUtc(document)); // it does not say when it was made
    QCOMPARE(TimeReading::of(document, TimeOrigin::Utc).origin, TimeOrigin::Trace);
    document.setWindow({timePointAt(5'000'000), timePointAt(9'000'000)});
    const TimeReading window = TimeReading::of(document, TimeOrigin::Window);
    QCOMPARE(nanosecondsOf(window.zero), 5'000'000);
    QCOMPARE(window.unit.nanoseconds, 1'000'000);
}

QTEST_GUILESS_MAIN(TestTimeReading)
#include "tst_timereading.moc"
