#include "app/mainwindow.h"

#include "app/bottomtabs.h"
#include "app/messagepage.h"
#include "app/recentfiles.h"
#include "app/settings.h"
#include "app/tracepage.h"
#include "core/report/gatetext.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/panels/budgetpanel.h"
#include "widgets/panels/cadencesummary.h"
#include "widgets/panels/detailpanel.h"
#include "widgets/panels/evidenceline.h"
#include "widgets/panels/gapautopsypanel.h"
#include "widgets/panels/gaterow.h"
#include "widgets/panels/gatespanel.h"
#include "widgets/panels/importlogpanel.h"
#include "widgets/panels/notebar.h"
#include "widgets/panels/reconcilepanel.h"
#include "widgets/panels/selectionpanel.h"
#include "widgets/panels/verdictbanner.h"
#include "widgets/plots/gaphistogramplot.h"
#include "widgets/timeline/timelinetools.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/budgetmodel.h"
#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/traceloader.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <thread>

using namespace stepscope;

namespace {

/// "big" and "bomb" ask before they open, "good" is a small loop, "paused" one with a lull, "slow" works
/// until it is cancelled, everything else is no trace.
Result<IndexedTrace> pretend(const std::vector<std::string>& paths, const LoadAnswers& answers,
                             Progress& progress)
{
    const std::string& path = paths.front();
    if (path.ends_with("big.json") && !answers.leavesOutPython && !answers.takesAnyMemory)
        return Error{ErrorCode::NeedsMemory, {}, {}, {11'000'000'000, 6'200'000'000, 3'000'000'000}};
    if (path.ends_with("bomb.json") && !answers.acceptsExpansion)
        return Error{ErrorCode::SuspiciousGzip, "10 compressed bytes gave 5000 bytes"};
    if (path.ends_with(".nsys-rep"))
        return Error{ErrorCode::NsysReport, {}};
    if (path.ends_with("big.json") || path.ends_with("bomb.json"))
        return testing::smallIndex(2, 40);
    if (path.ends_with("good.json"))
        return testing::smallIndex(2, 40);
    if (path.ends_with("paused.json"))
        return testing::smallIndex(1, 60, {}, 39);
    if (std::filesystem::is_directory(path))
        return Error{ErrorCode::IsDirectory, "good.json, other.json"};
    if (path.ends_with("slow.json")) {
        while (!progress.isCancelled())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return Error{ErrorCode::Cancelled, {}};
    }
    return Error{ErrorCode::EmptyFile, {}};
}

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void startsOnTheFirstPage();
    void showsOneSnapshotEverywhere();
    void dragMovesAllPanelsAtOnce();
    void failureWithoutATraceIsAPage();
    void failureLeavesTheOpenTraceAlone();
    void asksOnAPage_data();
    void asksOnAPage();
    void asksBesideAnOpenTrace();
    void copiesTheExportCommand();
    void offersTheTracesOfAFolder();
    void cancelLeavesTheOpenTraceAlone();
    void readsAnOutdatedTraceAgain();
    void showsAllTextAsItStands();
    void everyActionHasAName();
    void measuresTheRunnerUp();
    void gateEvidenceLeadsToItsPlace();
    void gatesAskWhereTheyAreAnswered();
    void everyGateSaysItsStateInWords();
    void tabsFollowTheSelection();
    void detailsCountAsTheAxis();
    void launchAndWorkLeadToEachOther();
    void stepsCanBeDrawn();
    void takesADriverRecord();
    void copiesTheVerdictWithItsContext();
    void fitsASmallScreen();
    void changesTheme();
    void opensTheSampleFile();

private:
    QAction* action(const QString& text) const;
    void open(const QString& name);
    void expectOneSnapshot();

    std::unique_ptr<AppTheme> m_theme;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<RecentFiles> m_recent;
    std::unique_ptr<TraceLoader> m_loader;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::initTestCase()
{
    QCoreApplication::setApplicationName(QStringLiteral("tst_mainwindow"));
    QCoreApplication::setOrganizationName(QStringLiteral("stepscope"));
    QLocale::setDefault(QLocale::c());
    m_theme = std::make_unique<AppTheme>(*qApp);
}

void TestMainWindow::init()
{
    m_settings = std::make_unique<Settings>();
    m_settings->store().clear();
    m_recent = std::make_unique<RecentFiles>(m_settings->store());
    m_loader = std::make_unique<TraceLoader>(pretend);
    m_window = std::make_unique<MainWindow>(*m_settings, *m_recent, *m_loader, *m_theme);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_loader.reset();
    m_recent.reset();
    m_settings.reset();
}

QAction* TestMainWindow::action(const QString& text) const
{
    for (QAction* const candidate : m_window->actions()) {
        if (candidate->text().remove(QLatin1Char('&')) == text)
            return candidate;
    }
    return nullptr;
}

void TestMainWindow::open(const QString& name)
{
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    m_window->openTrace(name);
    QVERIFY(loaded.count() > 0 || loaded.wait());
}

void TestMainWindow::expectOneSnapshot()
{
    const std::uint64_t snapshot = m_window->document().assessment()->snapshot;
    const TracePage& page = m_window->tracePage();
    QCOMPARE(page.budgetPanel().shownSnapshot(), snapshot);
    QCOMPARE(page.histogram().shownSnapshot(), snapshot);
    QCOMPARE(page.gatesPanel().shownSnapshot(), snapshot);
    QCOMPARE(page.timeline().shownSnapshot(), snapshot);
    QCOMPARE(m_window->banner().shownSnapshot(), snapshot);

    const DeviceWindow& window = m_window->document().assessment()->referenceWindow();
    QVERIFY(page.histogram().shownBars() == gapBars(window));
    QCOMPARE(page.histogram().drawnIdleShares().size(), page.histogram().shownBars().size());
    for (std::size_t i = 0; i < page.histogram().shownBars().size(); ++i) {
        const GapBar& bar = page.histogram().shownBars()[i];
        QCOMPARE(page.histogram().drawnIdleShares()[i], bar.shareOfIdle * 100.0);
        QCOMPARE(page.histogram().drawnGapShares()[i], bar.shareOfGaps * 100.0);
    }
    QVERIFY(page.budgetPanel().cadence().shownStatistics() == window.cadence);
    QVERIFY(page.timeline().shownCadence() == window.cadence);
}

void TestMainWindow::startsOnTheFirstPage()
{
    QVERIFY(!m_window->document().isOpen());
    QVERIFY(!m_window->banner().isVisible());
    QVERIFY(!m_window->showsMessage());
    QCOMPARE(m_window->windowTitle(), QStringLiteral("StepScope"));
}

void TestMainWindow::showsOneSnapshotEverywhere()
{
    open(QStringLiteral("/tmp/good.json"));
    QVERIFY(m_window->banner().isVisible());
    expectOneSnapshot();
}

void TestMainWindow::dragMovesAllPanelsAtOnce()
{
    open(QStringLiteral("/tmp/good.json"));
    QWidget* const timeline = m_window->findChild<TimelineWidget*>();
    TimelineWidget& lanes = m_window->tracePage().timeline();
    QCOMPARE(timeline, &lanes);
    const int y = lanes.lanesRect().top() + 12;
    const auto send = [&](QEvent::Type type, int x, Qt::MouseButton button, Qt::MouseButtons buttons) {
        QWidget* const target = lanes.childAt(x, y) ? lanes.childAt(x, y) : timeline;
        const QPointF local = target->mapFrom(timeline, QPointF(x, y));
        QMouseEvent event(type, local, target->mapToGlobal(local), button, buttons, Qt::NoModifier);
        QApplication::sendEvent(target, &event);
    };
    const TimeRange before = m_window->document().window();
    const int from = lanes.lanesRect().left() + 200;
    send(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton);
    for (int x = from; x <= from + 240; x += 16) {
        send(QEvent::MouseMove, x, Qt::NoButton, Qt::LeftButton);
        QTest::qWait(20); // at most one window a frame
        expectOneSnapshot();
    }
    send(QEvent::MouseButtonRelease, from + 240, Qt::LeftButton, Qt::NoButton);
    QVERIFY(m_window->document().window() != before);
    expectOneSnapshot();
}

void TestMainWindow::failureWithoutATraceIsAPage()
{
    QSignalSpy failed(m_loader.get(), &TraceLoader::failed);
    m_window->openTrace(QStringLiteral("/tmp/<img src=x>.json"));
    QVERIFY(failed.wait());
    QVERIFY(m_window->showsMessage());
    QCOMPARE(m_window->messagePage().title(), QStringLiteral("<img src=x>.json could not be opened"));
    QVERIFY(m_window->messagePage().text().contains(QStringLiteral("is empty")));
}

void TestMainWindow::failureLeavesTheOpenTraceAlone()
{
    open(QStringLiteral("/tmp/good.json"));
    const auto index = m_window->document().index();
    const auto assessment = m_window->document().assessment();
    QSignalSpy failed(m_loader.get(), &TraceLoader::failed);
    m_window->openTrace(QStringLiteral("/tmp/bad.json"));
    QVERIFY(failed.wait());
    QCOMPARE(m_window->document().index().get(), index.get());
    QCOMPARE(m_window->document().assessment().get(), assessment.get());
    QVERIFY(!m_window->showsMessage());
    QVERIFY(m_window->noteBar().isVisible());
    QCOMPARE(m_window->noteBar().title(), QStringLiteral("bad.json could not be opened"));
    QVERIFY(m_window->noteBar().text().contains(QStringLiteral("is empty")));
}

void TestMainWindow::asksOnAPage_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("answer");
    QTest::newRow("memory, without Python") << "/tmp/big.json"
                                            << "Leave out the Python frames";
    QTest::newRow("memory, all of it") << "/tmp/big.json"
                                       << "Load it all the same";
    QTest::newRow("gzip bomb") << "/tmp/bomb.json"
                               << "Load it all the same";
}

void TestMainWindow::asksOnAPage()
{
    QFETCH(QString, file);
    QFETCH(QString, answer);
    QSignalSpy failed(m_loader.get(), &TraceLoader::failed);
    m_window->openTrace(file);
    QVERIFY(failed.wait());
    QVERIFY(m_window->showsMessage());
    const MessagePage& page = m_window->messagePage();
    QVERIFY2(page.title().endsWith(QStringLiteral("was not opened yet")), qPrintable(page.title()));
    if (file.contains(QStringLiteral("big")))
        QVERIFY(page.text().contains(QStringLiteral("needs about 11 GB of memory, and 6.2 GB are free")));
    // Enter takes what loses nothing, and never loads on against the odds.
    const bool hasBest = file.contains(QStringLiteral("big"));
    for (const QPushButton* const button : page.findChildren<QPushButton*>()) {
        const bool isBest = button->text() == (hasBest ? QStringLiteral("Leave out the Python frames")
                                                       : QStringLiteral("Open another…"));
        QCOMPARE(button->property("primary").toBool(), isBest);
        QCOMPARE(button->hasFocus(), isBest);
    }
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    for (QPushButton* const button : page.findChildren<QPushButton*>()) {
        if (button->text() == answer)
            button->click();
    }
    QVERIFY(loaded.wait());
    QVERIFY(m_window->document().isOpen());
    QVERIFY(!m_window->showsMessage());
    QCOMPARE(m_loader->answers().leavesOutPython, answer.startsWith(QStringLiteral("Leave")));
    // The next file is asked about again, and a message without a question has no buttons for one.
    m_window->closeTrace();
    m_window->openTrace(QStringLiteral("/tmp/bad.json"));
    QVERIFY(failed.wait());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    for (const QPushButton* const button : page.findChildren<QPushButton*>())
        QVERIFY(button->text() != answer);
    QVERIFY(!m_loader->answers().leavesOutPython);
}

void TestMainWindow::asksBesideAnOpenTrace()
{
    open(QStringLiteral("/tmp/good.json"));
    const auto index = m_window->document().index();
    QSignalSpy failed(m_loader.get(), &TraceLoader::failed);
    m_window->openTrace(QStringLiteral("/tmp/big.json"));
    QVERIFY(failed.wait());
    QCOMPARE(m_window->document().index().get(), index.get());
    QVERIFY(!m_window->showsMessage());
    const NoteBar& note = m_window->noteBar();
    QVERIFY(note.isVisible());
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    for (QPushButton* const button : note.findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Leave out the Python frames"))
            button->click();
    }
    QVERIFY(loaded.wait());
    QVERIFY(m_window->document().index().get() != index.get());
    QVERIFY(!note.isVisible());
}

void TestMainWindow::copiesTheExportCommand()
{
    QSignalSpy failed(m_loader.get(), &TraceLoader::failed);
    m_window->openTrace(QStringLiteral("/tmp/run 1.nsys-rep"));
    QVERIFY(failed.wait());
    QGuiApplication::clipboard()->clear();
    for (QPushButton* const button : m_window->messagePage().findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Copy the command"))
            button->click();
    }
    const QString command = QGuiApplication::clipboard()->text();
    QCOMPARE(command,
             QStringLiteral("nsys export --type sqlite -o '/tmp/run 1.sqlite' '/tmp/run 1.nsys-rep'"));
    QVERIFY(m_window->messagePage().text().contains(command));
}

void TestMainWindow::offersTheTracesOfAFolder()
{
    QTemporaryDir folder;
    for (const QString& name :
         {QStringLiteral("good.json"), QStringLiteral("other.json"), QStringLiteral("notes.txt")})
        QVERIFY(QFile(folder.filePath(name)).open(QIODevice::WriteOnly));
    QSignalSpy failed(m_loader.get(), &TraceLoader::failed);
    m_window->openTrace(folder.path());
    QVERIFY(failed.wait());
    QStringList offered;
    QPushButton* good = nullptr;
    for (QPushButton* const button : m_window->messagePage().findChildren<QPushButton*>()) {
        if (button->text().contains(QLatin1String(".json")))
            offered += button->text();
        if (button->text() == QStringLiteral("Open good.json"))
            good = button;
    }
    QCOMPARE(offered, (QStringList{QStringLiteral("Open good.json"), QStringLiteral("Open other.json")}));
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    good->click();
    QVERIFY(loaded.wait());
    QCOMPARE(m_loader->path(), folder.filePath(QStringLiteral("good.json")));
}

void TestMainWindow::cancelLeavesTheOpenTraceAlone()
{
    open(QStringLiteral("/tmp/good.json"));
    const auto index = m_window->document().index();
    QSignalSpy cancelled(m_loader.get(), &TraceLoader::cancelled);
    m_window->openTrace(QStringLiteral("/tmp/slow.json"));
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QVERIFY(cancelled.count() > 0 || cancelled.wait());
    QCOMPARE(m_window->document().index().get(), index.get());
    QVERIFY(!m_window->noteBar().isVisible());
    expectOneSnapshot();
}

void TestMainWindow::readsAnOutdatedTraceAgain()
{
    std::atomic<int> runs = 0;
    m_loader->setAfterwork([&runs](const IndexedTrace&, Progress&) { return ++runs > 1; });
    QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    m_window->openTrace(QStringLiteral("/tmp/good.json"));
    QTRY_COMPARE(runs.load(), 2);
    QCOMPARE(loaded.count(), 2);
    QVERIFY(m_window->document().isOpen());
    QVERIFY(m_window->document().index() != loaded.first().first().value<IndexedTrace>());
    QVERIFY(m_window->noteBar().isVisible());
    QCOMPARE(m_window->noteBar().title(), QStringLiteral("good.json has changed since it was last opened"));

    // A trace that was closed meanwhile stays closed.
    m_loader->setAfterwork([this](const IndexedTrace&, Progress&) {
        QMetaObject::invokeMethod(m_window.get(), &MainWindow::closeTrace, Qt::BlockingQueuedConnection);
        return false;
    });
    m_window->openTrace(QStringLiteral("/tmp/good.json"));
    QTRY_COMPARE(loaded.count(), 3);
    QTRY_VERIFY(!m_window->document().isOpen());
    QTest::qWait(50);
    QCOMPARE(loaded.count(), 3);
    QVERIFY(!m_loader->isLoading());
}

void TestMainWindow::showsAllTextAsItStands()
{
    open(QStringLiteral("/tmp/good.json"));
    for (const QLabel* const label : m_window->findChildren<QLabel*>())
        QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
}

void TestMainWindow::everyActionHasAName()
{
    QStringList keys;
    for (const QAction* const action : m_window->actions()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(!action->statusTip().isEmpty(), qPrintable(action->text()));
        for (const QKeySequence& key : action->shortcuts()) {
            QVERIFY2(!keys.contains(key.toString()), qPrintable(key.toString()));
            keys += key.toString();
        }
    }
    QVERIFY(keys.contains(QStringLiteral("Ctrl+Shift+W")));
}

void TestMainWindow::measuresTheRunnerUp()
{
    const auto actionNamed = [this](const QString& name) -> QAction* {
        for (QAction* const action : m_window->actions()) {
            if (QString(action->text()).remove(QLatin1Char('&')) == name)
                return action;
        }
        return nullptr;
    };
    QAction* const runnerUp = actionNamed(QStringLiteral("Runner-up window"));
    QAction* const automatic = actionNamed(QStringLiteral("Automatic window"));
    QVERIFY(runnerUp && automatic && !runnerUp->isEnabled());
    open(QStringLiteral("/tmp/good.json"));
    QVERIFY(!runnerUp->isEnabled());
    QVERIFY2(runnerUp->toolTip().contains(QStringLiteral("no other even stretch")),
             qPrintable(runnerUp->toolTip()));

    open(QStringLiteral("/tmp/paused.json"));
    const TraceDocument& document = m_window->document();
    QVERIFY(runnerUp->isEnabled() && !runnerUp->isChecked() && automatic->isChecked());
    QVERIFY(!runnerUp->toolTip().contains(QStringLiteral("no other")));
    const TimeRange first = document.window();
    runnerUp->trigger();
    QVERIFY(document.window() == *document.runnerUpWindow());
    QVERIFY(document.window() != first);
    QVERIFY(runnerUp->isChecked() && !automatic->isChecked());
    expectOneSnapshot();
    runnerUp->trigger(); // it stays what it is
    QVERIFY(runnerUp->isChecked());
    automatic->trigger();
    QVERIFY(document.window() == first);
    QVERIFY(!runnerUp->isChecked() && automatic->isChecked());
}

void TestMainWindow::gateEvidenceLeadsToItsPlace()
{
    open(QStringLiteral("/tmp/good.json"));
    GateRow row;
    QSignalSpy spy(&row, &GateRow::evidenceActivated);
    GateResult gate;
    gate.gate = GateId::CleanDriver;
    gate.state = GateState::Fail;
    Evidence passed;
    passed.code = EvidenceCode::BatchVaries;
    passed.state = GateState::Pass;
    Evidence lull;
    lull.code = EvidenceCode::Lulls;
    lull.state = GateState::Fail;
    lull.value = 1.0;
    lull.place = TimeRange{timePointAt(5'000'000), timePointAt(9'000'000)};
    gate.evidence = {passed, lull};
    row.showGate(gate);
    row.show();
    QCOMPARE(row.shownEvidence().size(), std::size_t{1}); // what decides
    QTest::mouseClick(&row, Qt::LeftButton, {}, QPoint(row.width() / 2, 4));
    QVERIFY(row.isOpened());
    QCOMPARE(row.shownEvidence().size(), std::size_t{2});
    QCOMPARE(row.shownEvidence()[0]->focusPolicy(), Qt::NoFocus); // leads nowhere
    auto* const line = const_cast<EvidenceLine*>(row.shownEvidence()[1]);
    QTest::mouseClick(line, Qt::LeftButton);
    QTest::keyClick(line, Qt::Key_Return);
    QTest::keyClick(line, Qt::Key_Space);
    QCOMPARE(spy.count(), 3);

    GatesPanel& panel = m_window->tracePage().gatesPanel();
    emit panel.evidenceActivated(gate.gate, lull);
    const TimeRange view = m_window->findChild<TimelineViewport*>()->view();
    QVERIFY(view.contains(*lull.place));
    QVERIFY(view.duration() < 2 * lull.place->duration());
}

void TestMainWindow::gatesAskWhereTheyAreAnswered()
{
    open(QStringLiteral("/tmp/good.json"));
    const std::vector<GateRow*>& rows = m_window->tracePage().gatesPanel().rows();
    const auto asking =
        std::count_if(rows.begin(), rows.end(), [](auto* row) { return row->needsAttention(); });
    QVERIFY(asking > 1);
    bool isTpotAsked = false;
    for (std::ptrdiff_t i = 0; i < asking; ++i) {
        QTest::keyClick(m_window.get(), Qt::Key_F8);
        const auto* const field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        isTpotAsked = isTpotAsked || (field && field->accessibleName() == QStringLiteral("TPOT"));
    }
    QVERIFY(isTpotAsked);
    const QWidget* const last = QApplication::focusWidget();
    QTest::keyClick(m_window.get(), Qt::Key_F8);
    QTest::keyClick(m_window.get(), Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(QApplication::focusWidget(), last);
}

void TestMainWindow::everyGateSaysItsStateInWords()
{
    open(QStringLiteral("/tmp/good.json"));
    for (const GateRow* const row : m_window->tracePage().gatesPanel().rows()) {
        QCOMPARE(row->accessibleDescription(), QString::fromUtf8(gateStateWord(row->gate().state)));
        bool isShown = false;
        for (const QLabel* const label : row->findChildren<QLabel*>())
            isShown = isShown || (label->text() == row->accessibleDescription() && !label->isHidden());
        QVERIFY(isShown);
        QVERIFY(!row->needsAttention() || !row->shownEvidence().empty());
    }
    QVERIFY(m_window->tracePage().gatesPanel().remark().contains(QStringLiteral("need")));
}

void TestMainWindow::detailsCountAsTheAxis()
{
    open(QStringLiteral("/tmp/good.json"));
    const TracePage& page = m_window->tracePage();
    page.selection().select({SpanRef::Kind::Operation, DeviceId(0), 3});
    const auto shown = [&page](const QString& label) {
        for (const SpanDetail& line : page.detailPanel().details().lines) {
            if (line.label == label)
                return line.value;
        }
        return QString();
    };
    const QString start = shown(QStringLiteral("start"));
    const TimePoint begin = page.detailPanel().details().range.begin;
    QVERIFY(!start.isEmpty());
    TimelineTools& tools = page.timeline().tools();
    tools.setOrigin(TimeOrigin::Window);
    QCOMPARE(shown(QStringLiteral("start")), tools.reading().wholeText(begin));
    QVERIFY(shown(QStringLiteral("start")) != start);
    const QString end = shown(QStringLiteral("end"));
    const TimeRange window = page.document().window();
    page.document().setWindow({window.begin + std::chrono::milliseconds(1), window.end});
    QVERIFY(shown(QStringLiteral("end")) != end); // it counts from where the window begins now
    tools.setOrigin(TimeOrigin::Trace);
    QCOMPARE(shown(QStringLiteral("start")), start);
}

void TestMainWindow::tabsFollowTheSelection()
{
    open(QStringLiteral("/tmp/good.json"));
    const TracePage& page = m_window->tracePage();
    const QWidget* const histogram = &page.histogram();
    const QWidget* const details = &page.selectionPanel();
    QCOMPARE(page.tabs().current(), histogram);
    page.selection().select({SpanRef::Kind::Operation, DeviceId(0), 3});
    QCOMPARE(page.tabs().current(), details);
    QVERIFY(!page.detailPanel().details().name.isEmpty());
    page.selection().clear();
    QCOMPARE(page.tabs().current(), histogram);
    QTest::keyClick(m_window.get(), Qt::Key_F4);
    QCOMPARE(page.tabs().current(), static_cast<const QWidget*>(&page.gapAutopsy()));
    QTest::keyClick(m_window.get(), Qt::Key_F4);
    QCOMPARE(page.tabs().current(), static_cast<const QWidget*>(&page.reconcilePanel()));
    QTest::keyClick(m_window.get(), Qt::Key_F4);
    QCOMPARE(page.tabs().current(), details);
    QTest::keyClick(m_window.get(), Qt::Key_F4);
    QCOMPARE(page.tabs().current(), static_cast<const QWidget*>(&page.importLog()));
    QTest::keyClick(m_window.get(), Qt::Key_F4);
    QCOMPARE(page.tabs().current(), histogram);
}

void TestMainWindow::launchAndWorkLeadToEachOther()
{
    open(QStringLiteral("/tmp/good.json"));
    const TracePage& page = m_window->tracePage();
    const SpanRef kernel{SpanRef::Kind::Operation, DeviceId(0), 3};
    page.selection().select(kernel);
    QTest::keyClick(m_window.get(), Qt::Key_L);
    QVERIFY(page.selection().current().kind == SpanRef::Kind::Call);
    QTest::keyClick(m_window.get(), Qt::Key_L);
    QVERIFY(page.selection().current() == kernel);
}

void TestMainWindow::stepsCanBeDrawn()
{
    open(QStringLiteral("/tmp/good.json"));
    const TracePage& page = m_window->tracePage();
    const TraceDocument& document = m_window->document();
    QAction* const asFound = action(QStringLiteral("Steps as found"));
    QAction* const likeSelection = action(QStringLiteral("A step begins at each like the selected one"));
    QVERIFY(asFound && likeSelection);
    QVERIFY(!asFound->isEnabled() && !likeSelection->isEnabled());
    page.selection().select({SpanRef::Kind::Operation, DeviceId(0), 3});
    QVERIFY(likeSelection->isEnabled());
    QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ShiftModifier);
    QVERIFY(document.hasDrawnSteps() && asFound->isEnabled());
    QVERIFY(document.index()->device(DeviceId(0)).steps.source == StepSource::User);
    expectOneSnapshot();
    const std::size_t drawn = document.index()->device(DeviceId(0)).steps.boundaries.size();
    TimelineWidget& timeline = page.timeline();
    const TimePoint begin = document.index()->device(DeviceId(0)).steps.boundaries[1];
    timeline.showRange({begin - Duration(1'000'000), begin + Duration(1'000'000)});
    QTest::mouseMove(&timeline, QPoint(timeline.xOf(begin), timeline.lanesRect().center().y()));
    QTest::keyClick(m_window.get(), Qt::Key_B);
    QCOMPARE(document.index()->device(DeviceId(0)).steps.boundaries.size(), drawn - 1);
    asFound->trigger();
    QVERIFY(!document.hasDrawnSteps());
    expectOneSnapshot();
}

void TestMainWindow::takesADriverRecord()
{
    QAction* const paste = action(QStringLiteral("Paste driver record"));
    QAction* const forget = action(QStringLiteral("Forget driver records"));
    QVERIFY(paste && forget && !paste->isEnabled());
    open(QStringLiteral("/tmp/good.json"));
    QVERIFY(paste->isEnabled() && !forget->isEnabled());
    const TraceDocument& document = m_window->document();

    QApplication::clipboard()->setText(QStringLiteral("no record"));
    paste->trigger(); // a clear word, and nothing changes
    QVERIFY(m_window->noteBar().isVisible() && !document.driver().clean.record);

    QApplication::clipboard()->setText(
        QStringLiteral("[clean-driver] model=m c=1 max_tokens=500 rounds=1 start=x\n"
                       "[clean-driver] round 1/1 http=200 t=0.5s 1000 tok/s, TPOT 1.00 ms/tok 12:00:00Z\n"));
    paste->trigger();
    QVERIFY(document.driver().clean.record);
    QCOMPARE(document.assessment()->input.driver.clean.tpot(), std::optional<double>(1.0));
    QVERIFY(!document.driver().clean.tpotMilliseconds); // nothing was typed
    const auto fields = m_window->findChildren<QLineEdit*>();
    QVERIFY(std::any_of(fields.begin(), fields.end(), [](const QLineEdit* field) {
        return field->accessibleName() == QLatin1String("TPOT") && field->text().isEmpty() &&
               field->placeholderText() == QLatin1String("1");
    }));
    expectOneSnapshot();

    // What is dropped on an open trace may be a record, too.
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("bench.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"mean_tpot_ms": 2.5, "max_concurrency": 1, "completed": 1, "failed": 1})");
    file.close();
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(file.fileName())});
    QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(20, 20), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &drop);
    QVERIFY(document.isOpen());
    QCOMPARE(document.assessment()->input.driver.clean.tpot(), std::optional<double>(2.5));
    QCOMPARE(document.driver().clean.record->name, std::string("bench.json"));
    QCOMPARE(document.assessment()->referenceVerdict().verdict, VerdictClass::Withheld); // a request failed

    forget->trigger();
    QVERIFY(!document.driver().clean.record && !forget->isEnabled());
    QVERIFY(document.assessment()->referenceVerdict().verdict != VerdictClass::Withheld);

    paste->trigger();
    QVERIFY(document.driver().clean.record);
    open(QStringLiteral("/tmp/paused.json")); // a record belongs to one trace
    QVERIFY(!document.driver().clean.record);
}

void TestMainWindow::copiesTheVerdictWithItsContext()
{
    open(QStringLiteral("/tmp/good.json"));
    QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString text = QApplication::clipboard()->text();
    QVERIFY2(text.contains(m_window->banner().shownContent().headline), qPrintable(text));
    for (const char* const part : {"GPU 0", "window ", " steps", "DRAFT"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
}

void TestMainWindow::fitsASmallScreen()
{
    open(QStringLiteral("/tmp/good.json"));
    const QSize least = m_window->minimumSizeHint();
    QVERIFY2(least.width() <= 1366 && least.height() <= 700,
             qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
}

void TestMainWindow::changesTheme()
{
    open(QStringLiteral("/tmp/good.json"));
    m_window->setTheme(ThemeChoice::Dark);
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 128);
    const QImage dark = m_window->grab().toImage();
    m_window->setTheme(ThemeChoice::Light);
    const QImage light = m_window->grab().toImage();
    // No panel keeps the colours of the other theme: every corner region changes.
    for (const QPoint& place : {QPoint(40, 60), QPoint(1200, 110), QPoint(1300, 600), QPoint(30, 650)})
        QVERIFY(qGray(dark.pixel(place)) + 60 < qGray(light.pixel(place)));
}

void TestMainWindow::opensTheSampleFile()
{
    const QString sample = QStringLiteral(STEPSCOPE_SOURCE_DIR "/resources/sample/decode_hostbound.json.gz");
    TraceLoader loader;
    MainWindow window(*m_settings, *m_recent, loader, *m_theme);
    QSignalSpy loaded(&loader, &TraceLoader::loaded);
    window.openTrace(sample);
    QVERIFY(loaded.wait(30'000));
    QCOMPARE(window.windowTitle(), QStringLiteral("decode_hostbound.json.gz — StepScope"));
    QCOMPARE(window.banner().shownContent().badge, QStringLiteral("HOST-BOUND"));
    QCOMPARE(m_recent->files().front().path, sample);
    QCOMPARE(m_recent->files().front().verdict, QStringLiteral("host-bound"));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
