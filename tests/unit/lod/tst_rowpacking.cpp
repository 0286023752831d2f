#include "core/lod/rowpacking.h"

#include <QTest>

#include <algorithm>
#include <numeric>
#include <random>

using namespace stepscope;

namespace {

using Ids = std::vector<std::uint32_t>;

TimeRange nanoseconds(std::int64_t begin, std::int64_t end)
{
    return {timePointAt(begin), timePointAt(end)};
}

std::vector<Ids> packAll(const std::vector<TimeRange>& spans)
{
    Ids ids(spans.size());
    std::iota(ids.begin(), ids.end(), 0U);
    return packRows(ids, [&spans](std::uint32_t id) { return spans[id]; });
}

/// Sorted by begin, then longer first, as host calls are; one in eight is empty.
std::vector<TimeRange> randomSpans(std::mt19937_64& random, int count, std::int64_t longest)
{
    std::vector<TimeRange> spans;
    std::uniform_int_distribution<std::int64_t> anyBegin(0, 4000);
    std::uniform_int_distribution<std::int64_t> anyLength(0, longest);
    std::uniform_int_distribution<int> oneInEight(0, 7);
    for (int i = 0; i < count; ++i) {
        const std::int64_t begin = anyBegin(random);
        spans.push_back(nanoseconds(begin, begin + (oneInEight(random) == 0 ? 0 : anyLength(random))));
    }
    std::sort(spans.begin(), spans.end(), [](const TimeRange& a, const TimeRange& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    return spans;
}

} // namespace

class TestRowPacking : public QObject {
    Q_OBJECT

private slots:
    void lowestFreeRow_data();
    void lowestFreeRow();
    void rowsAreDisjointAndComplete();
};

void TestRowPacking::lowestFreeRow_data()
{
    QTest::addColumn<QVector<QPair<int, int>>>("spans");
    QTest::addColumn<QVector<int>>("rows");
    using Spans = QVector<QPair<int, int>>;
    QTest::newRow("none") << Spans{} << QVector<int>{};
    QTest::newRow("touching") << Spans{{0, 5}, {5, 9}} << QVector<int>{0, 0};
    QTest::newRow("nested") << Spans{{0, 20}, {1, 9}, {2, 4}, {5, 6}, {10, 12}}
                            << QVector<int>{0, 1, 2, 2, 1};
    QTest::newRow("overlapping") << Spans{{0, 10}, {5, 15}, {10, 20}} << QVector<int>{0, 1, 0};
    QTest::newRow("lowest of two free") << Spans{{0, 4}, {1, 3}, {2, 9}, {5, 6}} << QVector<int>{0, 1, 2, 0};
    QTest::newRow("empty ones") << Spans{{0, 5}, {3, 3}, {5, 5}, {5, 9}} << QVector<int>{0, 1, 0, 0};
}

void TestRowPacking::lowestFreeRow()
{
    using Spans = QVector<QPair<int, int>>;
    QFETCH(Spans, spans);
    QFETCH(QVector<int>, rows);
    std::vector<TimeRange> ranges;
    for (const auto& [begin, end] : spans)
        ranges.push_back(nanoseconds(begin, end));
    QVector<int> rowOf(spans.size(), -1);
    const std::vector<Ids> packed = packAll(ranges);
    for (std::size_t row = 0; row < packed.size(); ++row) {
        for (const std::uint32_t id : packed[row])
            rowOf[int(id)] = int(row);
    }
    QCOMPARE(rowOf, rows);
}

void TestRowPacking::rowsAreDisjointAndComplete()
{
    std::mt19937_64 random(5);
    for (const std::int64_t longest : {1, 30, 400, 4000}) {
        const std::vector<TimeRange> spans = randomSpans(random, 500, longest);
        const std::vector<Ids> packed = packAll(spans);
        std::vector<int> seen(spans.size(), 0);
        for (const Ids& row : packed) {
            QVERIFY(!row.empty());
            for (std::size_t k = 0; k < row.size(); ++k) {
                ++seen[row[k]];
                if (k > 0) {
                    QVERIFY(row[k - 1] < row[k]);
                    QVERIFY(spans[row[k - 1]].end <= spans[row[k]].begin);
                }
            }
        }
        QVERIFY(std::all_of(seen.begin(), seen.end(), [](int times) { return times == 1; }));
        // No fewer rows would do: as many spans run at once somewhere.
        std::size_t most = 0;
        for (const TimeRange& span : spans) {
            const auto running = std::count_if(spans.begin(), spans.end(), [&](const TimeRange& other) {
                return other.contains(span.begin);
            });
            most = std::max(most, static_cast<std::size_t>(running));
        }
        QVERIFY(packed.size() >= most && packed.size() <= most + 1);
    }
}

QTEST_APPLESS_MAIN(TestRowPacking)
#include "tst_rowpacking.moc"
