#include "core/analysis/intervalunion.h"

#include <QTest>

#include <array>
#include <bitset>
#include <random>

using namespace stepscope;

namespace {

constexpr std::size_t horizon = 400;
using Covered = std::bitset<horizon>; // one bit for each ns: too simple to be wrong

TimeRange range(std::int64_t begin, std::int64_t end)
{
    return {timePointAt(begin), timePointAt(end)};
}

std::vector<TimeRange> randomRanges(std::mt19937& random)
{
    std::vector<TimeRange> ranges;
    const auto count = std::uniform_int_distribution<int>(0, 40)(random);
    for (int i = 0; i < count; ++i) {
        const auto begin = std::uniform_int_distribution<std::int64_t>(0, horizon - 1)(random);
        const auto length = std::uniform_int_distribution<std::int64_t>(-2, 30)(random);
        ranges.push_back(range(begin, std::min<std::int64_t>(begin + length, horizon)));
    }
    return ranges;
}

template <class Ranges> Covered bitsOf(const Ranges& ranges)
{
    Covered bits;
    for (const TimeRange& r : ranges) {
        for (std::int64_t ns = nanosecondsOf(r.begin); ns < nanosecondsOf(r.end); ++ns)
            bits.set(static_cast<std::size_t>(ns));
    }
    return bits;
}

} // namespace

class TestIntervalUnion : public QObject {
    Q_OBJECT

private slots:
    void mergesTouchingAndOverlapping()
    {
        const auto merged = IntervalUnion::fromIntervals(
            {range(10, 20), range(0, 5), range(20, 25), range(3, 7), range(9, 9)});
        QCOMPARE(merged.size(), std::size_t{2});
        QCOMPARE(merged[0], range(0, 7));
        QCOMPARE(merged[1], range(10, 25));
        QCOMPARE(merged.total(), Duration(22));
        QCOMPARE(merged.coveredIn(range(5, 12)), Duration(4));
        QVERIFY(merged.contains(timePointAt(10)));
        QVERIFY(!merged.contains(timePointAt(7)));
    }

    void emptyUnion()
    {
        const IntervalUnion nothing;
        QVERIFY(nothing.isEmpty());
        QCOMPARE(nothing.coveredIn(range(0, 100)), Duration::zero());
        QCOMPARE(nothing.complementIn(range(3, 8)).total(), Duration(5));
        QCOMPARE(nothing.extent(), TimeRange{});
    }

    void equalsBitsOnRandomSets()
    {
        std::mt19937 random(20261124);
        for (int round = 0; round < 3000; ++round) {
            const auto first = randomRanges(random);
            const auto second = randomRanges(random);
            const auto a = IntervalUnion::fromIntervals(first);
            const auto b = IntervalUnion::fromIntervals(second);
            const Covered bitsA = bitsOf(first);
            const Covered bitsB = bitsOf(second);
            QCOMPARE(bitsOf(a.ranges()), bitsA);
            QCOMPARE(a.total().count(), static_cast<std::int64_t>(bitsA.count()));
            QCOMPARE(bitsOf(a.unitedWith(b).ranges()), bitsA | bitsB);
            QCOMPARE(bitsOf(a.intersectedWith(b).ranges()), bitsA & bitsB);
            QCOMPARE(bitsOf(a.without(b).ranges()), bitsA & ~bitsB);
            for (std::size_t i = 1; i < a.size(); ++i) // disjoint, apart, in order
                QVERIFY(a[i - 1].end < a[i].begin);
            const auto from = std::uniform_int_distribution<std::int64_t>(0, horizon)(random);
            const auto until = std::uniform_int_distribution<std::int64_t>(from, horizon)(random);
            std::int64_t covered = 0;
            for (std::int64_t ns = from; ns < until; ++ns)
                covered += bitsA.test(static_cast<std::size_t>(ns)) ? 1 : 0;
            QCOMPARE(a.coveredIn(range(from, until)).count(), covered);
            QCOMPARE(a.complementIn(range(from, until)).total().count(), until - from - covered);
        }
    }

    /// The same sets with times that lie hours apart, where offsets between neighbours need more bits.
    void equalsItselfAtAnotherScale()
    {
        std::mt19937 random(20261129);
        for (int round = 0; round < 1000; ++round) {
            const std::int64_t scale = std::array<std::int64_t, 3>{
                100'000'000, 1'000'000'000, 7'200'000'000'000}[static_cast<std::size_t>(round % 3)];
            const auto scaled = [scale](const TimeRange& r) {
                return range(nanosecondsOf(r.begin) * scale, nanosecondsOf(r.end) * scale);
            };
            const std::vector<TimeRange> small = randomRanges(random);
            std::vector<TimeRange> large;
            for (const TimeRange& r : small)
                large.push_back(scaled(r));
            const auto a = IntervalUnion::fromIntervals(small);
            const auto b = IntervalUnion::fromIntervals(large);
            QCOMPARE(b.size(), a.size());
            for (std::size_t i = 0; i < a.size(); ++i)
                QCOMPARE(b[i], scaled(a[i]));
            QCOMPARE(b.total(), a.total() * scale);
            QVERIFY(b == IntervalUnion::fromIntervals(large));
            for (std::int64_t time = -1; time <= std::int64_t{horizon} + 1; ++time) {
                QCOMPARE(b.firstEndingAfter(timePointAt(time * scale)),
                         a.firstEndingAfter(timePointAt(time)));
                QCOMPARE(b.firstEndingAt(timePointAt(time * scale)), a.firstEndingAt(timePointAt(time)));
                QCOMPARE(b.coveredBefore(timePointAt(time * scale)),
                         a.coveredBefore(timePointAt(time)) * scale);
            }
            for (const std::int64_t step : {1, 3, 40}) {
                std::vector<TimePoint> times;
                for (std::int64_t time = -1; time <= std::int64_t{horizon} + 1; time += step)
                    times.push_back(timePointAt(time * scale));
                std::vector<Duration> covered(times.size());
                b.coveredBefore(times, covered);
                for (std::size_t k = 0; k < times.size(); ++k)
                    QCOMPARE(covered[k], b.coveredBefore(times[k]));
            }
        }
    }

    void manyTimesAtOnce()
    {
        std::mt19937 random(7);
        std::vector<TimeRange> all;
        std::int64_t at = 50;
        for (int i = 0; i < 20'000; ++i) {
            at += std::uniform_int_distribution<std::int64_t>(1, 90)(random);
            const std::int64_t begin = at;
            at += std::uniform_int_distribution<std::int64_t>(1, 50)(random);
            all.push_back(range(begin, at));
        }
        const auto set = IntervalUnion::fromIntervals(all);
        for (const std::size_t count : {0U, 1U, 2U, 15U, 16U, 17U, 300U, 9'000U}) { // from distant to near
            std::vector<TimePoint> times;
            for (std::size_t k = 0; k < count; ++k)
                times.push_back(
                    timePointAt(std::uniform_int_distribution<std::int64_t>(0, at + 100)(random)));
            std::sort(times.begin(), times.end());
            std::vector<Duration> covered(count);
            set.coveredBefore(times, covered);
            for (std::size_t k = 0; k < count; ++k)
                QCOMPARE(covered[k], set.coveredBefore(times[k]));
        }
    }
};

QTEST_APPLESS_MAIN(TestIntervalUnion)
#include "tst_intervalunion.moc"
