#include "app/mainwindow.h"
#include "app/recentfiles.h"
#include "app/settings.h"
#include "app/tracepage.h"
#include "tests/gui/drags/bruteforce.h"
#include "tests/support/decodecommand.h"
#include "widgets/panels/budgetpanel.h"
#include "widgets/panels/cadencesummary.h"
#include "widgets/panels/gatespanel.h"
#include "widgets/panels/verdictbanner.h"
#include "widgets/plots/gaphistogramplot.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/budgetmodel.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/traceloader.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWindow>

#include <random>

using namespace stepscope;
namespace support = stepscope::testsupport;

namespace {

constexpr int drags = 100;

qint64 totalOfRow(const BudgetModel& model, BudgetModel::RowMark mark)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex cell = model.index(row, BudgetModel::PerStep);
        if (model.data(model.index(row, BudgetModel::Name), BudgetModel::MarkRole).toInt() == mark)
            return model.data(cell, BudgetModel::TotalRole).value<std::int64_t>();
    }
    return 0; // a row that is zero is not shown
}

} // namespace

/// A hundred drags with the mouse over a trace of a million operations: after each, every panel shows the
/// numbers that a plain loop over all operations gives for the window that the document reports.
class TestDrags : public QObject {
    Q_OBJECT

private slots:
    void everyPanelEqualsBruteForce();

private:
    void drag(QPoint from, QPoint until);
    void compare(const BruteForce& truth);

    std::unique_ptr<MainWindow> m_window;
};

void TestDrags::drag(QPoint from, QPoint until)
{
    QWindow* const window = m_window->windowHandle();
    QTest::mousePress(window, Qt::LeftButton, Qt::NoModifier, from);
    const QPoint half = (from + until) / 2;
    QTest::mouseMove(window, half);
    QTest::mouseMove(window, until);
    QTest::mouseRelease(window, Qt::LeftButton, Qt::NoModifier, until);
}

void TestDrags::compare(const BruteForce& truth)
{
    const TraceDocument& document = m_window->document();
    const TracePage& page = m_window->tracePage();
    const std::uint64_t snapshot = document.assessment()->snapshot;
    QCOMPARE(page.budgetPanel().shownSnapshot(), snapshot);
    QCOMPARE(page.histogram().shownSnapshot(), snapshot);
    QCOMPARE(page.gatesPanel().shownSnapshot(), snapshot);
    QCOMPARE(page.timeline().shownSnapshot(), snapshot);
    QCOMPARE(m_window->banner().shownSnapshot(), snapshot);

    const TimeRange window = document.window();
    QVERIFY(document.assessment()->analysis.window == window);
    const WindowTruth expected = truth.of(window, document.index()->devices().front().steps.steps);
    const BudgetModel& budget = page.budgetPanel().model();
    const CadenceStatistics& cadence = page.budgetPanel().cadence().shownStatistics();
    QCOMPARE(cadence.count, expected.cadences.size());
    QCOMPARE(cadence.total, expected.cadenceTotal);
    QVERIFY(page.timeline().shownCadence() == cadence);
    if (!expected.cadences.empty()) {
        QCOMPARE(cadence.spread.median, percentileOf(expected.cadences, 0.5));
        QCOMPARE(cadence.spread.p10, percentileOf(expected.cadences, 0.1));
        QCOMPARE(cadence.spread.p90, percentileOf(expected.cadences, 0.9));
        QCOMPARE(totalOfRow(budget, BudgetModel::BusyRow), expected.busyInSteps.count());
        QCOMPARE(totalOfRow(budget, BudgetModel::HostRow) + totalOfRow(budget, BudgetModel::OtherIdleRow),
                 (expected.cadenceTotal - expected.busyInSteps).count());
        QCOMPARE(totalOfRow(budget, BudgetModel::CadenceRow), expected.cadenceTotal.count());
    }
    const DeviceWindow& numbers = document.assessment()->referenceWindow();
    QCOMPARE(numbers.inWindow.busy(), expected.busy);
    QCOMPARE(numbers.inWindow[TimeClass::Compute], expected.compute);
    QCOMPARE(numbers.inWindow[TimeClass::ExposedComm], expected.exposedComm);
    std::uint64_t gaps = 0;
    for (const GapBar& bar : page.histogram().shownBars()) {
        QCOMPARE(bar.gaps, expected.gaps.gaps[bar.band]);
        QCOMPARE(bar.time, expected.gaps.time[bar.band]);
        gaps += bar.gaps;
    }
    QCOMPARE(gaps, expected.gaps.gapCount);
}

void TestDrags::everyPanelEqualsBruteForce()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("million.sqlite")).toStdString();
    support::DecodeCommand({"--steps", "8000", "--kernels", "124", "--pieces", "2", "--annotations", "vllm",
                            "--seed-jitter", "20000", "--prefills", "3", "--no-cpu-ops", path})
        .run();

    QCoreApplication::setApplicationName(QStringLiteral("tst_drags"));
    AppTheme theme(*qApp);
    Settings settings;
    RecentFiles recent(settings.store());
    TraceLoader loader;
    m_window = std::make_unique<MainWindow>(settings, recent, loader, theme);
    m_window->resize(1600, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QSignalSpy loaded(&loader, &TraceLoader::loaded);
    m_window->openTrace(QString::fromStdString(path));
    QVERIFY(loaded.wait(120'000));
    const TraceDocument& document = m_window->document();
    QVERIFY(document.index()->trace().activityCount() >= 1'000'000);
    const BruteForce truth(document.index()->trace(), DeviceId(0));
    QTest::qWait(50); // laid out
    compare(truth);

    TimelineWidget& timeline = m_window->tracePage().timeline();
    timeline.showAll();
    std::mt19937 random(100);
    std::size_t changed = 0;
    for (int i = 0; i < drags; ++i) {
        const std::uint64_t before = document.assessment()->snapshot;
        const QRect lanes = timeline.lanesRect();
        const QRect ruler = timeline.rulerRect();
        const auto anyX = [&] {
            return std::uniform_int_distribution<int>(lanes.left() + 8, lanes.right() - 8)(random);
        };
        const bool onLanes = i % 2 == 0;
        const int y = onLanes ? lanes.top() + lanes.height() / 2 : ruler.center().y();
        int from = anyX();
        if (i % 4 == 3) // an edge of the window, where it is in sight
            from = std::clamp(timeline.xOf(i % 8 == 3 ? document.window().begin : document.window().end),
                              lanes.left() + 2, lanes.right() - 2);
        if (i % 10 == 9)
            timeline.zoomIn();
        if (i % 25 == 24)
            timeline.showAll();
        const QPoint origin = timeline.mapTo(m_window.get(), QPoint(0, 0));
        drag(origin + QPoint(from, y), origin + QPoint(anyX(), y));
        QVERIFY(!timeline.isDragging());
        compare(truth);
        if (QTest::currentTestFailed())
            return;
        changed += document.assessment()->snapshot != before ? 1U : 0U;
    }
    QVERIFY2(changed >= drags * 8 / 10,
             qPrintable(QStringLiteral("only %1 drags moved the window").arg(changed)));
}

QTEST_MAIN(TestDrags)
#include "tst_drags.moc"
