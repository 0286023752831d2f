#include "widgets/viewmodel/gaphistogrambars.h"

#include <QLocale>
#include <QTest>

using namespace stepscope;

class TestGapHistogramBars : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void leavesOutEmptyEnds();
    void sharesAreOfAllIdleTime();
    void headline_data();
    void headline();
    void headlineOfAWindowThatCutsItsGaps();
    void saysWhatIsClipped();
    void saysWhatIsChosen();
};

namespace {

void addGaps(DeviceWindow& window, std::uint64_t number, Duration length)
{
    const std::size_t band = GapBands::bandOf(length);
    window.gaps.gaps[band] += number;
    window.gaps.time[band] += length * static_cast<std::int64_t>(number);
    window.gaps.gapCount += number;
    window.gaps.gapTime += length * static_cast<std::int64_t>(number);
    window.inWindow[TimeClass::Untraced] += length * static_cast<std::int64_t>(number);
}

} // namespace

void TestGapHistogramBars::leavesOutEmptyEnds()
{
    QVERIFY(gapBars(DeviceWindow()).empty());
    DeviceWindow window;
    addGaps(window, 5, std::chrono::microseconds(2));
    addGaps(window, 1, std::chrono::milliseconds(3));
    const std::vector<GapBar> bars = gapBars(window);
    QCOMPARE(bars.front().band, GapBands::bandOf(std::chrono::microseconds(2)));
    QCOMPARE(bars.back().band, GapBands::bandOf(std::chrono::milliseconds(3)));
    for (std::size_t i = 0; i < bars.size(); ++i)
        QCOMPARE(bars[i].band, bars.front().band + i);
    QVERIFY(bars.front().lower <= std::chrono::microseconds(2) &&
            std::chrono::microseconds(2) < bars.front().upper);
    QCOMPARE(bars.front().gaps, std::uint64_t(5));
    QVERIFY(bars[1].gaps == 0 && bars[1].time == Duration::zero());
}

void TestGapHistogramBars::sharesAreOfAllIdleTime()
{
    DeviceWindow window;
    addGaps(window, 1, std::chrono::milliseconds(6));
    addGaps(window, 3, std::chrono::microseconds(500));
    window.clippedIdle = std::chrono::microseconds(2500);
    window.inWindow[TimeClass::Untraced] += window.clippedIdle; // 10 ms idle in all
    const std::vector<GapBar> bars = gapBars(window);
    QCOMPARE(bars.back().shareOfIdle, 0.6);
    QCOMPARE(bars.back().shareOfGaps, 0.25);
    double whole = 0.0;
    for (const GapBar& bar : bars)
        whole += bar.shareOfIdle;
    QVERIFY(std::abs(whole - 0.75) < 1e-12);
}

void TestGapHistogramBars::headline_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<int>("longGaps");
    QTest::addColumn<int>("shortGaps");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 100 << 0 << 0 << QString();
    QTest::newRow("one a step") << 100 << 100 << 1000
                                << QStringLiteral("one gap a step holds 99 % of all idle time");
    QTest::newRow("three a step") << 100 << 300 << 1000
                                  << QStringLiteral("3 gaps a step hold 100 % of all idle time");
    QTest::newRow("in between") << 100 << 150 << 0
                                << QStringLiteral("1.5 gaps a step hold 100 % of all idle time");
    QTest::newRow("no steps") << 0 << 300 << 0
                              << QStringLiteral("gaps of 2.61 ms and longer hold 100 % of all idle time");
    // 60 short ones a step would be needed for nine tenths: the sentence stops at the long one.
    QTest::newRow("many short") << 100 << 100 << 300'000
                                << QStringLiteral("one gap a step holds 33 % of all idle time");
}

void TestGapHistogramBars::headline()
{
    QFETCH(const int, steps);
    QFETCH(const int, longGaps);
    QFETCH(const int, shortGaps);
    DeviceWindow window;
    window.budget.steps = static_cast<std::size_t>(steps);
    addGaps(window, static_cast<std::uint64_t>(longGaps), std::chrono::milliseconds(3));
    addGaps(window, static_cast<std::uint64_t>(shortGaps), std::chrono::microseconds(2));
    QTEST(gapHeadline(window), "text");
}

void TestGapHistogramBars::headlineOfAWindowThatCutsItsGaps()
{
    DeviceWindow window;
    window.budget.steps = 10;
    addGaps(window, 10, std::chrono::milliseconds(1));
    window.clippedIdle = std::chrono::milliseconds(30);
    window.inWindow[TimeClass::Untraced] += window.clippedIdle;
    QCOMPARE(gapHeadline(window),
             QStringLiteral("75 % of all idle time lies in gaps that the window's edges cut"));
}

void TestGapHistogramBars::saysWhatIsClipped()
{
    DeviceWindow window;
    QVERIFY(clippedIdleNote(window).isEmpty());
    window.clippedIdle = std::chrono::microseconds(2500);
    QCOMPARE(clippedIdleNote(window), QStringLiteral("2.50 ms idle at the window's edges is in no bar"));
}

void TestGapHistogramBars::saysWhatIsChosen()
{
    DeviceWindow window;
    addGaps(window, 214, std::chrono::milliseconds(3));
    addGaps(window, 1, std::chrono::milliseconds(28));
    addGaps(window, 1000, std::chrono::microseconds(330));
    const std::size_t band = GapBands::bandOf(std::chrono::milliseconds(3));
    QCOMPARE(gapLengths({band, band + 1}), QStringLiteral("2.61 – 3.16 ms"));
    QCOMPARE(gapLengths({band - 6, band + 1}), QStringLiteral("825 µs – 3.16 ms"));
    QCOMPARE(chosenGapsText(window, {band, band + 1}),
             QStringLiteral("2.61 – 3.16 ms: 214 gaps, 64 % of all idle time"));
    QCOMPARE(chosenGapsText(window, {band + 1, GapBands::count - 1}),
             QStringLiteral("3.16 ms – 825.40 s: 1 gap, 2.8 % of all idle time"));
    QCOMPARE(chosenGapsText(window, {band - 2, band}),
             QStringLiteral("1.78 – 2.61 ms: no gap in the window"));
}

QTEST_GUILESS_MAIN(TestGapHistogramBars)
#include "tst_gaphistogrambars.moc"
