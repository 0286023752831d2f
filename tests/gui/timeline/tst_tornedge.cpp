#include "widgets/timeline/tornedge.h"

#include "core/analysis/tornend.h"
#include "tests/gui/timeline/damagedtrace.h"
#include "widgets/timeline/firstview.h"

#include <QTest>

using namespace stepscope;

namespace {

TimePoint atMs(std::int64_t ms)
{
    return timePointAt(ms * 1'000'000);
}

} // namespace

class TestTornEdge : public QObject {
    Q_OBJECT

private slots:
    void aCutTextTearsItsLanes();
    void whatWasReadOnBehindTearsNone();
    void aTableTearsWhatItShows();
    void lanesOfOtherFilesStayWhole();
    void teethLieBehindTheLastOperation();
    void isClippedToTheView();
    void hasRoomAtTheEndOfTheAxis();
    void isInTheFirstView();
};

void TestTornEdge::aCutTextTearsItsLanes()
{
    const auto index = testing::damagedIndex({30, 20}, {testing::cutText()});
    const auto lastOf = [&](int device) {
        const ActivityTable& work = index->trace().device(DeviceId(device)).activities;
        return work.range(work.size() - 1).end;
    };
    QVERIFY(tornEnd(*index, DeviceId(0)) == lastOf(0));
    QVERIFY(tornEnd(*index, DeviceId(1)) == lastOf(1));
    QVERIFY(lastOf(1) < lastOf(0));
    QVERIFY(!tornEnd(*testing::damagedIndex({30}, {}), DeviceId(0)));
}

void TestTornEdge::whatWasReadOnBehindTearsNone()
{
    DamagedPlace inside = testing::cutText();
    inside.reachesEnd = false;
    QVERIFY(!tornEnd(*testing::damagedIndex({30}, {inside}), DeviceId(0)));
}

void TestTornEdge::aTableTearsWhatItShows()
{
    DamagedPlace place = testing::cutText();
    place.table = "CUPTI_ACTIVITY_KIND_RUNTIME";
    place.holdsGpuWork = false;
    QVERIFY(!tornEnd(*testing::damagedIndex({30}, {place}), DeviceId(0)));
    place.table = "CUPTI_ACTIVITY_KIND_KERNEL";
    place.holdsGpuWork = true;
    QVERIFY(tornEnd(*testing::damagedIndex({30}, {place}), DeviceId(0)));
}

void TestTornEdge::lanesOfOtherFilesStayWhole()
{
    DamagedPlace place = testing::cutText();
    place.file = 1;
    QVERIFY(!tornEnd(*testing::damagedIndex({30}, {place}), DeviceId(0)));
}

void TestTornEdge::teethLieBehindTheLastOperation()
{
    const TimeAxis axis{{atMs(0), atMs(100)}, 50, 1000};
    const TornEdge torn = tornEdge(axis, QRectF(50, 10, 1000, 40), atMs(40), atMs(90));
    QVERIFY(torn.isDrawn());
    QCOMPARE(torn.edge.boundingRect().left(), axis.xOf(atMs(40)));
    QCOMPARE(torn.edge.boundingRect().right(), axis.xOf(atMs(40)) + TornEdge::tooth);
    QCOMPARE(torn.edge.first().y(), 10.0);
    QCOMPARE(torn.edge.last().y(), 50.0);
    QVERIFY(torn.edge.size() > 4);
    QCOMPARE(torn.beyond, QRectF(axis.xOf(atMs(40)), 10, axis.xOf(atMs(90)) - axis.xOf(atMs(40)), 40));
    QVERIFY(torn.contains({axis.xOf(atMs(60)), 30}) && torn.contains({axis.xOf(atMs(40)) + 1.0, 30}));
    QVERIFY(!torn.contains({axis.xOf(atMs(39)), 30}) && !torn.contains({axis.xOf(atMs(95)), 30}));
    QVERIFY(!torn.contains({axis.xOf(atMs(60)), 60}));
}

void TestTornEdge::isClippedToTheView()
{
    const TimeAxis axis{{atMs(50), atMs(60)}, 0, 500};
    const QRectF bar(0, 0, 500, 20);
    const TornEdge before = tornEdge(axis, bar, atMs(40), atMs(90));
    QVERIFY(before.edge.isEmpty());
    QCOMPARE(before.beyond, bar);
    QVERIFY(!tornEdge(axis, bar, atMs(70), atMs(90)).isDrawn());
    QVERIFY(!tornEdge(axis, bar, atMs(40), atMs(45)).isDrawn());
    QVERIFY(!tornEdge(axis, QRectF(), atMs(55), atMs(90)).isDrawn());
}

void TestTornEdge::hasRoomAtTheEndOfTheAxis()
{
    const TimeAxis axis{{atMs(0), atMs(50)}, 0, 500};
    const TornEdge torn = tornEdge(axis, QRectF(0, 0, 500, 20), atMs(50), atMs(50));
    QVERIFY(!torn.edge.isEmpty());
    QCOMPARE(torn.edge.boundingRect().right(), 500.0);
}

void TestTornEdge::isInTheFirstView()
{
    // The robust extent leaves out the last hundredth of the rows.
    const auto whole = testing::damagedIndex({300}, {});
    QVERIFY(firstView(*whole) == whole->robustExtent());
    const auto cut = testing::damagedIndex({300}, {testing::cutText()});
    const TimePoint end = tornEnd(*cut, DeviceId(0)).value();
    QVERIFY(end > cut->robustExtent().end);
    QVERIFY(firstView(*cut).end >= end);
    QVERIFY(firstView(*cut).begin == cut->robustExtent().begin);
    // One that ends far before the others is in it anyway.
    const auto early = testing::damagedIndex({300, 100}, {testing::cutText()});
    QVERIFY(tornEnd(*early, DeviceId(1)).value() < early->robustExtent().end);
    QVERIFY(firstView(*early).end >= tornEnd(*early, DeviceId(0)).value());
}

QTEST_GUILESS_MAIN(TestTornEdge)

#include "tst_tornedge.moc"
