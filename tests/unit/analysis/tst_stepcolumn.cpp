#include "core/analysis/stepcolumn.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

using namespace stepscope;

namespace {

/// Linear between order statistics (type 7), by sorting.
Duration percentileOf(const std::vector<Duration>& sorted, double share)
{
    const double position = share * static_cast<double>(sorted.size() - 1);
    const auto lower = static_cast<std::size_t>(position);
    const std::size_t upper = std::min(lower + 1, sorted.size() - 1);
    const double fraction = position - static_cast<double>(lower);
    return sorted[lower] +
           Duration(std::llround(fraction * static_cast<double>((sorted[upper] - sorted[lower]).count())));
}

} // namespace

class TestStepColumn : public QObject {
    Q_OBJECT

private slots:
    void equalsBruteForce_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<qlonglong>("most");
        QTest::newRow("one step") << 1 << 9LL;
        QTest::newRow("zeros") << 50 << 0LL;
        QTest::newRow("ties") << 200 << 3LL;
        QTest::newRow("a word") << 64 << 1'000LL;
        QTest::newRow("beyond a word") << 65 << 1'000LL;
        QTest::newRow("long cadences") << 1'000 << 30'000'000'000LL;
    }
    void equalsBruteForce()
    {
        QFETCH(int, size);
        QFETCH(qlonglong, most);
        std::mt19937_64 random(11);
        std::vector<Duration> values;
        for (int i = 0; i < size; ++i)
            values.emplace_back(std::uniform_int_distribution<std::int64_t>(0, most)(random));
        const StepColumn column = StepColumn::withSquares(values);
        for (int round = 0; round < 300; ++round) {
            const auto first = std::uniform_int_distribution<std::size_t>(0, values.size() - 1)(random);
            const auto last = std::uniform_int_distribution<std::size_t>(first + 1, values.size())(random);
            std::vector<Duration> part(values.begin() + static_cast<std::ptrdiff_t>(first),
                                       values.begin() + static_cast<std::ptrdiff_t>(last));
            const Duration sum = std::accumulate(part.begin(), part.end(), Duration::zero());
            QVERIFY(column.sum(first, last) == sum);
            const std::int64_t mean = sum.count() / static_cast<std::int64_t>(part.size());
            double squares = 0.0;
            for (const Duration value : part)
                squares += std::pow(static_cast<double>(value.count() - mean), 2);
            QVERIFY(std::abs(column.squaredDeviations(first, last) - squares) <= 1e-9 * squares);
            std::sort(part.begin(), part.end());
            const std::size_t rank = random() % part.size();
            QVERIFY(column.nth(first, last, rank) == part[rank]);
            const std::array stretches = {std::pair(first, last), std::pair(std::size_t{0}, values.size())};
            QVERIFY(column.upperMedians(stretches).front() == part[part.size() / 2]);
            const Duration value(std::uniform_int_distribution<std::int64_t>(-1, most + 1)(random));
            QCOMPARE(
                column.countBelow(first, last, value),
                static_cast<std::size_t>(std::lower_bound(part.begin(), part.end(), value) - part.begin()));
            const DurationSpread spread = column.spread(first, last);
            QVERIFY(spread.p10 == percentileOf(part, 0.10));
            QVERIFY(spread.median == percentileOf(part, 0.50));
            QVERIFY(spread.p90 == percentileOf(part, 0.90));
            QVERIFY(column.percentile(first, last, 0.90) == spread.p90);
            QVERIFY(spread.p99 == percentileOf(part, 0.99));
        }
    }

    void nothing()
    {
        const StepColumn column;
        QVERIFY(column.sum(0, 0) == Duration::zero());
        QVERIFY(column.spread(0, 0) == DurationSpread());
        QCOMPARE(column.squaredDeviations(0, 0), 0.0);
        QCOMPARE(column.countBelow(0, 0, Duration(1)), std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestStepColumn)
#include "tst_stepcolumn.moc"
