#include "core/trace/activitytable.h"
#include "core/trace/columnorder.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

using namespace stepscope;

namespace {

template <class Value> Value oneOf(std::mt19937_64& random, std::initializer_list<Value> values)
{
    return *(values.begin() + std::uniform_int_distribution<std::size_t>(0, values.size() - 1)(random));
}

/// How large the values are and how many origins there are decides how a table keeps them.
struct Shape {
    std::int64_t largestCorrelation = 1000;
    std::int64_t streams = 3;
    int shareWithBytes = 10; // of 100
    int shareInGraph = 50;
};

Activity randomActivity(std::mt19937_64& random, const Shape& shape)
{
    const auto below = [&random](std::int64_t limit) {
        return std::uniform_int_distribution<std::int64_t>(0, limit - 1)(random);
    };
    Activity activity;
    activity.begin = timePointAt(below(1'000'000));
    activity.end = activity.begin + Duration(below(50));
    activity.name = NameId(static_cast<std::uint32_t>(below(30)));
    activity.process = ProcessId(static_cast<std::uint32_t>(below(3)));
    activity.launch = below(2) == 0 ? CallId() : CallId(static_cast<std::uint32_t>(below(1000)));
    activity.correlation = below(shape.largestCorrelation) * oneOf<std::int64_t>(random, {-1, 1});
    activity.stream = below(shape.streams) - 1;
    activity.bytes = below(100) < shape.shareWithBytes ? below(std::int64_t{1} << 40) : 0;
    activity.graph = below(100) < shape.shareInGraph ? static_cast<std::uint32_t>(below(1U << 31)) : 0;
    activity.graphNode =
        below(100) < shape.shareInGraph ? 0xffffffffU - static_cast<std::uint32_t>(below(9)) : 0;
    activity.kind = oneOf(
        random, {ActivityKind::Kernel, ActivityKind::GraphTrace, ActivityKind::Memcpy, ActivityKind::Memset});
    activity.copy = oneOf(random, {CopyKind::None, CopyKind::HostToDevice, CopyKind::Other});
    return activity;
}

bool isSame(const Activity& a, const Activity& b)
{
    return a.begin == b.begin && a.end == b.end && a.name == b.name && a.process == b.process &&
           a.launch == b.launch && a.correlation == b.correlation && a.stream == b.stream &&
           a.bytes == b.bytes && a.graph == b.graph && a.graphNode == b.graphNode && a.kind == b.kind &&
           a.copy == b.copy;
}

} // namespace

class TestColumns : public QObject {
    Q_OBJECT

private slots:
    void tableHoldsWhatItWasGiven_data()
    {
        QTest::addColumn<Shape>("shape");
        constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
        QTest::newRow("as a rule") << Shape{};
        QTest::newRow("no bytes, no graphs") << Shape{1000, 3, 0, 0};
        QTest::newRow("bytes and graphs in all rows") << Shape{1000, 3, 100, 100};
        QTest::newRow("wide correlations") << Shape{most, 3, 1, 1};
        QTest::newRow("correlations about as wide as fit") << Shape{std::int64_t{1} << 32, 3, 1, 1};
        QTest::newRow("more origins than fit") << Shape{1000, most, 1, 1};
    }

    void tableHoldsWhatItWasGiven()
    {
        QFETCH(Shape, shape);
        std::mt19937_64 random(4);
        for (const std::size_t rows :
             {std::size_t{0}, std::size_t{1}, std::size_t{64}, std::size_t{130'000}}) {
            std::vector<Activity> expected;
            ActivityTable table;
            for (std::size_t row = 0; row < rows; ++row) {
                expected.push_back(randomActivity(random, shape));
                table.append(expected.back());
            }
            for (std::size_t row = 0; row < rows; ++row)
                QVERIFY(isSame(table.row(row), expected[row]));
            std::stable_sort(expected.begin(), expected.end(), [](const Activity& a, const Activity& b) {
                return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
            });
            table.sort();
            QCOMPARE(table.size(), rows);
            for (std::size_t row = 0; row < rows; ++row) {
                QVERIFY(isSame(table.row(row), expected[row]));
                QCOMPARE(table.bytes(row), expected[row].bytes);
                QCOMPARE(table.stream(row), expected[row].stream);
            }
        }
    }

    /// Rows in a few runs, close to their places, or in no order at all: always as std::stable_sort.
    void orderIsStable()
    {
        std::mt19937 random(5);
        for (int round = 0; round < 400; ++round) {
            const auto size = std::uniform_int_distribution<std::size_t>(0, 700)(random);
            std::vector<int> keys(size);
            const int values = oneOfThese(random, {1, 3, 50, 100'000});
            for (int& key : keys)
                key = std::uniform_int_distribution<int>(0, values)(random);
            switch (round % 4) {
            case 0: // runs of any length
                for (std::size_t first = 0; first < size;) {
                    const std::size_t length =
                        std::min(size - first, std::uniform_int_distribution<std::size_t>(1, 300)(random));
                    std::sort(keys.begin() + static_cast<std::ptrdiff_t>(first),
                              keys.begin() + static_cast<std::ptrdiff_t>(first + length));
                    first += length;
                }
                break;
            case 1: // nearly in order
                std::sort(keys.begin(), keys.end());
                for (std::size_t i = 3; i < size; i += 5)
                    std::swap(keys[i], keys[i - 3]);
                break;
            case 2:
                std::sort(keys.begin(), keys.end(), std::greater<>());
                break;
            default:
                break;
            }
            const auto comesBefore = [&keys](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; };
            std::vector<std::uint32_t> expected(size);
            std::iota(expected.begin(), expected.end(), 0U);
            const bool isSorted = std::is_sorted(keys.begin(), keys.end());
            std::stable_sort(expected.begin(), expected.end(), comesBefore);
            QCOMPARE(stableOrder(size, comesBefore), isSorted ? std::vector<std::uint32_t>() : expected);
        }
    }

    /// What a file may hold that wants to be slow: comparisons, not seconds.
    void orderIsLinearForRuns_data()
    {
        QTest::addColumn<int>("runs");
        QTest::newRow("one table after the other") << 4;
        QTest::newRow("all at one time") << 1;
    }

    void orderIsLinearForRuns()
    {
        QFETCH(int, runs);
        constexpr std::size_t size = 1'000'000;
        std::uint64_t comparisons = 0;
        const auto comesBefore = [&](std::uint32_t a, std::uint32_t b) {
            ++comparisons;
            const auto key = [runs](std::uint32_t row) {
                return runs == 1 ? 0 : row % (size / static_cast<std::size_t>(runs));
            };
            return key(a) < key(b);
        };
        stableOrder(size, comesBefore);
        QVERIFY2(comparisons < 4 * size, qPrintable(QString::number(comparisons)));
    }

private:
    static int oneOfThese(std::mt19937& random, std::initializer_list<int> values)
    {
        return *(values.begin() + std::uniform_int_distribution<std::size_t>(0, values.size() - 1)(random));
    }
};

QTEST_APPLESS_MAIN(TestColumns)
#include "tst_columns.moc"
