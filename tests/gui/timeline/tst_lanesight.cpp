#include "tests/gui/timeline/smalltrace.h"
#include "widgets/theme/apptheme.h"
#include "widgets/timeline/lanecanvas.h"
#include "widgets/timeline/lanesight.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/spanselection.h"

#include <QApplication>
#include <QTest>

using namespace stepscope;

namespace {

constexpr int devices = 24;

std::vector<Lane> heads(int count)
{
    std::vector<Lane> lanes(static_cast<std::size_t>(count));
    for (Lane& lane : lanes)
        lane.kind = LaneKind::DeviceBusy;
    return lanes;
}

} // namespace

class TestLaneSight : public QObject {
    Q_OBJECT

private slots:
    void pinnedLanesStay();
    void pinnedLanesLeaveRoom();
    void everyHeightShowsOneLane();
    void showsLanesBelowThePinned();
    void pinnedLanesAreSeenWhileOthersScroll();
};

void TestLaneSight::pinnedLanesStay()
{
    const LaneLayout layout(heads(20), 300);
    LaneSight sight(layout, 2, 300);
    QCOMPARE(sight.pinnedHeight(), layout.box(1).bottom());
    sight.scrollTo(100);
    QCOMPARE(sight.offset(), 100);
    QCOMPARE(sight.shiftOf(1), 0);
    QCOMPARE(sight.shiftOf(2), 100);
    QCOMPARE(sight.edgeOver(1), 0);
    QCOMPARE(sight.edgeOver(2), sight.pinnedHeight());
    sight.scrollTo(1'000'000);
    QCOMPARE(sight.offset(), layout.contentHeight() - 300);
    sight.scrollTo(-5);
    QCOMPARE(sight.offset(), 0);
    QCOMPARE(LaneSight().contentAt(7), 7);
    QVERIFY(LaneSight().scrolled() == LaneSight::Lanes(0, 0));
}

void TestLaneSight::pinnedLanesLeaveRoom()
{
    const LaneLayout layout(heads(20), 300);
    const LaneSight sight(layout, 20, 300);
    QVERIFY(sight.pinnedHeight() <= 200);
    QVERIFY(sight.pinned().second > 2);
    QVERIFY(sight.pinned().second < 20);
    QCOMPARE(LaneSight(layout, 0, 300).pinnedHeight(), 0);
}

void TestLaneSight::everyHeightShowsOneLane()
{
    const LaneLayout layout(heads(20), 300);
    for (const std::size_t pinned : {0U, 1U, 3U}) {
        LaneSight sight(layout, pinned, 300);
        for (const int offset : {0, 1, 37, 200, 340}) {
            sight.scrollTo(offset);
            for (int y = 0; y < 300; ++y) {
                const std::size_t lane = *layout.laneAt(sight.contentAt(y));
                const auto [first, last] = sight.scrolled();
                QVERIFY(lane < sight.pinned().second || (lane >= first && lane < last));
                QVERIFY(y >= sight.edgeOver(lane));
                QVERIFY(y >= layout.box(lane).top - sight.shiftOf(lane));
                QVERIFY(y < layout.box(lane).bottom() - sight.shiftOf(lane));
            }
        }
    }
}

void TestLaneSight::showsLanesBelowThePinned()
{
    const LaneLayout layout(heads(20), 300);
    LaneSight sight(layout, 2, 300);
    for (const std::size_t lane : {19U, 5U, 2U, 12U, 3U}) {
        sight.show(lane);
        QVERIFY(layout.box(lane).top - sight.shiftOf(lane) >= sight.pinnedHeight());
        QVERIFY(layout.box(lane).bottom() - sight.shiftOf(lane) <= 300);
    }
    const int offset = sight.offset();
    sight.show(1);
    QCOMPARE(sight.offset(), offset);
}

/// What is painted, where a click lands, and where a span is said to be.
void TestLaneSight::pinnedLanesAreSeenWhileOthersScroll()
{
    AppTheme theme(*qApp);
    theme.apply(ThemeChoice::Dark);
    TraceDocument document;
    TimelineViewport viewport;
    LaneList lanes(&document);
    SpanSelection selection(document);
    AreaSelection areas(document, selection);
    TimelineWidget widget(&document, &viewport, &lanes, &selection, &areas);
    widget.resize(900, 520);
    document.setIndex(testing::smallIndex(devices, 40));
    lanes.setAllExpanded(false);
    lanes.togglePinned(QStringLiteral("device:9"));
    QCOMPARE(lanes.lanes().front().device, DeviceId(9));
    QCOMPARE(lanes.pinnedLanes(), 1U);
    lanes.setExpanded(QStringLiteral("device:9"), true);
    auto* const canvas = widget.findChild<LaneCanvas*>();
    widget.grab(); // so that it has its size
    const int edge = canvas->pinnedHeight();
    QVERIFY(edge > 32);
    const auto picture = [&] {
        QImage image(canvas->size(), QImage::Format_RGB32);
        canvas->render(&image);
        return image;
    };
    const QImage before = picture();
    const QRect bar = canvas->barRect(DeviceId(9));
    const SpanRef pinnedSpan{SpanRef::Kind::Operation, DeviceId(9), 5};
    const QRectF place = canvas->spanRect(pinnedSpan);
    QVERIFY(!place.isEmpty());
    constexpr int scroll = 60;
    canvas->setScrollOffset(scroll);
    QCOMPARE(canvas->scrollOffset(), scroll);
    const QImage after = picture();
    QVERIFY(before.copy(0, 0, before.width(), edge) == after.copy(0, 0, after.width(), edge));
    const int common = after.height() - edge - scroll;
    QVERIFY(common > 100);
    QVERIFY(before.copy(0, edge + scroll, before.width(), common) ==
            after.copy(0, edge, after.width(), common));
    QCOMPARE(canvas->barRect(DeviceId(9)), bar);
    QCOMPARE(canvas->spanRect(pinnedSpan), place);
    QVERIFY(canvas->spanAt(place.center()) == pinnedSpan);
    QCOMPARE(canvas->laneAt(2)->device, DeviceId(9));
    const Lane* const below = canvas->laneAt(edge + 1);
    QVERIFY(below != nullptr && below->device != DeviceId(9));
    // Let go, it is back in its place.
    lanes.togglePinned(QStringLiteral("device:9"));
    QCOMPARE(lanes.lanes().front().device, DeviceId(0));
    QCOMPARE(canvas->pinnedHeight(), 0);
    // Another trace has lanes of its own.
    lanes.togglePinned(QStringLiteral("device:3"));
    document.setIndex(testing::smallIndex(2, 40));
    QVERIFY(lanes.pinnedGroups().isEmpty());
    lanes.togglePinned(QStringLiteral("device:7"));
    QVERIFY(lanes.pinnedGroups().isEmpty());
}

QTEST_MAIN(TestLaneSight)
#include "tst_lanesight.moc"
