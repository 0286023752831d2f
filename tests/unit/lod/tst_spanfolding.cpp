#include "core/lod/spanfolding.h"

#include "core/lod/pixelcoverage.h"

#include <QTest>

#include <cmath>
#include <numeric>
#include <random>

using namespace stepscope;

namespace {

TimeRange nanoseconds(std::int64_t begin, std::int64_t end)
{
    return {timePointAt(begin), timePointAt(end)};
}

SpanKind kindOf(std::uint32_t id)
{
    return static_cast<SpanKind>(id * 7 % 5);
}

/// A row over given spans that counts how often one is looked at.
struct CountedRow {
    explicit CountedRow(std::vector<TimeRange> ranges)
        : spans(std::move(ranges)),
          row(ids(),
              std::make_shared<const SpanSource>(SpanSource{SpanBounds(spans), [this](std::uint32_t id) {
                                                                ++lookUps;
                                                                return kindOf(id);
                                                            }}))
    {
        lookUps = 0;
    }

    std::vector<TimeRange> spans;
    std::size_t lookUps = 0;
    SpanRow row;

private:
    std::vector<std::uint32_t> ids() const
    {
        std::vector<std::uint32_t> all(spans.size());
        std::iota(all.begin(), all.end(), 0U);
        return all;
    }
};

/// Disjoint, in order; gaps and lengths from nothing to thousands.
std::vector<TimeRange> randomSpans(std::mt19937_64& random, int count)
{
    const auto pick = [&random](std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random);
    };
    std::vector<TimeRange> spans;
    std::int64_t at = 100;
    for (int i = 0; i < count; ++i) {
        at += pick(0, 3) == 0 ? pick(0, 3000) : pick(0, 40);
        const std::int64_t length = pick(0, 9) == 0 ? pick(0, 5000) : pick(0, 60);
        spans.push_back(nanoseconds(at, at + length));
        at += length;
    }
    return spans;
}

bool isVisible(const TimeRange& span, TimeRange view)
{
    return span.overlaps(view) || (span.isEmpty() && view.contains(span.begin));
}

bool isSeenIn(const SpanPiece& piece, TimeRange part)
{
    return isVisible(piece.range, part);
}

/// The rule as it is written, span by span.
std::vector<SpanPiece> foldedByHand(const std::vector<TimeRange>& spans, TimeRange view, std::int64_t pixels)
{
    const Duration pixel((view.duration().count() + pixels - 1) / pixels);
    std::vector<SpanPiece> pieces;
    bool canGrow = false;
    for (std::size_t k = 0; k < spans.size(); ++k) {
        if (!isVisible(spans[k], view))
            continue;
        const bool isShort = spans[k].duration() < pixel;
        if (isShort && canGrow && spans[k].begin < pieces.back().range.end + pixel) {
            pieces.back().range.end = spans[k].end;
            ++pieces.back().count;
        } else {
            pieces.push_back({spans[k], k, 1});
        }
        canGrow = isShort;
    }
    return pieces;
}

} // namespace

class TestSpanFolding : public QObject {
    Q_OBJECT

private slots:
    void equalsBruteForce();
    void keepsFirstAndLast();
    void emptyViews();
    void sumsAreExact();
    void columnsAreExact();
    void findsSpans();
    void costsByWidth();
};

void TestSpanFolding::equalsBruteForce()
{
    std::mt19937_64 random(3);
    for (int round = 0; round < 200; ++round) {
        const CountedRow counted(randomSpans(random, 300));
        const std::int64_t end = nanosecondsOf(counted.spans.back().end) + 50;
        const std::int64_t from = std::uniform_int_distribution<std::int64_t>(0, end - 2)(random);
        const std::int64_t until = std::uniform_int_distribution<std::int64_t>(from + 1, end)(random);
        const TimeRange view = round % 5 == 0 ? nanoseconds(0, end) : nanoseconds(from, until);
        for (const int pixels : {1, 7, 100, 1500}) {
            const auto width = static_cast<std::size_t>(pixels);
            const auto pieces = foldSpans(counted.row, view, width);
            QVERIFY(pieces == foldedByHand(counted.spans, view, pixels));
            const std::int64_t partFrom =
                std::uniform_int_distribution<std::int64_t>(nanosecondsOf(view.begin), until)(random);
            for (const std::int64_t length : {1, 30, 3'000}) {
                const TimeRange part = nanoseconds(partFrom, partFrom + length);
                std::vector<SpanPiece> expected;
                std::copy_if(pieces.begin(), pieces.end(), std::back_inserter(expected),
                             [part](const SpanPiece& piece) { return isSeenIn(piece, part); });
                const auto inPart = foldSpans(counted.row, view, width, part);
                std::vector<SpanPiece> seen; // it may hold one more, which ends before the part
                std::copy_if(inPart.begin(), inPart.end(), std::back_inserter(seen),
                             [part](const SpanPiece& piece) { return isSeenIn(piece, part); });
                QVERIFY(seen == expected);
                QVERIFY(inPart.size() <= seen.size() + 1);
            }
        }
    }
}

void TestSpanFolding::keepsFirstAndLast()
{
    std::mt19937_64 random(9);
    const CountedRow counted(randomSpans(random, 2000));
    const TimeRange view = nanoseconds(0, nanosecondsOf(counted.spans.back().end) + 1);
    for (const std::size_t pixels : {1U, 10U, 1000U}) {
        const auto pieces = foldSpans(counted.row, view, pixels);
        QCOMPARE(pieces.front().first, 0U);
        QCOMPARE(pieces.back().first + pieces.back().count, counted.spans.size());
        std::size_t next = 0;
        for (const SpanPiece& piece : pieces) { // every span in exactly one piece
            QCOMPARE(piece.first, next);
            next += piece.count;
            Duration covered = Duration::zero();
            for (std::size_t k = piece.first; k < next; ++k)
                covered += counted.spans[k].duration();
            QCOMPARE(coveredTime(counted.row, piece), covered);
        }
    }
}

void TestSpanFolding::emptyViews()
{
    const CountedRow nothing({});
    QVERIFY(foldSpans(nothing.row, nanoseconds(0, 100), 10).empty());
    const CountedRow one({nanoseconds(10, 20)});
    QVERIFY(foldSpans(one.row, nanoseconds(20, 100), 10).empty());
    QVERIFY(foldSpans(one.row, nanoseconds(0, 10), 10).empty());
    QVERIFY(foldSpans(one.row, nanoseconds(5, 5), 10).empty());
    QVERIFY(foldSpans(one.row, nanoseconds(0, 100), 0).empty());
    QCOMPARE(foldSpans(one.row, nanoseconds(19, 100), 10).size(), 1U);
}

void TestSpanFolding::sumsAreExact()
{
    std::mt19937_64 random(4);
    const CountedRow counted(randomSpans(random, 700));
    for (int round = 0; round < 300; ++round) {
        const std::size_t first = std::uniform_int_distribution<std::size_t>(0, 700)(random);
        const std::size_t last = std::uniform_int_distribution<std::size_t>(first, 700)(random);
        SpanTimes expected{};
        for (std::size_t k = first; k < last; ++k)
            expected[static_cast<std::size_t>(kindOf(static_cast<std::uint32_t>(k)))] +=
                counted.spans[k].duration();
        QVERIFY(counted.row.timesOf(first, last) == expected);
    }
}

void TestSpanFolding::columnsAreExact()
{
    std::mt19937_64 random(6);
    const CountedRow counted(randomSpans(random, 900));
    const TimeRange view = nanoseconds(0, nanosecondsOf(counted.spans.back().end));
    for (const std::size_t columns : {1U, 13U, 400U, 5000U}) {
        const std::size_t firstColumn = columns / 3;
        std::vector<SpanTimes> times(columns - firstColumn);
        const std::size_t first = 40;
        const std::size_t last = 860;
        addSpanColumns(counted.row, first, last, view, columns, firstColumn, times);
        for (std::size_t k = 0; k < times.size(); ++k) {
            const TimeRange column = columnRange(view, columns, firstColumn + k);
            SpanTimes expected{};
            for (std::size_t span = first; span < last; ++span)
                expected[static_cast<std::size_t>(kindOf(static_cast<std::uint32_t>(span)))] +=
                    counted.spans[span].intersected(column).duration();
            QVERIFY(times[k] == expected);
        }
    }
}

void TestSpanFolding::findsSpans()
{
    std::mt19937_64 random(8);
    const CountedRow counted(randomSpans(random, 500));
    for (std::uint32_t id = 0; id < 500; ++id)
        QCOMPARE(counted.row.positionOf(id), std::size_t(id));
    const std::vector<std::uint32_t> even = {0, 2, 4};
    const SpanRow partOfThem(
        even, std::make_shared<const SpanSource>(
                  SpanSource{SpanBounds(counted.spans), [](std::uint32_t id) { return kindOf(id); }}));
    std::vector<TimePoint> times;
    for (std::int64_t time = 0; time < nanosecondsOf(counted.spans.back().end) + 300; time += 37)
        times.push_back(timePointAt(time));
    std::vector<std::size_t> positions(times.size());
    counted.row.firstSeenAfter(times, positions);
    for (std::size_t k = 0; k < times.size(); ++k)
        QCOMPARE(positions[k], counted.row.firstSeenAfter(times[k]));
    QCOMPARE(partOfThem.positionOf(4), 2U);
    QCOMPARE(partOfThem.positionOf(3), partOfThem.size());
    QCOMPARE(partOfThem.positionOf(499), partOfThem.size());
}

void TestSpanFolding::costsByWidth()
{
    // Ten times as many spans on the same pixels: no more are looked at.
    const auto dense = [](std::int64_t count) {
        std::vector<TimeRange> spans;
        for (std::int64_t k = 0; k < count; ++k)
            spans.push_back(nanoseconds(k * 10, k * 10 + (k % 1000 == 0 ? 9 : 4)));
        return spans;
    };
    constexpr std::size_t pixels = 500;
    for (const std::int64_t count : {20'000, 200'000, 2'000'000}) {
        CountedRow counted(dense(count));
        const TimeRange view = nanoseconds(0, count * 10);
        const auto pieces = foldSpans(counted.row, view, pixels);
        QVERIFY(!pieces.empty());
        const auto perPixel = static_cast<double>(counted.lookUps) / pixels;
        QVERIFY2(perPixel < 20.0, qPrintable(QString::number(perPixel)));

        counted.lookUps = 0;
        std::vector<SpanTimes> times(pixels);
        addSpanColumns(counted.row, 0, counted.row.size(), view, pixels, 0, times);
        const auto perColumn = static_cast<double>(counted.lookUps) / pixels;
        QVERIFY2(perColumn < 40.0, qPrintable(QString::number(perColumn)));
    }
}

QTEST_APPLESS_MAIN(TestSpanFolding)
#include "tst_spanfolding.moc"
