#include "app/bottomtabs.h"
#include "app/gapplacebar.h"
#include "app/mainwindow.h"
#include "app/recentfiles.h"
#include "app/settings.h"
#include "app/tracepage.h"
#include "core/lod/pixelcoverage.h"
#include "core/trace/tracebuilder.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/panels/gapautopsypanel.h"
#include "widgets/plots/gaphistogramplot.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/gapnavigator.h"
#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/traceloader.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>
#include <QWindow>

#include <random>

using namespace stepscope;

namespace {

/// One device, 3000 kernels of 2 to 40 µs, gaps of 1 µs to 3 ms between them.
std::shared_ptr<const TraceIndex> gapsOfAllLengths()
{
    std::mt19937_64 random(4);
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(7);
    const DeviceId device = builder.device(process, 0);
    const NameId name = builder.intern("gemm_kernel");
    std::int64_t at = 0;
    for (int i = 0; i < 3000; ++i) {
        Activity activity;
        activity.begin = timePointAt(at);
        at += std::uniform_int_distribution<std::int64_t>(2'000, 40'000)(random);
        activity.end = timePointAt(at);
        at += std::llround(std::pow(10.0, std::uniform_real_distribution<double>(3.0, 6.5)(random)));
        activity.name = name;
        activity.process = process;
        activity.stream = 7;
        activity.kind = ActivityKind::Kernel;
        builder.addActivity(device, activity);
    }
    NoProgress progress;
    const auto index = TraceIndex::build(std::make_shared<const Trace>(builder.build()),
                                         KernelClassifier::standard(), progress);
    return index ? *index : nullptr;
}

} // namespace

/// Bands of the idle-gap histogram through the real window: chosen by mouse and keys, lit on the lane,
/// stepped through. All of it against loops over the gaps.
class TestGapBands : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void aDragChoosesWhileItGoesOn();
    void litColumnsHoldTheGaps();
    void keysStepThroughTheBandsAlone();
    void clicksAndEscapeEndTheChoice();
    void arrowsChoose();
    void actionsChoose();
    void theWindowMovesUnderTheChoice();
    void anotherTraceEndsTheChoice();
    void noKeyMeansTwoThings();

private:
    TracePage& page() const { return const_cast<TracePage&>(m_window->tracePage()); }
    GapHistogramPlot& plot() const { return page().histogram(); }
    TraceDocument& document() const { return const_cast<TraceDocument&>(m_window->document()); }
    QAction* action(const QString& text) const;
    QPoint inPlot(std::size_t band) const;
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    void click(QPoint at);
    void drag(std::size_t from, std::size_t to);
    /// The gaps that are to be lit: wholly inside the window, of the bands; the longest first.
    std::vector<TimeRange> gapsOf(BandRange bands) const;

    std::unique_ptr<AppTheme> m_theme;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<RecentFiles> m_recent;
    std::unique_ptr<TraceLoader> m_loader;
    std::unique_ptr<MainWindow> m_window;
};

void TestGapBands::initTestCase()
{
    QCoreApplication::setApplicationName(QStringLiteral("tst_gapbands"));
    QCoreApplication::setOrganizationName(QStringLiteral("stepscope"));
    QLocale::setDefault(QLocale::c());
    m_theme = std::make_unique<AppTheme>(*qApp);
}

void TestGapBands::init()
{
    m_settings = std::make_unique<Settings>();
    m_settings->store().clear();
    m_recent = std::make_unique<RecentFiles>(m_settings->store());
    m_loader = std::make_unique<TraceLoader>(
        [](const std::vector<std::string>& files, const LoadAnswers&, Progress&) -> Result<IndexedTrace> {
            return files.front().ends_with("other.json") ? testing::smallIndex(1, 40) : gapsOfAllLengths();
        });
    m_window = std::make_unique<MainWindow>(*m_settings, *m_recent, *m_loader, *m_theme);
    m_window->resize(1280, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    m_window->openTrace(QStringLiteral("gaps.json"));
    QVERIFY(loaded.count() > 0 || loaded.wait());
    const TimeRange extent = document().index()->trace().extent();
    document().setWindow({extent.begin + extent.duration() / 7, extent.end - extent.duration() / 9});
    QTest::qWait(1); // the plot is laid out
}

void TestGapBands::cleanup()
{
    m_window.reset();
    m_loader.reset();
    m_recent.reset();
    m_settings.reset();
}

QAction* TestGapBands::action(const QString& text) const
{
    for (QAction* const action : m_window->actions()) {
        if (action->text().remove(QLatin1Char('&')) == text)
            return action;
    }
    return nullptr;
}

QPoint TestGapBands::inPlot(std::size_t band) const
{
    return plot().mapTo(m_window.get(), plot().bandRect(band).center());
}

void TestGapBands::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(m_window->windowHandle(), key, modifiers);
}

void TestGapBands::click(QPoint at)
{
    QTest::mouseClick(m_window->windowHandle(), Qt::LeftButton, {}, at);
}

void TestGapBands::drag(std::size_t from, std::size_t to)
{
    QWindow* const window = m_window->windowHandle();
    QTest::mousePress(window, Qt::LeftButton, {}, inPlot(from));
    QTest::mouseMove(window, (inPlot(from) + inPlot(to)) / 2);
    QTest::mouseMove(window, inPlot(to));
    QTest::mouseRelease(window, Qt::LeftButton, {}, inPlot(to));
}

std::vector<TimeRange> TestGapBands::gapsOf(BandRange bands) const
{
    const ActivityTable& work = document().index()->trace().device(DeviceId(0)).activities;
    std::vector<TimeRange> gaps;
    for (std::size_t i = 1; i < work.size(); ++i) {
        const TimeRange gap{work.end(i - 1), work.begin(i)};
        if (document().window().contains(gap) && bands.lower() <= gap.duration() &&
            gap.duration() < bands.upper())
            gaps.push_back(gap);
    }
    std::stable_sort(gaps.begin(), gaps.end(),
                     [](const TimeRange& a, const TimeRange& b) { return a.duration() > b.duration(); });
    return gaps;
}

void TestGapBands::aDragChoosesWhileItGoesOn()
{
    const std::size_t first = GapBands::bandOf(std::chrono::microseconds(40));
    QWindow* const window = m_window->windowHandle();
    QTest::mousePress(window, Qt::LeftButton, {}, inPlot(first));
    for (std::size_t last = first; last < first + 5; ++last) {
        QTest::mouseMove(window, inPlot(last));
        const BandRange bands{first, last + 1};
        QVERIFY(page().gaps().bands() == bands);
        QVERIFY(plot().chosenBands() == bands);
        const std::vector<TimeRange> gaps = gapsOf(bands);
        QVERIFY(gaps.size() > 10);
        QCOMPARE(page().gaps().count(), std::uint64_t(gaps.size()));
        QVERIFY2(plot().chosenText().contains(QStringLiteral(": %1 gaps, ").arg(gaps.size())),
                 qPrintable(plot().chosenText()));
        QVERIFY(plot().accessibleDescription().contains(plot().chosenText()));
        QVERIFY(!page().timeline().litColumns().empty());
    }
    press(Qt::Key_Escape); // what was before the press
    QVERIFY(!page().gaps().bands());
    QTest::mouseMove(window, inPlot(first + 2));
    QTest::mouseRelease(window, Qt::LeftButton, {}, inPlot(first + 2));
    QVERIFY(!page().gaps().bands());
    QVERIFY(plot().chosenText().isEmpty());
    QVERIFY(page().timeline().litColumns().empty());
}

void TestGapBands::litColumnsHoldTheGaps()
{
    const std::size_t first = GapBands::bandOf(std::chrono::microseconds(20));
    drag(first + 13, first); // to the left is as good
    const BandRange bands{first, first + 14};
    const std::vector<TimeRange> gaps = gapsOf(bands);
    TimelineWidget& timeline = page().timeline();
    const TimeRange extent = document().index()->trace().extent();
    const auto columns = static_cast<std::size_t>(timeline.lanesRect().width()); // at a ratio of 1
    std::size_t folded = 0;
    for (const std::int64_t part : {1, 3, 40, 700}) {
        timeline.showRange({extent.begin + extent.duration() / 3,
                            extent.begin + extent.duration() / 3 + extent.duration() / part});
        std::vector<bool> lit(columns, false);
        for (const ColumnRun& run : timeline.litColumns()) {
            QVERIFY(run.last <= columns);
            for (std::size_t column = run.first; column < run.last; ++column)
                lit[column] = true;
        }
        const TimeRange view = m_window->findChild<TimelineViewport*>()->view();
        for (std::size_t column = 0; column < columns; ++column) {
            const TimeRange pixel = columnRange(view, columns, column);
            const auto within = std::count_if(gaps.begin(), gaps.end(),
                                              [&](const TimeRange& gap) { return gap.overlaps(pixel); });
            QCOMPARE(static_cast<bool>(lit[column]), within > 0);
            folded += within > 1 ? 1 : 0;
        }
    }
    QVERIFY(folded > 50);
}

void TestGapBands::keysStepThroughTheBandsAlone()
{
    const std::size_t band = GapBands::bandOf(std::chrono::microseconds(900));
    click(inPlot(band));
    const std::vector<TimeRange> gaps = gapsOf({band, band + 1});
    QVERIFY(gaps.size() > 20);
    const GapPlaceBar* const bar = m_window->findChild<GapPlaceBar*>();
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        press(Qt::Key_G);
        QVERIFY(page().gaps().current() == gaps[i]);
        const QString place =
            QStringLiteral("gap %1 of %2 between 825 µs and 1.00 ms · ").arg(i + 1).arg(gaps.size());
        QVERIFY2(bar->text().startsWith(place), qPrintable(bar->text()));
    }
    press(Qt::Key_G);
    QVERIFY(page().gaps().current() == gaps.back());
    press(Qt::Key_G, Qt::ShiftModifier);
    QVERIFY(page().gaps().current() == gaps[gaps.size() - 2]);
    QVERIFY(bar->width() >= bar->sizeHint().width()); // nothing is cut at this size
}

void TestGapBands::clicksAndEscapeEndTheChoice()
{
    const std::size_t band = GapBands::bandOf(std::chrono::microseconds(100));
    click(inPlot(band));
    QVERIFY(page().gaps().bands().has_value());
    click(plot().mapTo(m_window.get(), plot().bandRect(plot().shownBars().front().band).center()) -
          QPoint(15, 0));
    QVERIFY(!page().gaps().bands());
    click(inPlot(band));
    QVERIFY(page().gaps().bands().has_value());
    press(Qt::Key_Escape);
    QVERIFY(!page().gaps().bands());
    // From the timeline: first the gap that is pointed out, then the choice.
    click(inPlot(band));
    press(Qt::Key_G);
    page().timeline().setFocus();
    press(Qt::Key_Escape);
    QVERIFY(!page().gaps().hasCurrent() && page().gaps().bands());
    press(Qt::Key_Escape);
    QVERIFY(!page().gaps().bands());
}

void TestGapBands::arrowsChoose()
{
    plot().setFocus(Qt::TabFocusReason);
    press(Qt::Key_Right);
    std::size_t most = 0;
    for (std::size_t i = 0; i < plot().shownBars().size(); ++i) {
        if (plot().shownBars()[i].time > plot().shownBars()[most].time)
            most = i;
    }
    const std::size_t band = plot().shownBars()[most].band;
    QVERIFY(page().gaps().bands() == (BandRange{band, band + 1}));
    press(Qt::Key_Left);
    QVERIFY(page().gaps().bands() == (BandRange{band - 1, band}));
    press(Qt::Key_Left, Qt::ShiftModifier);
    press(Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(page().gaps().bands() == (BandRange{band - 3, band}));
    press(Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(page().gaps().bands() == (BandRange{band - 2, band}));
    const TimeRange view = m_window->findChild<TimelineViewport*>()->view();
    press(Qt::Key_Right);
    QVERIFY(page().gaps().bands() == (BandRange{band - 1, band}));
    QVERIFY(m_window->findChild<TimelineViewport*>()->view() == view); // the arrows moved nothing else
    press(Qt::Key_Escape);
    QVERIFY(!page().gaps().bands());
}

void TestGapBands::actionsChoose()
{
    QAction* const longer = action(QStringLiteral("Only gaps of the next longer band"));
    QAction* const shorter = action(QStringLiteral("Only gaps of the next shorter band"));
    QAction* const all = action(QStringLiteral("All gaps again"));
    QVERIFY(longer && shorter && all);
    QVERIFY(longer->isEnabled() && shorter->isEnabled() && !all->isEnabled());
    page().tabs().show(const_cast<GapAutopsyPanel*>(&page().gapAutopsy())); // wherever one is
    press(Qt::Key_G, Qt::ControlModifier);
    const auto bands = page().gaps().bands();
    QVERIFY(bands && all->isEnabled());
    QVERIFY(plot().chosenBands() == bands);
    QVERIFY(page().gaps().hasCurrent() && page().gaps().isOfBands()); // the autopsy shows one of them
    press(Qt::Key_G, Qt::ControlModifier);
    QVERIFY(page().gaps().bands() == (BandRange{bands->first - 1, bands->last - 1}));
    press(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(page().gaps().bands() == bands);
    press(Qt::Key_G, Qt::AltModifier);
    QVERIFY(!page().gaps().bands() && !all->isEnabled());
    QVERIFY(page().timeline().litColumns().empty());
}

void TestGapBands::theWindowMovesUnderTheChoice()
{
    const std::size_t band = GapBands::bandOf(std::chrono::microseconds(100));
    click(inPlot(band));
    const BandRange bands{band, band + 1};
    const TimeRange extent = document().index()->trace().extent();
    for (const std::int64_t part : {2, 5, 30, 4000}) {
        document().setWindow({extent.begin, extent.begin + extent.duration() / part});
        QVERIFY(page().gaps().bands() == bands);
        QCOMPARE(page().gaps().count(), std::uint64_t(gapsOf(bands).size()));
        QCOMPARE(page().timeline().litColumns().empty(), gapsOf(bands).empty());
    }
    QVERIFY(gapsOf(bands).empty());
    QVERIFY2(plot().chosenText().endsWith(QStringLiteral(": no gap in the window")),
             qPrintable(plot().chosenText()));
}

void TestGapBands::anotherTraceEndsTheChoice()
{
    click(inPlot(GapBands::bandOf(std::chrono::microseconds(100))));
    QVERIFY(page().gaps().bands().has_value());
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    m_window->openTrace(QStringLiteral("other.json"));
    QVERIFY(loaded.count() > 0 || loaded.wait());
    QVERIFY(!page().gaps().bands());
    QVERIFY(plot().chosenText().isEmpty());
    QVERIFY(page().timeline().litColumns().empty());
}

void TestGapBands::noKeyMeansTwoThings()
{
    QStringList keys;
    for (const QAction* const action : m_window->actions()) {
        for (const QKeySequence& key : action->shortcuts())
            keys += key.toString();
    }
    const qsizetype before = keys.size();
    QCOMPARE(keys.removeDuplicates() + keys.size(), before);
    QCOMPARE(keys.size(), before);
}

QTEST_MAIN(TestGapBands)
#include "tst_gapbands.moc"
