#include "core/base/timelookup.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <random>

using namespace stepscope;

namespace {

using Times = std::vector<TimePoint>;

Times timesOf(std::size_t count, const std::function<std::int64_t(std::mt19937_64&)>& distance)
{
    std::mt19937_64 random(count);
    Times times;
    std::int64_t at = -5'000;
    for (std::size_t i = 0; i < count; ++i) {
        at += distance(random);
        times.push_back(timePointAt(at));
    }
    return times;
}

std::int64_t between(std::mt19937_64& random, std::int64_t low, std::int64_t high)
{
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

/// A lookup that counts how often the list is read.
struct Counted {
    explicit Counted(Times list)
        : times(std::move(list)), lookup(times.size(), [this](std::size_t i) { return times[i]; })
    {}

    std::size_t firstNotBefore(TimePoint time)
    {
        return lookup.firstNotBefore(time, [this](std::size_t i) {
            ++reads;
            return times[i];
        });
    }

    Times times;
    TimeLookup lookup;
    std::size_t reads = 0;
};

} // namespace

class TestTimeLookup : public QObject {
    Q_OBJECT

private slots:
    void agreesWithAPlainSearch_data();
    void agreesWithAPlainSearch();
    void readsAHandful();
    void unevenTimesAreHalved();
};

void TestTimeLookup::agreesWithAPlainSearch_data()
{
    QTest::addColumn<QVector<qint64>>("list");
    const auto row = [](const char* name, const Times& times) {
        QVector<qint64> list;
        for (const TimePoint time : times)
            list << nanosecondsOf(time);
        QTest::newRow(name) << list;
    };
    row("none", {});
    row("one", timesOf(1, [](auto&) { return 3; }));
    row("two at one time", timesOf(2, [](auto&) { return 0; }));
    row("a thousand at one time", timesOf(1'000, [](auto&) { return 0; }));
    row("each nanosecond", timesOf(1'000, [](auto&) { return 1; }));
    row("evenly", timesOf(3'000, [](auto& random) { return between(random, 1, 2'000); }));
    row("with doubles", timesOf(3'000, [](auto& random) { return between(random, 0, 2); }));
    row("in bursts", timesOf(3'000, [](auto& random) {
            return between(random, 0, 99) == 0 ? between(random, 0, 1'000'000) : between(random, 0, 9);
        }));
    Times far = timesOf(1'000, [](auto& random) { return between(random, 1, 50); });
    far.push_back(timePointAt(9'000'000'000'000'000'000));
    row("one centuries away", far);
}

void TestTimeLookup::agreesWithAPlainSearch()
{
    QFETCH(QVector<qint64>, list);
    Times times;
    for (const qint64 time : list)
        times.push_back(timePointAt(time));
    Counted counted(times);
    const auto check = [&](TimePoint time) {
        const auto expected = std::lower_bound(times.begin(), times.end(), time) - times.begin();
        QCOMPARE(counted.firstNotBefore(time), static_cast<std::size_t>(expected));
    };
    for (const TimePoint time : times) {
        for (const int offset : {-1, 0, 1})
            check(time + Duration(offset));
    }
    std::mt19937_64 random(7);
    for (int round = 0; round < 1'000; ++round)
        check(timePointAt(between(random, -10'000, times.empty() ? 0 : nanosecondsOf(times.back()) + 10)));
    check(timePointAt(-9'000'000'000'000'000'000));
    check(timePointAt(9'200'000'000'000'000'000));
}

void TestTimeLookup::readsAHandful()
{
    for (const std::size_t count : {10'000U, 1'000'000U}) {
        Counted counted(timesOf(count, [](auto& random) { return between(random, 1, 20'000); }));
        std::mt19937_64 random(3);
        for (int round = 0; round < 1'000; ++round)
            counted.firstNotBefore(timePointAt(between(random, 0, nanosecondsOf(counted.times.back()))));
        QVERIFY2(counted.reads < 6'000, qPrintable(QString::number(counted.reads)));
    }
}

void TestTimeLookup::unevenTimesAreHalved()
{
    Times times = timesOf(1'000'000, [](auto&) { return 1; });
    times.push_back(timePointAt(1'000'000'000'000'000'000));
    Counted counted(std::move(times));
    for (int round = 0; round < 1'000; ++round)
        counted.firstNotBefore(timePointAt(round * 997));
    QVERIFY2(counted.reads <= 21'000, qPrintable(QString::number(counted.reads)));
}

QTEST_APPLESS_MAIN(TestTimeLookup)
#include "tst_timelookup.moc"
