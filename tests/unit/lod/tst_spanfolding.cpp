#include "core/lod/spanfolding.h"

#include "core/lod/pixelcoverage.h"

#include <QTest>

#include <cmath>
#include <ctime>
#include <functional>
#include <limits>
#include <numeric>
#include <random>
#include <tuple>

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

/// A row of the given spans whose ids are in `ids`.
SpanRow rowOf(const std::vector<TimeRange>& spans, const std::vector<std::uint32_t>& ids)
{
    return {ids, std::make_shared<const SpanSource>(
                     SpanSource{SpanBounds(spans), SpanKinds(spans.size(), kindOf)})};
}

/// A row over given spans.
struct OwnRow {
    explicit OwnRow(std::vector<TimeRange> ranges) : spans(std::move(ranges)), row(rowOf(spans, ids())) {}

    std::vector<TimeRange> spans;
    SpanRow row;

private:
    std::vector<std::uint32_t> ids() const
    {
        std::vector<std::uint32_t> all(spans.size());
        std::iota(all.begin(), all.end(), 0U);
        return all;
    }
};

/// The least CPU time of some tries, of some deeds each.
double leastTime(const std::function<void()>& deed)
{
    double least = std::numeric_limits<double>::max();
    for (int attempt = 0; attempt < 7; ++attempt) {
        const std::clock_t begin = std::clock();
        for (int again = 0; again < 20; ++again)
            deed();
        least = std::min(least, static_cast<double>(std::clock() - begin));
    }
    return least;
}

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
        const OwnRow own(randomSpans(random, 300));
        const std::int64_t end = nanosecondsOf(own.spans.back().end) + 50;
        const std::int64_t from = std::uniform_int_distribution<std::int64_t>(0, end - 2)(random);
        const std::int64_t until = std::uniform_int_distribution<std::int64_t>(from + 1, end)(random);
        const TimeRange view = round % 5 == 0 ? nanoseconds(0, end) : nanoseconds(from, until);
        for (const int pixels : {1, 7, 100, 1500}) {
            const auto width = static_cast<std::size_t>(pixels);
            const auto pieces = foldSpans(own.row, view, width);
            QVERIFY(pieces == foldedByHand(own.spans, view, pixels));
            const std::int64_t partFrom =
                std::uniform_int_distribution<std::int64_t>(nanosecondsOf(view.begin), until)(random);
            for (const std::int64_t length : {1, 30, 3'000}) {
                const TimeRange part = nanoseconds(partFrom, partFrom + length);
                std::vector<SpanPiece> expected;
                std::copy_if(pieces.begin(), pieces.end(), std::back_inserter(expected),
                             [part](const SpanPiece& piece) { return isSeenIn(piece, part); });
                const auto inPart = foldSpans(own.row, view, width, part);
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
    const OwnRow own(randomSpans(random, 2000));
    const TimeRange view = nanoseconds(0, nanosecondsOf(own.spans.back().end) + 1);
    for (const std::size_t pixels : {1U, 10U, 1000U}) {
        const auto pieces = foldSpans(own.row, view, pixels);
        QCOMPARE(pieces.front().first, 0U);
        QCOMPARE(pieces.back().first + pieces.back().count, own.spans.size());
        std::size_t next = 0;
        for (const SpanPiece& piece : pieces) { // every span in exactly one piece
            QCOMPARE(piece.first, next);
            next += piece.count;
            Duration covered = Duration::zero();
            for (std::size_t k = piece.first; k < next; ++k)
                covered += own.spans[k].duration();
            QCOMPARE(coveredTime(own.row, piece), covered);
        }
    }
}

void TestSpanFolding::emptyViews()
{
    const OwnRow nothing({});
    QVERIFY(foldSpans(nothing.row, nanoseconds(0, 100), 10).empty());
    const OwnRow one({nanoseconds(10, 20)});
    QVERIFY(foldSpans(one.row, nanoseconds(20, 100), 10).empty());
    QVERIFY(foldSpans(one.row, nanoseconds(0, 10), 10).empty());
    QVERIFY(foldSpans(one.row, nanoseconds(5, 5), 10).empty());
    QVERIFY(foldSpans(one.row, nanoseconds(0, 100), 0).empty());
    QCOMPARE(foldSpans(one.row, nanoseconds(19, 100), 10).size(), 1U);
}

void TestSpanFolding::sumsAreExact()
{
    std::mt19937_64 random(4);
    const OwnRow own(randomSpans(random, 700));
    for (int round = 0; round < 300; ++round) {
        const std::size_t first = std::uniform_int_distribution<std::size_t>(0, 700)(random);
        const std::size_t last = std::uniform_int_distribution<std::size_t>(first, 700)(random);
        SpanTimes expected{};
        for (std::size_t k = first; k < last; ++k)
            expected[static_cast<std::size_t>(kindOf(static_cast<std::uint32_t>(k)))] +=
                own.spans[k].duration();
        QVERIFY(own.row.timesOf(first, last) == expected);
    }
}

void TestSpanFolding::columnsAreExact()
{
    std::mt19937_64 random(6);
    const OwnRow own(randomSpans(random, 900));
    const TimeRange view = nanoseconds(0, nanosecondsOf(own.spans.back().end));
    for (const std::size_t columns : {1U, 13U, 400U, 5000U}) {
        const std::size_t firstColumn = columns / 3;
        std::vector<SpanTimes> times(columns - firstColumn);
        const std::size_t first = 40;
        const std::size_t last = 860;
        addSpanColumns(own.row, first, last, {view, columns}, firstColumn, times);
        for (std::size_t k = 0; k < times.size(); ++k) {
            const TimeRange column = columnRange(view, columns, firstColumn + k);
            SpanTimes expected{};
            for (std::size_t span = first; span < last; ++span)
                expected[static_cast<std::size_t>(kindOf(static_cast<std::uint32_t>(span)))] +=
                    own.spans[span].intersected(column).duration();
            QVERIFY(times[k] == expected);
        }
    }
}

void TestSpanFolding::findsSpans()
{
    std::mt19937_64 random(8);
    const OwnRow own(randomSpans(random, 500));
    for (std::uint32_t id = 0; id < 500; ++id)
        QCOMPARE(own.row.positionOf(id), std::size_t(id));
    const std::vector<std::uint32_t> even = {0, 2, 4};
    const SpanRow partOfThem = rowOf(own.spans, even);
    std::vector<TimePoint> times;
    for (std::int64_t time = 0; time < nanosecondsOf(own.spans.back().end) + 300; time += 37)
        times.push_back(timePointAt(time));
    std::vector<SpanTimes> before(times.size());
    own.row.timesBefore(times, before);
    for (std::size_t k = 0; k < times.size(); ++k) {
        SpanTimes expected{};
        for (std::uint32_t id = 0; id < 500; ++id)
            expected[static_cast<std::size_t>(kindOf(id))] +=
                own.spans[id].intersected({TimePoint(), times[k]}).duration();
        QVERIFY(before[k] == expected);
        const std::size_t seen = own.row.firstSeenAfter(times[k]);
        const std::size_t over = static_cast<std::size_t>(
            std::find_if(own.spans.begin(), own.spans.end(),
                         [&](const TimeRange& span) {
                             return span.end > times[k] || (span.isEmpty() && span.begin >= times[k]);
                         }) -
            own.spans.begin());
        QCOMPARE(seen, over);
    }
    const SpanRow empty = rowOf(own.spans, {});
    empty.timesBefore(times, before);
    QVERIFY(
        std::all_of(before.begin(), before.end(), [](const SpanTimes& none) { return none == SpanTimes{}; }));
    QCOMPARE(partOfThem.positionOf(4), 2U);
    QCOMPARE(partOfThem.positionOf(3), partOfThem.size());
    QCOMPARE(partOfThem.positionOf(499), partOfThem.size());
}

void TestSpanFolding::costsByWidth()
{
    // A hundred times as many spans on the same pixels: what was looked at span by span would take a hundred
    // times as long. What is left is that less of it is near.
    const auto dense = [](std::int64_t count) {
        std::vector<TimeRange> spans;
        for (std::int64_t k = 0; k < count; ++k)
            spans.push_back(nanoseconds(k * 10, k * 10 + (k % 1000 == 0 ? 9 : 4)));
        return spans;
    };
    constexpr std::size_t pixels = 500;
    const auto timesFor = [&](std::int64_t count) {
        const OwnRow own(dense(count));
        const TimeRange view = nanoseconds(0, count * 10);
        std::size_t pieces = 0;
        const double folding = leastTime([&] { pieces += foldSpans(own.row, view, pixels).size(); });
        std::vector<SpanTimes> times(pixels);
        const double summing = leastTime([&] {
            addSpanColumns(own.row, 0, own.row.size(), {view, pixels}, 0, times);
        });
        return std::tuple(pieces, folding, summing);
    };
    const auto [piecesOfFew, foldingFew, summingFew] = timesFor(30'000);
    const auto [piecesOfMany, foldingMany, summingMany] = timesFor(3'000'000);
    QVERIFY(piecesOfFew > 0 && piecesOfMany > 0);
    QVERIFY2(summingMany < 20.0 * summingFew, qPrintable(QString::number(summingMany / summingFew)));
    QVERIFY2(foldingMany < 20.0 * std::max(foldingFew, 10.0),
             qPrintable(QStringLiteral("%1 and %2").arg(foldingFew).arg(foldingMany)));
}

QTEST_APPLESS_MAIN(TestSpanFolding)
#include "tst_spanfolding.moc"
