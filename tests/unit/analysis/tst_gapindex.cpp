#include "core/analysis/gapindex.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace stepscope;

class TestGapIndex : public QObject {
    Q_OBJECT

private slots:
    void bandsAreTwelveADecade()
    {
        QCOMPARE(GapBands::lowerEdge(0), Duration(1));
        QCOMPARE(GapBands::lowerEdge(12), Duration(10));
        QCOMPARE(GapBands::lowerEdge(36), Duration(1000));
        QCOMPARE(GapBands::lowerEdge(72), Duration(1'000'000));
        QCOMPARE(GapBands::bandOf(Duration(999)), std::size_t{35});
        QCOMPARE(GapBands::bandOf(Duration(1000)), std::size_t{36});
        QCOMPARE(GapBands::bandOf(std::chrono::hours(100)), GapBands::count - 1);
        for (std::int64_t length = 1; length < 2'000'000; length += 1 + length / 50) {
            const auto expected = static_cast<double>(GapBands::bandOf(Duration(length)));
            const double exact = 12.0 * std::log10(static_cast<double>(length));
            QVERIFY2(exact >= expected - 1e-9 && exact < expected + 1.0, qPrintable(QString::number(length)));
        }
    }

    /// Block sums give what a plain loop gives, whatever the window, and at block borders.
    void histogramEqualsBruteForce()
    {
        std::mt19937_64 random(7);
        for (const int intervals : {0, 1, 2, 1024, 1025, 1026, 2049, 5000}) {
            std::vector<TimeRange> busy;
            std::int64_t at = 0;
            for (int i = 0; i < intervals; ++i) {
                at += std::int64_t{1} << std::uniform_int_distribution<int>(0, 24)(random);
                const std::int64_t end = at + std::uniform_int_distribution<std::int64_t>(1, 5000)(random);
                busy.push_back({timePointAt(at), timePointAt(end)});
                at = end;
            }
            const auto unions = IntervalUnion::fromIntervals(busy);
            const GapIndex index = GapIndex::between(unions);
            QCOMPARE(index.size(), busy.size() < 2 ? 0 : busy.size() - 1);
            for (int round = 0; round < 300; ++round) {
                std::int64_t from = std::uniform_int_distribution<std::int64_t>(-10, at + 10)(random);
                std::int64_t until = std::uniform_int_distribution<std::int64_t>(from, at + 20)(random);
                if (round == 0) {
                    from = 0;
                    until = at;
                }
                const TimeRange window{timePointAt(from), timePointAt(until)};
                GapHistogram expected;
                std::optional<TimeRange> largest;
                for (std::size_t i = 1; i < busy.size(); ++i) {
                    const TimeRange gap{busy[i - 1].end, busy[i].begin};
                    if (gap.begin < window.begin || gap.end > window.end)
                        continue;
                    const std::size_t band = GapBands::bandOf(gap.duration());
                    ++expected.gaps[band];
                    expected.time[band] += gap.duration();
                    ++expected.gapCount;
                    expected.gapTime += gap.duration();
                    if (!largest || gap.duration() > largest->duration())
                        largest = gap;
                }
                QVERIFY(index.histogramIn(window) == expected);
                QVERIFY(index.largestIn(window) == largest);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestGapIndex)
#include "tst_gapindex.moc"
