#include "app/bottomtabs.h"
#include "app/mainwindow.h"
#include "app/recentfiles.h"
#include "app/salvagepage.h"
#include "app/settings.h"
#include "app/tracepage.h"
#include "tests/gui/timeline/damagedtrace.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/panels/importlogpanel.h"
#include "widgets/panels/importlogtable.h"
#include "widgets/panels/verdictbanner.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/importlogmodel.h"
#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/traceloader.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace stepscope;

namespace {

/// One device, 30 steps of 1 ms; an empty kernel at 12.5 ms and a row that ends before it begins at 20 ms.
std::shared_ptr<const TraceIndex> oddIndex()
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(7);
    const DeviceId device = builder.device(process, 0);
    const auto add = [&](std::int64_t begin, std::int64_t length) {
        Activity activity;
        activity.name = builder.intern("gemm_kernel");
        activity.process = process;
        activity.begin = timePointAt(begin);
        activity.end = timePointAt(begin + length);
        builder.addActivity(device, activity);
    };
    for (int step = 0; step < 30; ++step)
        add(1'000'000LL * step, 300'000);
    add(12'500'000, 0);
    add(20'400'000, -5);
    NoProgress progress;
    return *TraceIndex::build(std::make_shared<const Trace>(builder.build()), KernelClassifier::standard(),
                              progress);
}

Result<IndexedTrace> salvage(const std::vector<std::string>& paths, const LoadAnswers&, Progress&)
{
    const std::string& path = paths.front();
    if (path.ends_with("good.json"))
        return testing::smallIndex(2, 40);
    if (path.ends_with("odd.json"))
        return oddIndex();
    return testing::damagedIndex({40, 30}, {testing::cutText()});
}

} // namespace

class TestSalvage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void aWholeTraceIsShownAtOnce();
    void aDamagedTraceIsExplainedFirst();
    void theWholePartIsShown();
    void thePageLeadsToTheImportLog();
    void theLogLeadsBackToThePage();
    void anotherTraceTakesItsPlace();
    void anEmptyLogSaysSo();
    void examplesLeadToTheTimeline();
    void theLogIsCopiedAsText();
    void lanesShowWhereTheyAreCut();

private:
    void open(const QString& name);
    const ImportLogPanel& log() const { return m_window->tracePage().importLog(); }
    bool showsLog() const { return m_window->tracePage().tabs().current() == &log(); }
    QAction* action(const QString& text) const;

    std::unique_ptr<AppTheme> m_theme;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<RecentFiles> m_recent;
    std::unique_ptr<TraceLoader> m_loader;
    std::unique_ptr<MainWindow> m_window;
};

void TestSalvage::initTestCase()
{
    QCoreApplication::setApplicationName(QStringLiteral("tst_salvage"));
    QCoreApplication::setOrganizationName(QStringLiteral("stepscope"));
    QLocale::setDefault(QLocale::c());
    m_theme = std::make_unique<AppTheme>(*qApp);
}

void TestSalvage::init()
{
    m_settings = std::make_unique<Settings>();
    m_settings->store().clear();
    m_recent = std::make_unique<RecentFiles>(m_settings->store());
    m_loader = std::make_unique<TraceLoader>(salvage);
    m_window = std::make_unique<MainWindow>(*m_settings, *m_recent, *m_loader, *m_theme);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestSalvage::cleanup()
{
    m_window.reset();
    m_loader.reset();
    m_recent.reset();
    m_settings.reset();
}

void TestSalvage::open(const QString& name)
{
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    m_window->openTrace(name);
    QVERIFY(loaded.count() > 0 || loaded.wait());
}

QAction* TestSalvage::action(const QString& text) const
{
    for (QAction* const action : m_window->actions()) {
        if (action->text().remove(QLatin1Char('&')) == text)
            return action;
    }
    return nullptr;
}

void TestSalvage::aWholeTraceIsShownAtOnce()
{
    open(QStringLiteral("/tmp/good.json"));
    QVERIFY(!m_window->showsSalvage());
    QVERIFY(m_window->tracePage().isVisible() && m_window->banner().isVisible());
}

void TestSalvage::aDamagedTraceIsExplainedFirst()
{
    open(QStringLiteral("/tmp/cut.json"));
    QVERIFY(m_window->showsSalvage());
    QVERIFY(!m_window->banner().isVisible() && !m_window->tracePage().isVisible());
    const SalvagePage& page = m_window->salvagePage();
    QCOMPARE(page.title(), QStringLiteral("This trace ends early, and was opened as far as it goes"));
    QVERIFY2(page.text().contains(QStringLiteral("stops at byte 1 234 567 of the text.")),
             qPrintable(page.text()));
    QVERIFY2(page.text().contains(QStringLiteral("GPU 1 ends 10.0 ms before GPU 0.")),
             qPrintable(page.text()));
    QVERIFY2(page.text().contains(QStringLiteral("Gate 4")), qPrintable(page.text()));
    QCOMPARE(page.logButton().text(), QStringLiteral("Import log, 2 entries"));
    for (const QLabel* const label : page.findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestSalvage::theWholePartIsShown()
{
    open(QStringLiteral("/tmp/cut.json"));
    m_window->salvagePage().useButton().click();
    QVERIFY(!m_window->showsSalvage());
    QVERIFY(m_window->tracePage().isVisible() && m_window->banner().isVisible());
    QVERIFY(!showsLog());
}

void TestSalvage::thePageLeadsToTheImportLog()
{
    open(QStringLiteral("/tmp/cut.json"));
    m_window->salvagePage().logButton().click();
    QVERIFY(m_window->tracePage().isVisible());
    QVERIFY(showsLog());
    QCOMPARE(m_window->tracePage().tabs().titleOf(&log()), QStringLiteral("Import log (2)"));
}

void TestSalvage::theLogLeadsBackToThePage()
{
    open(QStringLiteral("/tmp/cut.json"));
    m_window->salvagePage().useButton().click();
    action(QStringLiteral("Import log"))->trigger();
    QVERIFY(showsLog());
    for (int row = 0; row < log().model().rowCount(); ++row) {
        if (log().model().isDamageAt(row))
            log().table().selectRow(row);
    }
    QTest::keyClick(&log().table(), Qt::Key_Return);
    QVERIFY(m_window->showsSalvage());
}

void TestSalvage::anotherTraceTakesItsPlace()
{
    open(QStringLiteral("/tmp/cut.json"));
    open(QStringLiteral("/tmp/good.json"));
    QVERIFY(!m_window->showsSalvage());
    open(QStringLiteral("/tmp/cut.json"));
    QVERIFY(m_window->showsSalvage());
    action(QStringLiteral("Close"))->trigger();
    QVERIFY(!m_window->showsSalvage() && !m_window->tracePage().isVisible());
}

void TestSalvage::anEmptyLogSaysSo()
{
    open(QStringLiteral("/tmp/good.json"));
    action(QStringLiteral("Import log"))->trigger();
    QVERIFY(showsLog());
    QCOMPARE(log().emptyText(), QStringLiteral("Nothing was odd in the file: every row was read and kept."));
    QCOMPARE(m_window->tracePage().tabs().titleOf(&log()), QStringLiteral("Import log"));
}

void TestSalvage::examplesLeadToTheTimeline()
{
    open(QStringLiteral("/tmp/odd.json"));
    QVERIFY(!m_window->showsSalvage());
    action(QStringLiteral("Import log"))->trigger();
    QCOMPARE(log().emptyText(), QString());
    const TimelineWidget& timeline = m_window->tracePage().timeline();
    bool sawEmpty = false;
    bool sawBackwards = false;
    for (int row = 0; row < log().model().rowCount(); ++row) {
        const std::optional<ImportPlace> place = log().model().placeAt(row);
        if (!place)
            continue;
        log().table().selectRow(row);
        QTest::keyClick(&log().table(), Qt::Key_Return);
        const QRect area = timeline.rulerRect();
        QVERIFY(timeline.xOf(place->time) >= area.left() && timeline.xOf(place->time) <= area.right());
        if (place->time == timePointAt(12'500'000)) { // was kept: it is selected
            sawEmpty = true;
            const SpanRef& span = m_window->tracePage().selection().current();
            QCOMPARE(span.kind, SpanRef::Kind::Operation);
            QCOMPARE(span.row, std::uint32_t{13});
            action(QStringLiteral("Import log"))->trigger();
        } else {
            sawBackwards = true;
            // About a step to either side.
            QVERIFY(timeline.timeAtX(area.left()) > timePointAt(17'000'000));
            QVERIFY(timeline.timeAtX(area.right()) < timePointAt(24'000'000));
        }
    }
    QVERIFY(sawEmpty && sawBackwards);
}

void TestSalvage::theLogIsCopiedAsText()
{
    open(QStringLiteral("/tmp/odd.json"));
    action(QStringLiteral("Import log"))->trigger();
    log().table().clearSelection();
    QTest::keyClick(&log().table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), log().model().textOf({}));
    log().table().selectRow(0);
    QTest::keyClick(&log().table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), log().model().textOf({0}));
}

void TestSalvage::lanesShowWhereTheyAreCut()
{
    open(QStringLiteral("/tmp/cut.json"));
    m_window->salvagePage().useButton().click();
    TimelineWidget& timeline = m_window->tracePage().timeline();
    timeline.showAll();
    QSignalSpy readout(&timeline, &TimelineWidget::cursorMoved);
    const auto readAt = [&](DeviceId device, TimePoint time) {
        const QPoint at(timeline.xOf(time), timeline.laneRect(device).center().y());
        QWidget* const under = timeline.childAt(at);
        QTest::mouseMove(under, under->mapFrom(&timeline, at));
        QApplication::processEvents();
        return readout.isEmpty() ? QString() : readout.last().first().toString();
    };
    // GPU 1 ends at 29.3 ms, GPU 0 goes on.
    QVERIFY2(readAt(DeviceId(1), timePointAt(35'000'000)).contains(QStringLiteral("records of GPU 1 end at")),
             qPrintable(readout.last().first().toString()));
    QVERIFY(!readAt(DeviceId(1), timePointAt(20'000'000)).contains(QStringLiteral("cut")));
    QVERIFY(!readAt(DeviceId(0), timePointAt(35'500'000)).contains(QStringLiteral("cut")));
}

QTEST_MAIN(TestSalvage)

#include "tst_salvage.moc"
