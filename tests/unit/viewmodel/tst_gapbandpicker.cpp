#include "widgets/viewmodel/gapbandpicker.h"

#include <QTest>

using namespace stepscope;

namespace {

/// Bands 40 to 47: gaps in 40, 41, 44 and 47, most idle time in 44.
std::vector<GapBar> someBars()
{
    std::vector<GapBar> bars(8);
    for (std::size_t i = 0; i < bars.size(); ++i)
        bars[i].band = 40 + i;
    for (const auto& [band, time] : {std::pair(0, 5), std::pair(1, 2), std::pair(4, 90), std::pair(7, 30)}) {
        bars[static_cast<std::size_t>(band)].gaps = 3;
        bars[static_cast<std::size_t>(band)].time = Duration(time);
    }
    return bars;
}

std::optional<BandRange> bands(std::size_t first, std::size_t last)
{
    return BandRange{first, last};
}

} // namespace

class TestGapBandPicker : public QObject {
    Q_OBJECT

private slots:
    void clickTakesOneBand();
    void clickBesideTheBarsTakesNone();
    void dragTakesWholeBands_data();
    void dragTakesWholeBands();
    void keysGoFromBandToBand();
    void shiftExtendsFromTheAnchor();
    void choiceBesideTheBarsMovesIntoThem();
    void withoutBarsNothingIsChosen();
};

void TestGapBandPicker::clickTakesOneBand()
{
    GapBandPicker picker;
    for (const double place : {44.0, 44.5, 44.999}) {
        picker.press(someBars(), place);
        QVERIFY(picker.chosen() == bands(44, 45));
    }
    picker.press(someBars(), 43.5); // an empty one between bars, too
    QVERIFY(picker.chosen() == bands(43, 44));
    picker.press(someBars(), 47.9);
    QVERIFY(picker.chosen() == bands(47, 48));
}

void TestGapBandPicker::clickBesideTheBarsTakesNone()
{
    GapBandPicker picker;
    for (const double place : {39.99, 48.0, -5.0, 400.0}) {
        picker.press(someBars(), 41.5);
        picker.press(someBars(), place);
        QVERIFY(!picker.chosen());
    }
}

void TestGapBandPicker::dragTakesWholeBands_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    QTest::newRow("right") << 41.9 << 44.1 << 41 << 45;
    QTest::newRow("left") << 44.1 << 41.9 << 41 << 45;
    QTest::newRow("within one") << 42.1 << 42.9 << 42 << 43;
    QTest::newRow("past the last") << 46.5 << 90.0 << 46 << 48;
    QTest::newRow("past the first") << 40.5 << -3.0 << 40 << 41;
    QTest::newRow("from beside") << 30.0 << 41.0 << 40 << 42;
    QTest::newRow("over all") << 60.0 << 10.0 << 40 << 48;
    QTest::newRow("beside all") << 48.0 << 52.0 << -1 << -1;
}

void TestGapBandPicker::dragTakesWholeBands()
{
    QFETCH(const double, from);
    QFETCH(const double, to);
    QFETCH(const int, first);
    QFETCH(const int, last);
    GapBandPicker picker;
    picker.press(someBars(), from);
    picker.dragTo(someBars(), (from + to) / 2);
    picker.dragTo(someBars(), to);
    QVERIFY(
        picker.chosen() ==
        (first < 0 ? std::nullopt : bands(static_cast<std::size_t>(first), static_cast<std::size_t>(last))));
}

void TestGapBandPicker::keysGoFromBandToBand()
{
    GapBandPicker picker;
    picker.move(someBars(), 1, false);
    QVERIFY(picker.chosen() == bands(44, 45)); // most idle time
    picker.move(someBars(), 1, false);
    QVERIFY(picker.chosen() == bands(47, 48));
    picker.move(someBars(), 1, false);
    QVERIFY(picker.chosen() == bands(47, 48));
    for (const std::size_t band : {44U, 41U, 40U, 40U}) {
        picker.move(someBars(), -1, false);
        QVERIFY(picker.chosen() == bands(band, band + 1));
    }
}

void TestGapBandPicker::shiftExtendsFromTheAnchor()
{
    GapBandPicker picker;
    picker.press(someBars(), 41.5);
    picker.move(someBars(), 1, true);
    QVERIFY(picker.chosen() == bands(41, 45));
    picker.move(someBars(), 1, true);
    QVERIFY(picker.chosen() == bands(41, 48));
    picker.choose(bands(41, 48)); // told by others what it is: goes on all the same
    picker.move(someBars(), -1, true);
    QVERIFY(picker.chosen() == bands(41, 45));
    picker.move(someBars(), -1, true);
    QVERIFY(picker.chosen() == bands(41, 42));
    picker.move(someBars(), -1, true);
    QVERIFY(picker.chosen() == bands(40, 42));
    picker.move(someBars(), 1, false);
    QVERIFY(picker.chosen() == bands(41, 42));
}

void TestGapBandPicker::choiceBesideTheBarsMovesIntoThem()
{
    GapBandPicker picker;
    picker.choose(bands(10, 14));
    picker.move(someBars(), -1, false);
    QVERIFY(picker.chosen() == bands(13, 14));
    picker.move(someBars(), 1, false);
    QVERIFY(picker.chosen() == bands(40, 41));
}

void TestGapBandPicker::withoutBarsNothingIsChosen()
{
    GapBandPicker picker;
    picker.press({}, 41.0);
    picker.dragTo({}, 45.0);
    picker.move({}, 1, false);
    QVERIFY(!picker.chosen());
}

QTEST_APPLESS_MAIN(TestGapBandPicker)
#include "tst_gapbandpicker.moc"
