#include "widgets/panels/waterfalllayout.h"

#include "tests/gui/timeline/smalltrace.h"
#include "widgets/panels/gapautopsypanel.h"
#include "widgets/panels/waterfallview.h"
#include "widgets/viewmodel/gapnavigator.h"

#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace stepscope;

namespace {

int fixedWidth(const QString& text)
{
    return 7 * static_cast<int>(text.size());
}

const WaterfallText fixedText{fixedWidth, fixedWidth, fixedWidth, 22, 14};

TimeRange part(std::int64_t begin, std::int64_t end)
{
    return {timePointAt(begin), timePointAt(end)};
}

} // namespace

/// The waterfall of a gap: where things lie, and what mouse and keys do.
class TestWaterfall : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void barsLieAtTheirTime();
    void nothingOverlaps();
    void isCloseWhereItWouldNotFit();
    void tooltipsTellExactFigures();
    void clicksAndKeysChooseParts();
    void emptyStatesSayWhy();
};

void TestWaterfall::barsLieAtTheirTime()
{
    const TimeRange gap = part(1000, 2000);
    const WaterfallEntry whole{QStringLiteral("whole gap"), QStringLiteral("1.0 µs"), {}, {gap}};
    const WaterfallLayout layout(gap,
                                 {{QStringLiteral("sync"),
                                   QStringLiteral("0.5 µs"),
                                   QStringLiteral("call"),
                                   {part(1000, 1250), part(1250, 1300), part(1800, 2000)}}},
                                 whole, {700, 300}, fixedText);
    const WaterfallRow& row = layout.rows().front();
    QCOMPARE(row.bars.size(), std::size_t{2}); // what touches is one bar
    const QRectF axis = layout.whole().bars.front().rect;
    QCOMPARE(row.bars[0].rect.left(), axis.left());
    QCOMPARE(row.bars[0].rect.width(), axis.width() * 0.3);
    QCOMPARE(row.bars[1].rect.right(), axis.right());
    QVERIFY(layout.timeAt(layout.xOf(timePointAt(1400))) == timePointAt(1400));
    QCOMPARE(row.name.right(), layout.whole().name.right()); // aligned to the axis
    QCOMPARE(layout.rowAt(row.row.center().y()), std::optional<std::size_t>(0));
    QVERIFY(!layout.rowAt(layout.whole().name.center().y()));
}

void TestWaterfall::nothingOverlaps()
{
    std::mt19937 random(1);
    const auto any = [&random](int low, int high) {
        return std::uniform_int_distribution<int>(low, high)(random);
    };
    for (int round = 0; round < 500; ++round) {
        const TimeRange gap = part(0, 100'000);
        std::vector<WaterfallEntry> entries(static_cast<std::size_t>(any(1, 9)));
        for (WaterfallEntry& entry : entries) {
            entry.name = QString(any(4, 20), QLatin1Char('n'));
            entry.total = QString(any(4, 8), QLatin1Char('1'));
            entry.reason = QString(any(0, 90), QLatin1Char('r'));
            std::int64_t at = 0;
            for (int i = any(1, 4); i > 0; --i) {
                const std::int64_t begin = at + any(0, 20'000);
                const std::int64_t end = begin + any(1, 5'000);
                entry.parts.push_back(part(begin, std::min<std::int64_t>(end, 100'000)));
                at = end;
            }
        }
        const WaterfallEntry whole{QStringLiteral("whole gap"), QStringLiteral("100 µs"), {}, {gap}};
        const QSize area(any(480, 1400), any(120, 400));
        const WaterfallLayout layout(gap, entries, whole, area, fixedText);
        int bottom = 0;
        for (const WaterfallRow& row : layout.rows()) {
            QVERIFY(row.row.top() >= bottom);
            bottom = row.row.bottom();
            QVERIFY(row.row.contains(row.name));
            QVERIFY(row.row.contains(row.total));
            QVERIFY(row.reason.isEmpty() || row.row.contains(row.reason));
            QVERIFY(!row.total.intersects(row.reason) && !row.name.intersects(row.reason));
            for (const WaterfallBar& bar : row.bars) {
                QVERIFY(bar.rect.width() >= 2.0);
                QVERIFY(!bar.rect.intersects(QRectF(row.name)));
                QVERIFY(!bar.rect.intersects(QRectF(row.total)));
                QVERIFY(!bar.rect.intersects(QRectF(row.reason)));
            }
        }
        QVERIFY(layout.ruleY() > bottom);
        QVERIFY(layout.whole().name.top() > layout.ruleY());
        QVERIFY(layout.whole().total.right() <= area.width());
        QVERIFY(layout.height() >= layout.whole().name.bottom());
    }
}

void TestWaterfall::isCloseWhereItWouldNotFit()
{
    const TimeRange gap = part(0, 1000);
    const std::vector<WaterfallEntry> entries(
        5, {QStringLiteral("owner"), QStringLiteral("0.2 µs"), QStringLiteral("why"), {part(0, 200)}});
    const WaterfallEntry whole{QStringLiteral("whole gap"), QStringLiteral("1.0 µs"), {}, {gap}};
    const WaterfallLayout roomy(gap, entries, whole, {700, 400}, fixedText);
    const WaterfallLayout close(gap, entries, whole, {700, 180}, fixedText);
    QVERIFY(roomy.isRoomy() && roomy.height() <= 400);
    QVERIFY(!close.isRoomy() && close.height() <= 180);
    QVERIFY(roomy.rows()[0].reason.top() > roomy.rows()[0].total.bottom());
    QCOMPARE(close.rows()[0].reason.top(), close.rows()[0].total.top());
    const WaterfallLayout scrolled(gap, entries, whole, {700, 60}, fixedText);
    QVERIFY(scrolled.height() > 60);
}

void TestWaterfall::tooltipsTellExactFigures()
{
    const auto index = testing::smallIndex(1, 40);
    const TimeRange gap = index->device(DeviceId(0)).occupancy.gaps()[5];
    WaterfallView view;
    view.resize(700, 200);
    view.setAvailableHeight(200);
    view.showGap(index, DeviceId(0), autopsyOf(*index, DeviceId(0), gap));
    QCOMPARE(view.rows().size(), std::size_t{2}); // untraced, then the launch
    const WaterfallRow& launch = view.layoutOfRows().rows()[1];
    const QString text = view.toolTipAt(launch.bars.front().rect.center().toPoint());
    QVERIFY2(text.startsWith(QStringLiteral("launch · 6.0 µs · 6000 ns\n"
                                            "begins 694 µs · 694000 ns into the gap\ncudaLaunchKernel\n")),
             qPrintable(text));
    QVERIFY(view.toolTipAt(launch.name.center()).startsWith(QStringLiteral("launch · 6.0 µs · 6000 ns\n")));
    QVERIFY(view.toolTipAt(view.layoutOfRows().whole().name.center()).isEmpty());
    QVERIFY(view.accessibleDescription().contains(QStringLiteral("launch 6.0 µs")));
}

void TestWaterfall::clicksAndKeysChooseParts()
{
    const auto index = testing::smallIndex(1, 40);
    const TimeRange gap = index->device(DeviceId(0)).occupancy.gaps()[5];
    WaterfallView view;
    view.resize(700, 200);
    view.setAvailableHeight(200);
    view.showGap(index, DeviceId(0), autopsyOf(*index, DeviceId(0), gap));
    view.show();
    std::vector<TimeRange> parts;
    connect(&view, &WaterfallView::partChosen, &view, [&parts](TimeRange range) { parts.push_back(range); });
    int wholes = 0;
    connect(&view, &WaterfallView::gapChosen, &view, [&wholes] { ++wholes; });
    const WaterfallRow& launch = view.layoutOfRows().rows()[1];
    QTest::mouseClick(&view, Qt::LeftButton, {}, launch.bars.front().rect.center().toPoint());
    QCOMPARE(parts.size(), std::size_t{1});
    QVERIFY(parts.back().end == gap.end);
    QVERIFY(parts.back().duration() == std::chrono::microseconds(6));
    QTest::keyClick(&view, Qt::Key_Return); // the first row has the keys
    QVERIFY(parts.back().begin == gap.begin);
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Down); // there is none below
    QTest::keyClick(&view, Qt::Key_Enter);
    QVERIFY(parts.back().end == gap.end);
    const std::size_t before = parts.size();
    QTest::mouseDClick(&view, Qt::LeftButton, {}, launch.bars.front().rect.center().toPoint());
    QCOMPARE(wholes, 1);
    QVERIFY(parts.size() <= before + 1); // the click that began it, not the one that ended it
}

void TestWaterfall::emptyStatesSayWhy()
{
    TraceDocument document;
    GapNavigator navigator(&document);
    GapAutopsyPanel panel(navigator);
    panel.resize(900, 200);
    QVERIFY(panel.emptyText().contains(QStringLiteral("Open a trace")));
    document.setIndex(testing::smallIndex(1, 40));
    QVERIFY(panel.emptyText().contains(QStringLiteral("G shows the longest of")));
    panel.show(); // offers the longest
    QVERIFY(navigator.hasCurrent());
    QCOMPARE(panel.emptyText(), QString());
    QCOMPARE(panel.waterfall().rows().size(), std::size_t{2});
    document.setWindow({timePointAt(10'050'000), timePointAt(10'100'000)});
    QVERIFY(panel.emptyText().contains(QStringLiteral("No gap lies wholly inside the window")));
    QVERIFY(panel.waterfall().rows().empty());
    document.setIndex(nullptr);
    QVERIFY(panel.emptyText().contains(QStringLiteral("Open a trace")));
}

QTEST_MAIN(TestWaterfall)
#include "tst_waterfall.moc"
