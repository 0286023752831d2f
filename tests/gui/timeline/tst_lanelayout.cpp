#include "widgets/timeline/lanelayout.h"
#include "widgets/timeline/spanboxes.h"

#include <QTest>

#include <numeric>
#include <random>

using namespace stepscope;

namespace {

Lane laneOf(LaneKind kind, int device, int subRows = 1)
{
    Lane lane;
    lane.kind = kind;
    if (device >= 0)
        lane.device = DeviceId(device);
    lane.subRows = subRows;
    return lane;
}

std::vector<Lane> heads(int devices)
{
    std::vector<Lane> lanes;
    for (int device = 0; device < devices; ++device)
        lanes.push_back(laneOf(LaneKind::DeviceBusy, device));
    return lanes;
}

std::vector<Lane> expanded(int subRows)
{
    return {laneOf(LaneKind::DeviceBusy, 0), laneOf(LaneKind::Graphs, 0),
            laneOf(LaneKind::Stream, 0, subRows), laneOf(LaneKind::HostHead, -1),
            laneOf(LaneKind::Calls, -1)};
}

TimeRange nanoseconds(std::int64_t begin, std::int64_t end)
{
    return {timePointAt(begin), timePointAt(end)};
}

/// Reads `spans`, which must stay.
SpanRow rowOf(const std::vector<TimeRange>& spans)
{
    std::vector<std::uint32_t> ids(spans.size());
    std::iota(ids.begin(), ids.end(), 0U);
    return {ids,
            std::make_shared<const SpanSource>(SpanSource{SpanBounds(spans), SpanKinds(SpanKind::Compute)})};
}

} // namespace

class TestLaneLayout : public QObject {
    Q_OBJECT

private slots:
    void headsShareTheHeight_data();
    void headsShareTheHeight();
    void lanesTile();
    void findsLanesAndSubRows();
    void boxesAreNoWiderThanTheirSpans();
    void hitsTheNearestSpan();
};

void TestLaneLayout::headsShareTheHeight_data()
{
    QTest::addColumn<int>("devices");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("head");
    QTest::newRow("one, much room") << 1 << 900 << 128;
    QTest::newRow("one, little room") << 1 << 20 << LaneLayout::lowestHead;
    QTest::newRow("eight share") << 8 << 8 * 41 << 40;
    QTest::newRow("too many scroll") << 40 << 300 << LaneLayout::lowestHead;
}

void TestLaneLayout::headsShareTheHeight()
{
    QFETCH(int, devices);
    QFETCH(int, height);
    QFETCH(int, head);
    const LaneLayout layout(heads(devices), height);
    for (std::size_t lane = 0; lane < layout.size(); ++lane)
        QCOMPARE(layout.box(lane).height, head);
    QVERIFY(layout.contentHeight() <= std::max(height, devices * LaneLayout::lowestHead));
}

void TestLaneLayout::lanesTile()
{
    for (const int subRows : {1, 2, 6, 7, 40}) {
        const std::vector<Lane> lanes = expanded(subRows);
        for (const int height : {50, 200, 1000}) {
            const LaneLayout layout(lanes, height);
            int top = 0;
            for (std::size_t lane = 0; lane < layout.size(); ++lane) {
                const LaneBox& box = layout.box(lane);
                QCOMPARE(box.top, top);
                QCOMPARE(box.height % 4, 0);
                QVERIFY(box.barTop >= box.top && box.barTop + box.barHeight() <= box.bottom());
                top = box.bottom();
            }
            QCOMPARE(layout.contentHeight(), top);
            QVERIFY(layout.contentHeight() <= LaneLayout::tallest(lanes));
        }
        QCOMPARE(LaneLayout(lanes, 5000).contentHeight(), LaneLayout::tallest(lanes));
        QVERIFY(LaneLayout::preferred(lanes) <= LaneLayout::tallest(lanes));
    }
    QCOMPARE(LaneLayout({}, 100).contentHeight(), 0);
}

void TestLaneLayout::findsLanesAndSubRows()
{
    const std::vector<Lane> lanes = expanded(3);
    const LaneLayout layout(lanes, 300);
    for (int y = 0; y < layout.contentHeight(); ++y) {
        const auto lane = layout.laneAt(y);
        QVERIFY(lane && layout.box(*lane).top <= y && y < layout.box(*lane).bottom());
    }
    QVERIFY(!layout.laneAt(-1));
    QVERIFY(!layout.laneAt(layout.contentHeight()));
    for (std::size_t row = 0; row < 3; ++row)
        QCOMPARE(layout.subRowAt(2, layout.box(2).subRowTop(row) + 3), row);
    QCOMPARE(layout.subRowAt(2, layout.box(2).bottom()), 2U);
    const auto [first, last] = layout.lanesIn(layout.box(1).bottom() - 1, layout.box(3).top + 1);
    QCOMPARE(first, 1U);
    QCOMPARE(last, 4U);
}

void TestLaneLayout::boxesAreNoWiderThanTheirSpans()
{
    std::mt19937 random(2);
    std::vector<TimeRange> spans;
    std::int64_t at = 0;
    for (int k = 0; k < 3000; ++k) {
        at += std::uniform_int_distribution<int>(0, 400)(random);
        const int length = std::uniform_int_distribution<int>(0, k % 7 == 0 ? 3000 : 200)(random);
        spans.push_back(nanoseconds(at, at + length));
        at += length;
    }
    const SpanRow row = rowOf(spans);
    const TimeRange view = nanoseconds(at / 10, at / 2);
    constexpr int width = 700;
    const double scale = width / static_cast<double>(view.duration().count());
    std::size_t seen = 0;
    for (const SpanBox& box : spanBoxes(row, view, width)) {
        seen += box.piece.count;
        QVERIFY(box.left >= 0 && box.right <= width && box.left < box.right);
        const TimeRange shown = box.piece.range.intersected(view);
        const double exact = static_cast<double>(shown.duration().count()) * scale;
        if (box.isWidened && !box.piece.isFolded())
            QCOMPARE(box.right - box.left, 1);
        else
            QVERIFY(box.right - box.left <= exact + (box.piece.isFolded() ? 2.0 : 1.0));
    }
    const auto visible = std::count_if(spans.begin(), spans.end(), [&](const TimeRange& span) {
        return span.overlaps(view) || (span.isEmpty() && view.contains(span.begin));
    });
    QCOMPARE(seen, static_cast<std::size_t>(visible));
}

void TestLaneLayout::hitsTheNearestSpan()
{
    // One pixel is 10 ns: a wide span, a narrow one, and three that are folded.
    const std::vector<TimeRange> spans{nanoseconds(100, 200), nanoseconds(300, 304), nanoseconds(500, 503),
                                       nanoseconds(510, 513), nanoseconds(520, 523)};
    const SpanRow row = rowOf(spans);
    const TimeRange view = nanoseconds(0, 1000);
    const auto positionAt = [&](double x) {
        const auto hit = spanAt(row, view, 100, x, 2.0);
        return hit ? static_cast<int>(hit->position) : -1;
    };
    QCOMPARE(positionAt(15.0), 0);
    QCOMPARE(positionAt(21.5), 0);
    QCOMPARE(positionAt(25.0), -1);
    QCOMPARE(positionAt(28.5), 1);
    QCOMPARE(positionAt(30.5), 1);
    QCOMPARE(positionAt(50.1), 2);
    QCOMPARE(positionAt(51.2), 3);
    QCOMPARE(positionAt(54.0), 4);
    QCOMPARE(spanAt(row, view, 100, 51.2, 2.0)->piece.count, 3U);
}

QTEST_APPLESS_MAIN(TestLaneLayout)
#include "tst_lanelayout.moc"
