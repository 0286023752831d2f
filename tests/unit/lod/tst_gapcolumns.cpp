#include "core/lod/gapcolumns.h"

#include "core/lod/pixelcoverage.h"

#include <QTest>

#include <random>

using namespace stepscope;

namespace {

std::int64_t pick(std::mt19937_64& random, std::int64_t low, std::int64_t high)
{
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

/// Gaps of all lengths up to 2^`widest` ns, between busy intervals of up to 500 ns.
GapIndex randomGaps(std::mt19937_64& random, int count, int widest)
{
    std::vector<TimeRange> busy;
    std::int64_t at = 0;
    for (int i = 0; i <= count; ++i) {
        const std::int64_t end = at + pick(random, 1, 500);
        busy.push_back({timePointAt(at), timePointAt(end)});
        at = end + (std::int64_t{1} << pick(random, 0, widest)) + pick(random, 0, 2);
    }
    return GapIndex::between(IntervalUnion::fromIntervals(busy));
}

/// The columns that are to be marked, by looking at every gap for each.
std::vector<bool> markedColumns(const GapIndex& gaps, TimeRange window, BandRange bands, TimeRange view,
                                std::size_t columns)
{
    std::vector<bool> marked(columns, false);
    for (std::size_t column = 0; column < columns; ++column) {
        TimeRange range = columnRange(view, columns, column);
        range.end = std::max(range.end, range.begin + Duration(1));
        for (std::size_t gap = 0; gap < gaps.size() && !marked[column]; ++gap)
            marked[column] =
                window.contains(gaps[gap]) && bands.contains(gaps.bandOf(gap)) && gaps[gap].overlaps(range);
    }
    return marked;
}

} // namespace

class TestGapColumns : public QObject {
    Q_OBJECT

private slots:
    void everyColumnWithAGapIsMarked();
    void theFirstOfABandIsFound();
    void costFollowsTheWidth();
};

void TestGapColumns::everyColumnWithAGapIsMarked()
{
    std::mt19937_64 random(11);
    int marks = 0;
    for (int round = 0; round < 3000; ++round) {
        const GapIndex gaps = randomGaps(random, static_cast<int>(pick(random, 0, 60)), 14);
        const std::int64_t end = gaps.size() == 0 ? 1000 : nanosecondsOf(gaps[gaps.size() - 1].end);
        const auto range = [&](std::int64_t longest) {
            const std::int64_t from = pick(random, -50, end);
            return TimeRange{timePointAt(from), timePointAt(from + pick(random, 1, longest))};
        };
        const TimeRange window = round % 3 == 0 ? TimeRange{timePointAt(0), timePointAt(end)} : range(end);
        // Wider than all of it, and narrower than a column a nanosecond.
        const TimeRange view = range(round % 4 == 0 ? 60 : 2 * end);
        const BandRange bands{static_cast<std::size_t>(pick(random, 0, 30)),
                              static_cast<std::size_t>(pick(random, 31, 60))};
        const auto columns = static_cast<std::size_t>(pick(random, 1, 90));
        std::vector<bool> shown(columns, false);
        std::size_t last = 0;
        for (const ColumnRun& run : gapColumns(gaps, window, bands, view, columns)) {
            QVERIFY(run.first < run.last && run.last <= columns);
            QVERIFY(run.first > last || last == 0); // in order, and joined where they touch
            last = run.last;
            for (std::size_t column = run.first; column < run.last; ++column)
                shown[column] = true;
            ++marks;
        }
        QVERIFY(shown == markedColumns(gaps, window, bands, view, columns));
    }
    QVERIFY(marks > 500);
}

void TestGapColumns::theFirstOfABandIsFound()
{
    std::mt19937_64 random(12);
    for (const int count : {1, 1023, 1024, 1025, 3000}) {
        const GapIndex gaps = randomGaps(random, count, 20);
        for (int round = 0; round < 200; ++round) {
            const auto low = static_cast<std::size_t>(pick(random, 0, 80));
            const BandRange bands{low, low + static_cast<std::size_t>(pick(random, 1, 6))};
            const auto first = static_cast<std::size_t>(pick(random, 0, count));
            const auto last = static_cast<std::size_t>(pick(random, std::int64_t(first), count));
            std::size_t expected = first;
            while (expected < last && !bands.contains(gaps.bandOf(expected)))
                ++expected;
            QCOMPARE(gaps.firstOf(bands, first, last), expected);
        }
        for (int round = 0; round < 200; ++round) {
            const TimePoint time =
                timePointAt(pick(random, -5, nanosecondsOf(gaps[gaps.size() - 1].end) + 5));
            std::size_t expected = 0;
            while (expected < gaps.size() && gaps[expected].end <= time)
                ++expected;
            QCOMPARE(gaps.firstEndingAfter(time), expected);
        }
    }
    QCOMPARE(GapIndex().firstEndingAfter(timePointAt(5)), std::size_t{0});
}

/// A million gaps into a thousand columns: a loop over them for each column, or for each mark, would take
/// minutes.
void TestGapColumns::costFollowsTheWidth()
{
    std::mt19937_64 random(13);
    const GapIndex gaps = randomGaps(random, 1'000'000, 10);
    const TimeRange all{timePointAt(0), gaps[gaps.size() - 1].end};
    const GapHistogram histogram = gaps.histogramIn(all);
    for (std::size_t band = 0; band < 40; ++band) {
        const auto runs = gapColumns(gaps, all, {band, band + 1}, all, 1000);
        QCOMPARE(runs.empty(), histogram.gaps[band] == 0);
    }
    QBENCHMARK
    {
        gapColumns(gaps, all, {36, 37}, all, 1000);
    }
}

QTEST_APPLESS_MAIN(TestGapColumns)
#include "tst_gapcolumns.moc"
