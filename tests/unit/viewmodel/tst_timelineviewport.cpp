#include "widgets/viewmodel/timelineviewport.h"

#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace stepscope;

namespace {

TimeRange rangeOf(std::int64_t begin, std::int64_t end)
{
    return {timePointAt(begin), timePointAt(end)};
}

} // namespace

class TestTimelineViewport : public QObject {
    Q_OBJECT

private slots:
    void pixelsRoundTrip();
    void endsLieOnTheEdges();
    void clampsIntoTheLimits_data();
    void clampsIntoTheLimits();
    void neverNarrowerThanAllowed();
    void zoomKeepsTheAnchor();
    void panStopsAtTheLimits();
    void signalsOnlyChanges();
    void emptyTrace();
};

void TestTimelineViewport::pixelsRoundTrip()
{
    std::mt19937_64 random(3);
    for (int round = 0; round < 2000; ++round) {
        const std::int64_t begin = std::uniform_int_distribution<std::int64_t>(0, 1'000'000'000'000)(random);
        const std::int64_t length =
            std::uniform_int_distribution<std::int64_t>(100, 1'000'000'000'000)(random);
        const double width = std::uniform_int_distribution<int>(1, 4000)(random);
        const TimeRange view = rangeOf(begin, begin + length);
        const std::int64_t at = begin + std::uniform_int_distribution<std::int64_t>(0, length)(random);
        const double pixel = toPixel(timePointAt(at), view, width);
        QVERIFY(pixel >= 0.0 && pixel <= width);
        QCOMPARE(nanosecondsOf(toTime(pixel, view, width)), at);
    }
}

void TestTimelineViewport::endsLieOnTheEdges()
{
    const TimeRange view = rangeOf(4'185'000'000, 4'250'000'000);
    QCOMPARE(toPixel(view.begin, view, 1000.0), 0.0);
    QCOMPARE(toPixel(view.end, view, 1000.0), 1000.0);
    QCOMPARE(nanosecondsOf(toTime(500.0, view, 1000.0)), 4'217'500'000);
    QCOMPARE(nanosecondsOf(toTime(-100.0, view, 1000.0)), 4'178'500'000);
}

void TestTimelineViewport::clampsIntoTheLimits_data()
{
    QTest::addColumn<qint64>("begin");
    QTest::addColumn<qint64>("end");
    QTest::addColumn<qint64>("expectedBegin");
    QTest::addColumn<qint64>("expectedEnd");
    QTest::newRow("inside") << qint64(100) << qint64(900) << qint64(100) << qint64(900);
    QTest::newRow("left") << qint64(-300) << qint64(200) << qint64(0) << qint64(500);
    QTest::newRow("right") << qint64(900) << qint64(1300) << qint64(600) << qint64(1000);
    QTest::newRow("wider") << qint64(-10) << qint64(5000) << qint64(0) << qint64(1000);
    QTest::newRow("turned round") << qint64(500) << qint64(400) << qint64(500) << qint64(600);
}

void TestTimelineViewport::clampsIntoTheLimits()
{
    QFETCH(qint64, begin);
    QFETCH(qint64, end);
    QFETCH(qint64, expectedBegin);
    QFETCH(qint64, expectedEnd);
    TimelineViewport viewport;
    viewport.reset(rangeOf(0, 1000), rangeOf(0, 1000));
    viewport.setView(rangeOf(begin, end));
    QCOMPARE(nanosecondsOf(viewport.view().begin), expectedBegin);
    QCOMPARE(nanosecondsOf(viewport.view().end), expectedEnd);
}

void TestTimelineViewport::neverNarrowerThanAllowed()
{
    TimelineViewport viewport;
    viewport.reset(rangeOf(0, 1'000'000), rangeOf(0, 1'000'000));
    for (int i = 0; i < 200; ++i)
        viewport.zoomAt(timePointAt(500'000), 0.5);
    QCOMPARE(viewport.view().duration().count(), TimelineViewport::narrowest.count());
    QVERIFY(viewport.view().contains(timePointAt(500'000)));
}

void TestTimelineViewport::zoomKeepsTheAnchor()
{
    const double width = 1000.0;
    std::mt19937_64 random(5);
    for (int round = 0; round < 500; ++round) {
        TimelineViewport viewport;
        viewport.reset(rangeOf(0, 10'000'000'000), rangeOf(4'000'000'000, 6'000'000'000));
        const double pixel = std::uniform_real_distribution<double>(0.0, width)(random);
        const TimePoint anchor = toTime(pixel, viewport.view(), width);
        for (const double factor : {0.8, 0.5, 0.3, 1.7, 0.01, 20.0}) {
            viewport.zoomAt(anchor, factor);
            QVERIFY(std::abs(toPixel(anchor, viewport.view(), width) - pixel) < 0.01);
        }
    }
}

void TestTimelineViewport::panStopsAtTheLimits()
{
    TimelineViewport viewport;
    viewport.reset(rangeOf(0, 1000), rangeOf(200, 400));
    viewport.pan(0.5);
    QCOMPARE(nanosecondsOf(viewport.view().begin), 300);
    viewport.pan(100.0);
    QCOMPARE(nanosecondsOf(viewport.view().end), 1000);
    QCOMPARE(viewport.view().duration().count(), 200);
    viewport.pan(-100.0);
    QCOMPARE(nanosecondsOf(viewport.view().begin), 0);
    viewport.centreOn(timePointAt(500));
    QCOMPARE(nanosecondsOf(viewport.view().begin), 400);
    viewport.showAll();
    QCOMPARE(viewport.view(), rangeOf(0, 1000));
}

void TestTimelineViewport::signalsOnlyChanges()
{
    TimelineViewport viewport;
    viewport.reset(rangeOf(0, 1000), rangeOf(0, 1000));
    QSignalSpy spy(&viewport, &TimelineViewport::viewChanged);
    viewport.setView(rangeOf(100, 900));
    viewport.setView(rangeOf(100, 900));
    viewport.pan(0.0);
    QCOMPARE(spy.count(), 1);
}

void TestTimelineViewport::emptyTrace()
{
    TimelineViewport viewport;
    viewport.reset({}, {});
    QVERIFY(!viewport.view().isEmpty());
    viewport.zoomAt(timePointAt(0), 0.1);
    viewport.pan(1.0);
    QVERIFY(viewport.limits().contains(viewport.view()));
    QCOMPARE(toPixel(timePointAt(5), TimeRange{}, 100.0), 0.0);
}

QTEST_APPLESS_MAIN(TestTimelineViewport)
#include "tst_timelineviewport.moc"
