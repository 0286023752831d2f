#include "widgets/viewmodel/gapnavigator.h"

#include "tests/gui/timeline/smalltrace.h"
#include "tests/unit/analysis/randomtrace.h"
#include "widgets/viewmodel/gapfacts.h"

#include <QSignalSpy>
#include <QTest>

using namespace stepscope;

namespace {

std::shared_ptr<const TraceIndex> randomIndex(std::mt19937& random)
{
    NoProgress progress;
    return *TraceIndex::build(std::make_shared<const Trace>(RandomTrace::make(random).build()),
                              KernelClassifier::standard(), progress);
}

/// The gaps wholly inside the window as they should be walked, by sorting all of them.
std::vector<TimeRange> sortedGaps(const TraceDocument& document)
{
    const GapIndex& all = document.index()->device(document.reference()).occupancy.gaps();
    std::vector<TimeRange> gaps;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (document.window().contains(all[i]))
            gaps.push_back(all[i]);
    }
    std::stable_sort(gaps.begin(), gaps.end(),
                     [](const TimeRange& a, const TimeRange& b) { return a.duration() > b.duration(); });
    return gaps;
}

} // namespace

class TestGapNavigator : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void walksByLength();
    void ranksFollowTheWindow();
    void keepsTheGapWhileTheWindowHoldsIt();
    void aDraggedWindowCostsNothing();
    void selectsByTime();
    void theOfferedGapIsTheFirst();
    void tellsThePlaceInTheStep();
    void anotherDeviceOrTraceStartsOver();
    void walksTheChosenBandsAlone();
    void bandsStayWhileTheGapsDo();
    void aGapBesideTheBandsIsNotCounted();
};

void TestGapNavigator::walksByLength()
{
    std::mt19937 random(3);
    std::size_t walked = 0;
    for (int round = 0; round < 60; ++round) {
        TraceDocument document;
        GapNavigator navigator(&document);
        document.setIndex(randomIndex(random));
        if (!document.isOpen())
            continue;
        document.setWindow(document.index()->trace().extent());
        const std::vector<TimeRange> expected = sortedGaps(document);
        QCOMPARE(navigator.count(), std::uint64_t(expected.size()));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            navigator.showNext();
            QVERIFY(navigator.current() == expected[i]);
            QCOMPARE(navigator.rank(), std::uint64_t(i + 1));
            QVERIFY(navigator.autopsy().gap == expected[i]);
            ++walked;
        }
        if (expected.empty())
            continue;
        navigator.showNext(); // the last one stays
        QVERIFY(navigator.current() == expected.back());
        for (std::size_t i = expected.size() - 1; i-- > 0;) {
            navigator.showPrevious();
            QVERIFY(navigator.current() == expected[i]);
        }
    }
    QVERIFY(walked > 100);
}

void TestGapNavigator::ranksFollowTheWindow()
{
    std::mt19937 random(5);
    std::size_t compared = 0;
    for (int round = 0; round < 60; ++round) {
        TraceDocument document;
        GapNavigator navigator(&document);
        document.setIndex(randomIndex(random));
        if (!document.isOpen())
            continue;
        const TimeRange extent = document.index()->trace().extent();
        document.setWindow(extent);
        navigator.showNext();
        navigator.showNext();
        std::uniform_int_distribution<std::int64_t> any(0, extent.duration().count());
        for (int move = 0; move < 20 && navigator.hasCurrent(); ++move) {
            const TimePoint begin = std::min(extent.begin + Duration(any(random)), navigator.current().begin);
            const TimePoint end = std::max(extent.begin + Duration(any(random)), navigator.current().end);
            document.setWindow({begin, end});
            if (!navigator.hasCurrent())
                break; // the window is clamped
            const std::vector<TimeRange> gaps = sortedGaps(document);
            const auto found = std::find(gaps.begin(), gaps.end(), navigator.current());
            QVERIFY(found != gaps.end());
            QCOMPARE(navigator.rank(), std::uint64_t(found - gaps.begin()) + 1);
            ++compared;
        }
    }
    QVERIFY(compared > 100);
}

void TestGapNavigator::keepsTheGapWhileTheWindowHoldsIt()
{
    TraceDocument document;
    document.setIndex(testing::smallIndex(1, 40));
    GapNavigator navigator(&document);
    QSignalSpy changes(&navigator, &GapNavigator::changed);
    navigator.showNext();
    QCOMPARE(changes.count(), 1);
    const TimeRange gap = navigator.current();
    document.setWindow({gap.begin - std::chrono::milliseconds(1), gap.end + std::chrono::milliseconds(1)});
    QVERIFY(navigator.hasCurrent() && navigator.current() == gap);
    QCOMPARE(changes.count(), 1);
    document.setWindow({gap.begin + Duration(1), gap.end + std::chrono::milliseconds(5)});
    QVERIFY(!navigator.hasCurrent());
    QCOMPARE(changes.count(), 2);
}

void TestGapNavigator::aDraggedWindowCostsNothing()
{
    TraceDocument document;
    document.setIndex(testing::smallIndex(1, 400));
    GapNavigator navigator(&document);
    const TimeRange window = document.window();
    for (int i = 0; i < 100; ++i)
        document.setWindow({window.begin + std::chrono::microseconds(10 * i), window.end});
    QCOMPARE(navigator.looked(), std::size_t{0});
    document.setWindow(window);
    navigator.selectAt(window.end - std::chrono::microseconds(100));
    QVERIFY(navigator.hasCurrent());
    navigator.rank();
    const std::size_t once = navigator.looked();
    QVERIFY(once <= navigator.count());
    // A rank that is asked for follows at the price of what the edge passed over.
    document.setWindow({window.begin + std::chrono::milliseconds(3), window.end});
    navigator.rank();
    QVERIFY(navigator.looked() - once <= 4);
}

void TestGapNavigator::selectsByTime()
{
    TraceDocument document;
    document.setIndex(testing::smallIndex(1, 40));
    GapNavigator navigator(&document);
    const TimePoint busy = timePointAt(10'000'000);
    QVERIFY(!navigator.selectAt(busy));
    QVERIFY(!navigator.selectAt(busy + std::chrono::microseconds(299)));
    QVERIFY(navigator.selectAt(busy + std::chrono::microseconds(300)));
    QVERIFY(navigator.current().begin == busy + std::chrono::microseconds(300));
    QVERIFY(navigator.selectAt(busy - Duration(1)));
    QVERIFY(navigator.current().end == busy);
    document.setWindow({busy - std::chrono::microseconds(500), busy + std::chrono::milliseconds(3)});
    QVERIFY(!navigator.selectAt(busy - Duration(1))); // clipped by the window
    QVERIFY(!navigator.selectAt(busy + std::chrono::milliseconds(20)));
}

void TestGapNavigator::theOfferedGapIsTheFirst()
{
    TraceDocument document;
    document.setIndex(testing::smallIndex(1, 40));
    GapNavigator navigator(&document);
    QSignalSpy shown(&navigator, &GapNavigator::shown);
    navigator.offerLongest();
    QCOMPARE(shown.count(), 0);
    const TimeRange longest = navigator.current();
    navigator.showNext();
    QCOMPARE(shown.count(), 1);
    QVERIFY(navigator.current() == longest);
    navigator.showNext();
    QVERIFY(navigator.current() != longest);
    QCOMPARE(navigator.rank(), std::uint64_t{2});
}

void TestGapNavigator::tellsThePlaceInTheStep()
{
    TraceDocument document;
    document.setIndex(testing::smallIndex(1, 40));
    GapNavigator navigator(&document);
    QVERIFY(navigator.selectAt(timePointAt(10'500'000)));
    const std::vector<Step>& steps = document.index()->device(DeviceId(0)).steps.steps;
    const auto place = navigator.placeInStep();
    QVERIFY(place.has_value());
    QVERIFY(steps[place->step].range.contains(navigator.current().begin));
    QCOMPARE(place->number, std::uint64_t{1});
    QCOMPARE(place->count, std::uint64_t{1});
    QVERIFY(gapPosition(navigator).endsWith(
        QStringLiteral(" · gap 1 of 1 in step %1 · 700 µs").arg(place->step)));
}

void TestGapNavigator::anotherDeviceOrTraceStartsOver()
{
    TraceDocument document;
    document.setIndex(testing::smallIndex(2, 40));
    GapNavigator navigator(&document);
    navigator.showNext();
    document.setReference(DeviceId(1));
    QVERIFY(!navigator.hasCurrent());
    navigator.showNext();
    QVERIFY(navigator.device() == DeviceId(1));
    document.setIndex(nullptr);
    QVERIFY(!navigator.hasCurrent());
    QCOMPARE(navigator.count(), std::uint64_t{0});
    navigator.showNext();
    navigator.offerLongest();
    QVERIFY(!navigator.selectAt(timePointAt(5)));
    QVERIFY(!navigator.hasCurrent());
}

void TestGapNavigator::walksTheChosenBandsAlone()
{
    std::mt19937 random(17);
    std::size_t walked = 0;
    for (int round = 0; round < 200; ++round) {
        TraceDocument document;
        GapNavigator navigator(&document);
        document.setIndex(randomIndex(random));
        if (!document.isOpen() || document.index()->devices().empty())
            continue;
        const TimeRange extent = document.index()->trace().extent();
        const auto part = [&](std::int64_t most) {
            return std::uniform_int_distribution<std::int64_t>(0, most)(random);
        };
        document.setWindow(round % 2 == 0
                               ? extent
                               : TimeRange{extent.begin + Duration(part(extent.duration().count() / 3)),
                                           extent.end - Duration(part(extent.duration().count() / 3))});
        const std::vector<TimeRange> all = sortedGaps(document);
        if (all.empty())
            continue;
        // Some bands around one that is there.
        const std::size_t band =
            GapBands::bandOf(all[static_cast<std::size_t>(part(std::ssize(all) - 1))].duration());
        const BandRange bands{band - std::min(band, static_cast<std::size_t>(part(6))),
                              band + 1 + static_cast<std::size_t>(part(3))};
        std::vector<TimeRange> expected;
        std::copy_if(all.begin(), all.end(), std::back_inserter(expected), [&](const TimeRange& gap) {
            return bands.lower() <= gap.duration() && gap.duration() < bands.upper();
        });
        navigator.setBands(bands);
        QCOMPARE(navigator.count(), std::uint64_t(expected.size()));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            navigator.showNext();
            QVERIFY(navigator.current() == expected[i]);
            QVERIFY(navigator.isOfBands());
            QCOMPARE(navigator.rank(), std::uint64_t(i + 1));
            ++walked;
        }
        navigator.showNext(); // the last one stays
        QVERIFY(navigator.current() == expected.back());
        for (std::size_t i = expected.size() - 1; i-- > 0;) {
            navigator.showPrevious();
            QVERIFY(navigator.current() == expected[i]);
            QCOMPARE(navigator.rank(), std::uint64_t(i + 1));
        }
        navigator.clearBands();
        const auto found = std::find(all.begin(), all.end(), navigator.current());
        QCOMPARE(navigator.rank(), std::uint64_t(found - all.begin()) + 1);
        QCOMPARE(navigator.count(), std::uint64_t(all.size()));
    }
    QVERIFY(walked > 300);
}

void TestGapNavigator::bandsStayWhileTheGapsDo()
{
    TraceDocument document;
    document.setIndex(testing::smallIndex(2, 40));
    GapNavigator navigator(&document);
    QSignalSpy changes(&navigator, &GapNavigator::bandsChanged);
    const std::size_t band = GapBands::bandOf(std::chrono::microseconds(700));
    navigator.setBands(BandRange{band, band + 1});
    navigator.setBands(BandRange{band, band + 1});
    QCOMPARE(changes.count(), 1);
    const std::uint64_t before = navigator.count();
    document.setWindow({document.window().begin + std::chrono::milliseconds(4), document.window().end});
    QVERIFY(navigator.bands().has_value());
    QCOMPARE(navigator.count(), before - 4);
    document.drawSteps({timePointAt(3'000'000), timePointAt(9'000'000), timePointAt(15'000'000)});
    QVERIFY(navigator.bands().has_value()); // other steps, the same gaps
    QCOMPARE(changes.count(), 1);
    document.setReference(DeviceId(1));
    QVERIFY(!navigator.bands());
    QCOMPARE(changes.count(), 2);
    navigator.setBands(BandRange{band, band + 1});
    document.setIndex(testing::smallIndex(2, 40));
    QVERIFY(!navigator.bands());
    QCOMPARE(changes.count(), 4);
    document.setIndex(nullptr);
    navigator.setBands(BandRange{band, band + 1});
    QVERIFY(!navigator.bands());
}

void TestGapNavigator::aGapBesideTheBandsIsNotCounted()
{
    TraceDocument document;
    document.setIndex(testing::smallIndex(1, 40, {}, 20)); // one gap of 20.7 ms among those of 700 µs
    document.setWindow(document.index()->trace().extent());
    GapNavigator navigator(&document);
    const std::size_t band = GapBands::bandOf(std::chrono::microseconds(700));
    navigator.setBands(BandRange{band, band + 1});
    QVERIFY(navigator.selectAt(timePointAt(30'000'000)));
    QVERIFY(!navigator.isOfBands());
    QVERIFY2(gapPosition(navigator).startsWith(QStringLiteral("not of 681 – 825 µs · ")),
             qPrintable(gapPosition(navigator)));
    navigator.showPrevious(); // there is none longer: the longest of the bands
    QCOMPARE(navigator.rank(), std::uint64_t{1});
    QVERIFY(navigator.isOfBands());
    QVERIFY2(gapPosition(navigator).startsWith(QStringLiteral("gap 1 of 38 between 681 µs and 825 µs · ")),
             qPrintable(gapPosition(navigator)));
    // One that was offered, not chosen, gives way.
    navigator.clear();
    navigator.clearBands();
    navigator.offerLongest();
    QVERIFY(navigator.hasCurrent());
    navigator.setBands(BandRange{band, band + 1});
    QVERIFY(!navigator.hasCurrent());
    navigator.offerLongest();
    QVERIFY(navigator.isOfBands());
}

QTEST_GUILESS_MAIN(TestGapNavigator)
#include "tst_gapnavigator.moc"
