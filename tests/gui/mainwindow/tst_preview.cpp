#include "app/loadingbar.h"
#include "app/mainwindow.h"
#include "app/messagepage.h"
#include "app/previewpage.h"
#include "app/recentfiles.h"
#include "app/settings.h"
#include "app/tracepage.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/timeline/previewcolumns.h"
#include "widgets/timeline/previewview.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/traceloader.h"

#include <QLocale>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cmath>
#include <random>
#include <thread>

using namespace stepscope;

namespace {

TracePreview previewOf(std::size_t lanes, std::uint16_t share)
{
    TracePreview preview;
    preview.extent = {TimePoint(), timePointAt(400'000'000)};
    for (std::size_t lane = 0; lane < lanes; ++lane)
        preview.lanes.push_back({"GPU " + std::to_string(lane), std::vector<std::uint16_t>(100, share)});
    return preview;
}

} // namespace

class TestPreview : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void lanesAppearBeforeTheTrace();
    void nothingMovesWhenTheTraceComes();
    void cancelBringsBackWhatWasThere_data();
    void cancelBringsBackWhatWasThere();
    void aFailureIsSaid();
    void anOpenTraceStays();
    void theLatestIsShown();
    void columnsAreTheMeanOfTheirStretches();

private:
    /// "slow.json" shows previews and waits, "bad.json" is none, all else is a small loop.
    Result<IndexedTrace> work(const std::string& path, Progress& progress,
                              const TraceLoader::ShowPreview& show);
    void openSlow();

    std::atomic<bool> m_isReleased = false;
    std::atomic<int> m_previews = 1;
    std::unique_ptr<AppTheme> m_theme;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<RecentFiles> m_recent;
    std::unique_ptr<TraceLoader> m_loader;
    std::unique_ptr<MainWindow> m_window;
};

Result<IndexedTrace> TestPreview::work(const std::string& path, Progress& progress,
                                       const TraceLoader::ShowPreview& show)
{
    if (path.ends_with("bad.json"))
        return Error{ErrorCode::EmptyFile, {}};
    if (path.ends_with("slow.json") || path.ends_with("broken.json")) {
        progress.report(425, 1000);
        for (int i = 1; i <= m_previews; ++i)
            show(previewOf(2, static_cast<std::uint16_t>(i)));
        while (!progress.isCancelled() && !m_isReleased)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (progress.isCancelled())
            return Error{ErrorCode::Cancelled, {}};
    }
    if (path.ends_with("broken.json"))
        return Error{ErrorCode::DamagedJson, "byte 5"};
    return testing::smallIndex(2, 40);
}

void TestPreview::initTestCase()
{
    QCoreApplication::setApplicationName(QStringLiteral("tst_preview"));
    QCoreApplication::setOrganizationName(QStringLiteral("stepscope"));
    QLocale::setDefault(QLocale::c());
    m_theme = std::make_unique<AppTheme>(*qApp);
}

void TestPreview::init()
{
    m_isReleased = false;
    m_previews = 1;
    m_settings = std::make_unique<Settings>();
    m_settings->store().clear();
    m_recent = std::make_unique<RecentFiles>(m_settings->store());
    m_loader = std::make_unique<TraceLoader>(
        [this](const std::vector<std::string>& paths, const LoadAnswers&, Progress& progress,
               const TraceLoader::ShowPreview& show) { return work(paths.front(), progress, show); });
    m_window = std::make_unique<MainWindow>(*m_settings, *m_recent, *m_loader, *m_theme);
    m_window->resize(1680, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestPreview::cleanup()
{
    m_isReleased = true;
    m_window.reset();
    m_loader.reset();
    m_recent.reset();
    m_settings.reset();
}

void TestPreview::openSlow()
{
    QSignalSpy previewed(m_loader.get(), &TraceLoader::previewed);
    m_window->openTrace(QStringLiteral("/tmp/slow.json"));
    QVERIFY(previewed.wait());
}

void TestPreview::lanesAppearBeforeTheTrace()
{
    openSlow();
    QVERIFY(m_window->showsPreview());
    QVERIFY(!m_window->document().isOpen());
    const PreviewView& view = m_window->previewPage().view();
    QVERIFY(view.isVisible());
    QCOMPARE(view.preview()->lanes.size(), std::size_t{2});
    QVERIFY(!view.laneRect(0).isEmpty() && view.laneRect(1).top() > view.laneRect(0).bottom());
    QVERIFY(view.laneRect(2).isEmpty());
    QVERIFY(m_window->loadingBar().isVisible());
    QTRY_COMPARE(m_window->loadingBar().percentText(), QStringLiteral("50 % read"));
    QVERIFY(!const_cast<PreviewView&>(view).grab().isNull());
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    m_isReleased = true;
    QVERIFY(loaded.wait());
    QVERIFY(!m_window->showsPreview());
    QVERIFY(m_window->document().isOpen());
    QVERIFY(!m_window->loadingBar().isVisible());
}

void TestPreview::nothingMovesWhenTheTraceComes()
{
    openSlow();
    QTest::qWait(50);
    const PreviewView& view = m_window->previewPage().view();
    const auto inWindow = [this](const QWidget& widget, const QRect& rect) {
        return QRect(widget.mapTo(m_window.get(), rect.topLeft()), rect.size());
    };
    const QRect overview = inWindow(view, view.overviewRect());
    const QRect ruler = inWindow(view, view.rulerRect());
    const QRect lane = inWindow(view, view.laneRect(0));
    m_isReleased = true;
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    QVERIFY(loaded.wait());
    QTest::qWait(50);
    const TimelineWidget& timeline = m_window->tracePage().timeline();
    const QRect overviewNow = inWindow(timeline, timeline.overviewRect());
    QCOMPARE(inWindow(timeline, timeline.rulerRect()).left(), ruler.left());
    QCOMPARE(inWindow(timeline, timeline.rulerRect()).width(), ruler.width());
    QCOMPARE(overviewNow.left(), overview.left());
    QCOMPARE(overviewNow.width(), overview.width());
    QCOMPARE(inWindow(timeline, timeline.laneRect(DeviceId(0))).top() - overviewNow.top(),
             lane.top() - overview.top());
    // The verdict's height depends on its words.
    QVERIFY2(std::abs(overviewNow.top() - overview.top()) <= 12,
             qPrintable(QStringLiteral("%1, then %2").arg(overview.top()).arg(overviewNow.top())));
}

void TestPreview::cancelBringsBackWhatWasThere_data()
{
    QTest::addColumn<bool>("afterFailure");
    QTest::newRow("the first page") << false;
    QTest::newRow("a message") << true;
}

void TestPreview::cancelBringsBackWhatWasThere()
{
    QFETCH(bool, afterFailure);
    if (afterFailure) {
        QSignalSpy failed(m_loader.get(), &TraceLoader::failed);
        m_window->openTrace(QStringLiteral("/tmp/bad.json"));
        QVERIFY(failed.wait());
    }
    QCOMPARE(m_window->showsMessage(), afterFailure);
    openSlow();
    QVERIFY(m_window->showsPreview());
    QSignalSpy cancelled(m_loader.get(), &TraceLoader::cancelled);
    QSignalSpy previewed(m_loader.get(), &TraceLoader::previewed);
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!m_window->showsPreview());
    QCOMPARE(m_window->showsMessage(), afterFailure);
    QVERIFY(!m_window->loadingBar().isVisible());
    QTest::qWait(20);
    QCOMPARE(previewed.count(), 0);
}

void TestPreview::aFailureIsSaid()
{
    QSignalSpy previewed(m_loader.get(), &TraceLoader::previewed);
    m_window->openTrace(QStringLiteral("/tmp/broken.json"));
    QVERIFY(previewed.wait());
    QVERIFY(m_window->showsPreview());
    QSignalSpy failed(m_loader.get(), &TraceLoader::failed);
    m_isReleased = true;
    QVERIFY(failed.wait());
    QVERIFY(m_window->showsMessage());
    QVERIFY(m_window->messagePage().title().startsWith(QStringLiteral("broken.json")));
}

void TestPreview::anOpenTraceStays()
{
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    m_window->openTrace(QStringLiteral("/tmp/good.json"));
    QVERIFY(loaded.wait());
    const auto index = m_window->document().index();
    openSlow();
    QVERIFY(!m_window->showsPreview());
    QVERIFY(m_window->tracePage().isVisible());
    QVERIFY(m_window->loadingBar().isVisible());
    QCOMPARE(m_window->document().index().get(), index.get());
}

void TestPreview::theLatestIsShown()
{
    m_previews = 500;
    QSignalSpy previewed(m_loader.get(), &TraceLoader::previewed);
    m_window->openTrace(QStringLiteral("/tmp/slow.json"));
    const PreviewView& view = m_window->previewPage().view();
    QTRY_VERIFY(view.preview() != nullptr && view.preview()->lanes.front().busy.front() == 500);
    QVERIFY(previewed.count() >= 1 && previewed.count() <= 500);
    const qsizetype shown = previewed.count();
    m_isReleased = true;
    QTRY_VERIFY(m_window->document().isOpen());
    QCOMPARE(previewed.count(), shown);
}

void TestPreview::columnsAreTheMeanOfTheirStretches()
{
    std::mt19937 random(1);
    for (int run = 0; run < 200; ++run) {
        std::vector<std::uint16_t> busy(1 + random() % 300);
        for (std::uint16_t& share : busy)
            share = random() % 3 == 0 ? 0 : random() % 3 == 0 ? 65535 : static_cast<std::uint16_t>(random());
        const std::size_t columns = 1 + random() % 300;
        const std::vector<ColumnCoverage> found = previewColumns(busy, columns);
        QCOMPARE(found.size(), columns);
        for (std::size_t column = 0; column < columns; ++column) {
            double sum = 0.0;
            bool isFull = true;
            const auto scale = static_cast<double>(busy.size()) / static_cast<double>(columns);
            for (std::size_t i = 0; i < busy.size(); ++i) {
                const double from = std::max(static_cast<double>(i), static_cast<double>(column) * scale);
                const double to =
                    std::min(static_cast<double>(i + 1), static_cast<double>(column + 1) * scale);
                if (to - from <= 1e-9)
                    continue;
                sum += busy[i] * (to - from);
                isFull = isFull && busy[i] == 65535;
            }
            const double share = sum / scale / 65535.0;
            QVERIFY(std::abs(static_cast<double>(found[column].total) - share) < 1e-5);
            QCOMPARE(found[column].total > 0.0F, sum > 0.0);
            QCOMPARE(found[column].total == 1.0F, isFull);
        }
    }
    QVERIFY(previewColumns({}, 3).size() == 3);
}

QTEST_MAIN(TestPreview)

#include "tst_preview.moc"
