#include "widgets/viewmodel/tracedocument.h"

#include "tests/gui/timeline/smalltrace.h"

#include <QSignalSpy>
#include <QTest>

using namespace stepscope;

class TestTraceDocument : public QObject {
    Q_OBJECT

private slots:
    void opensOnTheAutomaticWindow();
    void publishesOneSnapshotForOneChange();
    void keepsQuietWhenNothingChanges();
    void clampsTheWindow_data();
    void clampsTheWindow();
    void equalsTheAnalysisOfItsWindow();
    void snapsToBoundariesWithinReach();
    void followsTheReferenceDevice();
    void closes();
};

namespace {

TimePoint micros(std::int64_t time)
{
    return timePointAt(time * 1000);
}

} // namespace

void TestTraceDocument::opensOnTheAutomaticWindow()
{
    TraceDocument document;
    QSignalSpy indexes(&document, &TraceDocument::indexChanged);
    QSignalSpy assessments(&document, &TraceDocument::assessmentChanged);
    bool hadSnapshot = false;
    connect(&document, &TraceDocument::indexChanged, this,
            [&] { hadSnapshot = document.assessment()->analysis.window == document.window(); });
    const auto index = testing::smallIndex(1, 40);
    document.setIndex(index);
    QCOMPARE(indexes.count(), 1);
    QCOMPARE(assessments.count(), 1);
    QVERIFY(hadSnapshot);
    QVERIFY(document.isAutomaticWindow());
    QVERIFY(document.window() == index->automaticWindow(DeviceId(0)));
    QCOMPARE(document.assessment()->reference.value(), 0U);
}

void TestTraceDocument::publishesOneSnapshotForOneChange()
{
    TraceDocument document;
    document.setIndex(testing::smallIndex(1, 40));
    QSignalSpy spy(&document, &TraceDocument::assessmentChanged);
    std::uint64_t last = document.assessment()->snapshot;
    for (int i = 1; i <= 5; ++i) {
        document.setWindow({micros(1000 * i), micros(20'000 + 1000 * i)});
        QCOMPARE(spy.count(), i);
        QVERIFY(document.assessment()->snapshot > last);
        last = document.assessment()->snapshot;
        const auto published = spy.last().first().value<std::shared_ptr<const Assessment>>();
        QCOMPARE(published.get(), document.assessment().get());
        QVERIFY(published->analysis.window == document.window());
    }
    DriverNumbers driver;
    driver.clean.tokensPerStep = 2.11;
    document.setDriver(driver);
    QCOMPARE(spy.count(), 6);
    QCOMPARE(document.assessment()->input.driver.clean.tokensPerStep, driver.clean.tokensPerStep);
}

void TestTraceDocument::keepsQuietWhenNothingChanges()
{
    TraceDocument document;
    document.setWindow({micros(1), micros(2)}); // nothing open: nothing happens
    document.setIndex(testing::smallIndex(1, 40));
    QSignalSpy spy(&document, &TraceDocument::assessmentChanged);
    document.setWindow(document.window());
    document.setAutomaticWindow();
    document.setReference(document.reference());
    document.setReference(DeviceId(7)); // no such device
    document.setDriver({});
    QCOMPARE(spy.count(), 0);
}

void TestTraceDocument::clampsTheWindow_data()
{
    // The trace lasts from 0 to 40 300 µs.
    QTest::addColumn<qlonglong>("begin");
    QTest::addColumn<qlonglong>("end");
    QTest::addColumn<qlonglong>("shownBegin");
    QTest::addColumn<qlonglong>("shownEnd");
    QTest::newRow("inside") << 1'000'000LL << 2'000'000LL << 1'000'000LL << 2'000'000LL;
    QTest::newRow("too wide") << -5'000'000LL << 90'000'000LL << 0LL << 40'300'000LL;
    QTest::newRow("backwards") << 2'000'000LL << 1'000'000LL << 1'000'000LL << 2'000'000LL;
    QTest::newRow("too short") << 1'000'000LL << 1'000'001LL << 1'000'000LL << 1'001'000LL;
    QTest::newRow("empty at the end") << 40'300'000LL << 40'300'000LL << 40'299'000LL << 40'300'000LL;
    QTest::newRow("before the trace") << -9'000LL << -8'000LL << 0LL << 1'000LL;
    QTest::newRow("after the trace") << 90'000'000LL << 91'000'000LL << 40'299'000LL << 40'300'000LL;
}

void TestTraceDocument::clampsTheWindow()
{
    QFETCH(const qlonglong, begin);
    QFETCH(const qlonglong, end);
    TraceDocument document;
    document.setIndex(testing::smallIndex(1, 40));
    document.setWindow({timePointAt(begin), timePointAt(end)});
    QTEST(static_cast<qlonglong>(nanosecondsOf(document.window().begin)), "shownBegin");
    QTEST(static_cast<qlonglong>(nanosecondsOf(document.window().end)), "shownEnd");
}

void TestTraceDocument::equalsTheAnalysisOfItsWindow()
{
    TraceDocument document;
    const auto index = testing::smallIndex(2, 40);
    document.setIndex(index);
    document.setWindow({micros(2500), micros(31'250)});
    const DeviceWindow expected = analyzeDevice(index->device(DeviceId(1)), document.window());
    QVERIFY(document.assessment()->analysis.devices[1] == expected);
    QVERIFY(expected.inWindow.sum() == document.window().duration());
}

void TestTraceDocument::snapsToBoundariesWithinReach()
{
    TraceDocument document;
    QVERIFY(document.snapped(micros(5), std::chrono::microseconds(50)) == micros(5)); // nothing open
    const auto index = testing::smallIndex(1, 40);
    document.setIndex(index);
    const std::vector<TimePoint>& boundaries = index->device(DeviceId(0)).steps.boundaries;
    QVERIFY(boundaries.size() > 10);
    const TimePoint boundary = boundaries[5];
    const Duration reach = std::chrono::microseconds(50);
    QVERIFY(document.snapped(boundary, reach) == boundary);
    QVERIFY(document.snapped(boundary + reach, reach) == boundary);
    QVERIFY(document.snapped(boundary - reach, reach) == boundary);
    QVERIFY(document.snapped(boundary + reach + Duration(1), reach) == boundary + reach + Duration(1));
    const Duration wide = std::chrono::seconds(1);
    QVERIFY(document.snapped(boundaries.front() - wide / 2, wide) == boundaries.front());
    QVERIFY(document.snapped(boundaries.back() + wide / 2, wide) == boundaries.back());
}

void TestTraceDocument::followsTheReferenceDevice()
{
    TraceDocument document;
    const auto index = testing::smallIndex(2, 40);
    document.setIndex(index);
    QSignalSpy spy(&document, &TraceDocument::assessmentChanged);
    document.setReference(DeviceId(1));
    QCOMPARE(spy.count(), 1);
    QVERIFY(document.isAutomaticWindow());
    QVERIFY(document.window() == index->automaticWindow(DeviceId(1)));
    const TimeRange drawn{micros(3000), micros(9000)};
    document.setWindow(drawn);
    document.setReference(DeviceId(0));
    QVERIFY(document.window() == drawn);
    QCOMPARE(document.assessment()->reference.value(), 0U);
}

void TestTraceDocument::closes()
{
    TraceDocument document;
    document.setIndex(testing::smallIndex(1, 40));
    QSignalSpy spy(&document, &TraceDocument::assessmentChanged);
    document.setIndex(nullptr);
    QCOMPARE(spy.count(), 1);
    QVERIFY(!document.isOpen());
    QVERIFY(!document.assessment());
    QVERIFY(!document.isAutomaticWindow());
}

QTEST_GUILESS_MAIN(TestTraceDocument)
#include "tst_tracedocument.moc"
