#include "app/bottomtabs.h"
#include "app/gapplacebar.h"
#include "app/mainwindow.h"
#include "app/recentfiles.h"
#include "app/settings.h"
#include "app/tracepage.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/panels/detailpanel.h"
#include "widgets/panels/detailvalue.h"
#include "widgets/panels/gapautopsypanel.h"
#include "widgets/panels/selectionpanel.h"
#include "widgets/panels/waterfallview.h"
#include "widgets/plots/gaphistogramplot.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/gapnavigator.h"
#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/traceloader.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QWindow>

using namespace stepscope;

/// The autopsy through the real window: keys, clicks, and what is marked on the timeline.
class TestGapWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void keysWalkTheGaps();
    void theTabOffersTheLongest();
    void clickOnIdleSelectsTheGap();
    void clicksOnWorkAndDragsStayWhatTheyWere();
    void linksLeadToSpans();
    void partsAndWholeAreShown();
    void escapeTakesTheMarkAway();
    void theBarTellsThePlace();

private:
    const TracePage& page() const { return m_window->tracePage(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    /// A click on the bar of the reference device.
    void clickLane(TimePoint time);
    TimePoint stepBegin(int step) const { return timePointAt(1'000'000LL * (step + 1)); }

    std::unique_ptr<AppTheme> m_theme;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<RecentFiles> m_recent;
    std::unique_ptr<TraceLoader> m_loader;
    std::unique_ptr<MainWindow> m_window;
};

void TestGapWindow::initTestCase()
{
    QCoreApplication::setApplicationName(QStringLiteral("tst_gapwindow"));
    QCoreApplication::setOrganizationName(QStringLiteral("stepscope"));
    QLocale::setDefault(QLocale::c());
    m_theme = std::make_unique<AppTheme>(*qApp);
}

void TestGapWindow::init()
{
    m_settings = std::make_unique<Settings>();
    m_settings->store().clear();
    m_recent = std::make_unique<RecentFiles>(m_settings->store());
    m_loader = std::make_unique<TraceLoader>(
        [](const std::vector<std::string>&, const LoadAnswers&, Progress&) -> Result<IndexedTrace> {
            return testing::smallIndex(1, 40);
        });
    m_window = std::make_unique<MainWindow>(*m_settings, *m_recent, *m_loader, *m_theme);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    m_window->openTrace(QStringLiteral("good.json"));
    QVERIFY(loaded.count() > 0 || loaded.wait());
}

void TestGapWindow::cleanup()
{
    m_window.reset();
    m_loader.reset();
    m_recent.reset();
    m_settings.reset();
}

void TestGapWindow::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(m_window->windowHandle(), key, modifiers);
}

void TestGapWindow::clickLane(TimePoint time)
{
    TimelineWidget& timeline = page().timeline();
    const QPoint at(timeline.xOf(time), timeline.laneRect(DeviceId(0)).center().y());
    QTest::mouseClick(m_window->windowHandle(), Qt::LeftButton, {}, timeline.mapTo(m_window.get(), at));
}

void TestGapWindow::keysWalkTheGaps()
{
    GapNavigator& gaps = page().gaps();
    QVERIFY(!gaps.hasCurrent());
    press(Qt::Key_G);
    QCOMPARE(page().tabs().current(), static_cast<const QWidget*>(&page().gapAutopsy()));
    QVERIFY(gaps.hasCurrent());
    QCOMPARE(gaps.rank(), std::uint64_t{1});
    QCOMPARE(page().gapAutopsy().waterfall().rows().size(), std::size_t{2});
    // In view with what is before and after it, and outlined on the device's lane.
    const TimelineWidget& timeline = page().timeline();
    const QRect mark = timeline.markedGapRect();
    QVERIFY(timeline.lanesRect().contains(mark));
    QVERIFY(std::abs(mark.left() - timeline.xOf(gaps.current().begin)) <= 1);
    QVERIFY(mark.left() > timeline.lanesRect().left() + 20);
    QVERIFY(mark.right() < timeline.lanesRect().right() - 20);
    // From the launch in the host lane up to the operation that ends the gap.
    const auto arrow = timeline.markedGapArrow();
    QVERIFY(arrow.has_value());
    QVERIFY(arrow->y1() > arrow->y2());
    QVERIFY(std::abs(arrow->x2() - timeline.xOf(gaps.current().end)) <= 2.0);
    press(Qt::Key_G);
    QCOMPARE(gaps.rank(), std::uint64_t{2});
    press(Qt::Key_G, Qt::ShiftModifier);
    QCOMPARE(gaps.rank(), std::uint64_t{1});
}

void TestGapWindow::theTabOffersTheLongest()
{
    const TimePoint begin = page().timeline().timeAtX(page().timeline().lanesRect().left());
    page().tabs().showNext();
    QCOMPARE(page().tabs().current(), static_cast<const QWidget*>(&page().gapAutopsy()));
    QVERIFY(page().gaps().hasCurrent());
    QVERIFY(page().timeline().timeAtX(page().timeline().lanesRect().left()) == begin); // the view stays
    press(Qt::Key_G);
    QCOMPARE(page().gaps().rank(), std::uint64_t{1});
}

void TestGapWindow::clickOnIdleSelectsTheGap()
{
    page().timeline().showRange({stepBegin(10), stepBegin(12)});
    clickLane(stepBegin(10) + std::chrono::microseconds(600));
    QVERIFY(page().gaps().hasCurrent());
    QVERIFY(page().gaps().current().end == stepBegin(11));
    QCOMPARE(page().tabs().current(), static_cast<const QWidget*>(&page().gapAutopsy()));
}

void TestGapWindow::clicksOnWorkAndDragsStayWhatTheyWere()
{
    TimelineWidget& timeline = page().timeline();
    timeline.showRange({stepBegin(10), stepBegin(12)});
    clickLane(stepBegin(10) + std::chrono::microseconds(100)); // busy
    QVERIFY(!page().gaps().hasCurrent());
    // A drag over idle time makes the window, nothing else.
    const int y = timeline.laneRect(DeviceId(0)).center().y();
    const auto at = [&](std::int64_t micros) {
        return timeline.mapTo(m_window.get(),
                              QPoint(timeline.xOf(stepBegin(10) + std::chrono::microseconds(micros)), y));
    };
    QWindow* const window = m_window->windowHandle();
    QTest::mousePress(window, Qt::LeftButton, {}, at(500));
    QTest::mouseMove(window, at(900));
    QTest::mouseMove(window, at(1700));
    QTest::mouseRelease(window, Qt::LeftButton, {}, at(1700));
    QVERIFY(!page().gaps().hasCurrent());
    QVERIFY(m_window->document().window().duration() < std::chrono::milliseconds(2));
    // A click on a span selects it and shows its details.
    timeline.showSpan({SpanRef::Kind::Operation, DeviceId(0), 30});
    const QRect span = timeline.spanRect(page().selection().current());
    page().selection().clear();
    QTest::mouseClick(window, Qt::LeftButton, {}, timeline.mapTo(m_window.get(), span.center()));
    QCOMPARE(page().tabs().current(), static_cast<const QWidget*>(&page().selectionPanel()));
    QVERIFY(!page().gaps().hasCurrent());
}

void TestGapWindow::linksLeadToSpans()
{
    press(Qt::Key_G);
    DetailValue* launch = nullptr;
    for (DetailValue* const value : page().gapAutopsy().findChildren<DetailValue*>()) {
        if (value->isVisible() && value->link().kind == SpanRef::Kind::Call)
            launch = value;
    }
    QVERIFY(launch);
    const SpanRef call = launch->link();
    QTest::keyClick(launch, Qt::Key_Return);
    QVERIFY(page().selection().current() == call);
    QVERIFY(page().gaps().hasCurrent()); // and its mark stays
    QVERIFY(!page().timeline().markedGapRect().isEmpty());
}

void TestGapWindow::partsAndWholeAreShown()
{
    press(Qt::Key_G);
    const TimelineWidget& timeline = page().timeline();
    const TimeRange gap = page().gaps().current();
    const WaterfallView& waterfall = page().gapAutopsy().waterfall();
    const auto view = [&timeline] {
        return TimeRange{timeline.timeAtX(timeline.lanesRect().left()),
                         timeline.timeAtX(timeline.lanesRect().right() + 1)};
    };
    const QPoint bar = waterfall.layoutOfRows().rows()[1].bars.front().rect.center().toPoint();
    QTest::mouseClick(m_window->windowHandle(), Qt::LeftButton, {}, waterfall.mapTo(m_window.get(), bar));
    QVERIFY(view().contains(waterfall.rows()[1].range()));
    QVERIFY(!view().contains(gap));
    QPushButton* show = nullptr;
    for (QPushButton* const button : page().gapAutopsy().findChildren<QPushButton*>())
        show = button->text() == QStringLiteral("Show on timeline") ? button : show;
    QVERIFY(show && show->isVisible());
    show->click();
    QVERIFY(view().contains(gap));
    QVERIFY(view().begin < gap.begin - gap.duration() / 5);
}

void TestGapWindow::escapeTakesTheMarkAway()
{
    press(Qt::Key_G);
    QVERIFY(!page().timeline().markedGapRect().isEmpty());
    page().timeline().setFocus();
    press(Qt::Key_Escape);
    QVERIFY(!page().gaps().hasCurrent());
    QVERIFY(page().timeline().markedGapRect().isEmpty());
    QVERIFY(!page().gapAutopsy().emptyText().isEmpty());
}

void TestGapWindow::theBarTellsThePlace()
{
    const GapPlaceBar* const bar = m_window->findChild<GapPlaceBar*>();
    QVERIFY(bar && !bar->isVisible());
    press(Qt::Key_G);
    QVERIFY(bar->isVisible());
    QVERIFY2(bar->text().startsWith(QStringLiteral("1 of ")), qPrintable(bar->text()));
    QVERIFY(bar->width() >= bar->sizeHint().width()); // nothing is cut at this size
    const QString before = bar->text();
    const TimeRange gap = page().gaps().current();
    const_cast<TraceDocument&>(m_window->document())
        .setWindow({gap.begin - Duration(1), gap.end + Duration(1)});
    QVERIFY(bar->text() != before);
    QVERIFY(bar->text().startsWith(QStringLiteral("1 of 1 by size")));
    page().tabs().show(const_cast<GapHistogramPlot*>(&page().histogram()));
    QVERIFY(!bar->isVisible());
}

QTEST_MAIN(TestGapWindow)
#include "tst_gapwindow.moc"
