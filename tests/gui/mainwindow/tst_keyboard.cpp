#include "app/mainwindow.h"

#include "app/recentfiles.h"
#include "app/settings.h"
#include "app/tracepage.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/panels/detailpanel.h"
#include "widgets/panels/findbar.h"
#include "widgets/panels/gotobox.h"
#include "widgets/timeline/axisentry.h"
#include "widgets/timeline/timelinetools.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/gapnavigator.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/traceloader.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>

#include <functional>
#include <set>

using namespace stepscope;

namespace {

/// The keys of a sequence that need AltGr somewhere among US, German, French and Japanese keyboards, or that
/// a French one has only with Shift where the sequence is without.
bool isEverywhere(const QKeySequence& sequence)
{
    static const QString withAltGr = QStringLiteral("[]{}\\@|~#^`€");
    const QString text = sequence.toString(QKeySequence::PortableText);
    const QString key = text.mid(text.lastIndexOf(QLatin1Char('+'), text.size() - 2) + 1);
    const bool isDigit = key.size() == 1 && key.front().isDigit();
    return !(key.size() == 1 && withAltGr.contains(key)) && !isDigit;
}

} // namespace

/// Everything one does on the timeline can be done by keys alone, without a mouse anywhere near.
class TestKeyboard : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void everyActionIsReached();
    void keysWorkOnEveryLayout();
    void eachActionDoesSomething();
    void drawnStepsAreToldAsDrawn();
    void focusIsReachedByTab();

private:
    /// By its text without mnemonics.
    QAction* action(const QString& text) const;
    /// What an action can change.
    QString stateOfAll() const;
    const TracePage& page() const { return m_window->tracePage(); }

    std::unique_ptr<AppTheme> m_theme;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<RecentFiles> m_recent;
    std::unique_ptr<TraceLoader> m_loader;
    std::unique_ptr<MainWindow> m_window;
};

void TestKeyboard::initTestCase()
{
    QCoreApplication::setApplicationName(QStringLiteral("tst_keyboard"));
    QCoreApplication::setOrganizationName(QStringLiteral("stepscope"));
    QLocale::setDefault(QLocale::c());
    m_theme = std::make_unique<AppTheme>(*qApp);
}

void TestKeyboard::init()
{
    m_settings = std::make_unique<Settings>();
    m_settings->store().clear();
    m_recent = std::make_unique<RecentFiles>(m_settings->store());
    m_loader = std::make_unique<TraceLoader>(
        [](const std::vector<std::string>&, const LoadAnswers&, Progress&) -> Result<IndexedTrace> {
            return testing::smallIndex(3, 60, {}, 39);
        });
    m_window = std::make_unique<MainWindow>(*m_settings, *m_recent, *m_loader, *m_theme);
    m_window->resize(1366, 768);
    m_window->show();
    const QSignalSpy loaded(m_loader.get(), &TraceLoader::loaded);
    m_window->openTrace(QStringLiteral("loop.json"));
    QTRY_VERIFY(loaded.size() == 1);
    m_window->activateWindow();
    page().timeline().setFocus();
}

void TestKeyboard::cleanup()
{
    m_window.reset();
    m_loader.reset();
    m_recent.reset();
    m_settings.reset();
}

QAction* TestKeyboard::action(const QString& text) const
{
    for (QAction* const candidate : m_window->findChildren<QAction*>()) {
        if (candidate->text().remove(QLatin1Char('&')) == text && !candidate->isSeparator())
            return candidate;
    }
    return nullptr;
}

void TestKeyboard::everyActionIsReached()
{
    std::set<const QAction*> inMenus;
    const std::function<void(const QMenu*)> walk = [&](const QMenu* menu) {
        for (const QAction* const entry : menu->actions()) {
            inMenus.insert(entry);
            if (entry->menu())
                walk(entry->menu());
        }
    };
    for (const QAction* const top : m_window->menuBar()->actions()) {
        QVERIFY2(top->text().contains(QLatin1Char('&')), qPrintable(top->text())); // Alt opens it
        walk(top->menu());
    }
    QVERIFY(inMenus.size() > 60);
    for (const QAction* const own : m_window->actions()) {
        QVERIFY2(inMenus.contains(own), qPrintable(own->text()));
        QVERIFY2(!own->text().isEmpty() && !own->statusTip().isEmpty(), qPrintable(own->text()));
    }
}

void TestKeyboard::keysWorkOnEveryLayout()
{
    int withKeys = 0;
    for (const QAction* const own : m_window->actions()) {
        if (own->shortcuts().isEmpty())
            continue;
        ++withKeys;
        const QList<QKeySequence> keys = own->shortcuts();
        QVERIFY2(std::any_of(keys.begin(), keys.end(), isEverywhere), qPrintable(own->text()));
    }
    QVERIFY(withKeys > 40);
}

QString TestKeyboard::stateOfAll() const
{
    const TraceDocument& document = page().document();
    const TimelineWidget& timeline = page().timeline();
    QStringList parts;
    const auto addRange = [&parts](TimeRange range) {
        parts << QStringLiteral("%1–%2").arg(nanosecondsOf(range.begin)).arg(nanosecondsOf(range.end));
    };
    addRange(document.window());
    addRange({timeline.timeAtX(timeline.rulerRect().left()), timeline.timeAtX(timeline.rulerRect().right())});
    parts << QString::number(document.markers().markers().size())
          << page().lanes().expandedGroups().join(QLatin1Char(' '))
          << page().lanes().pinnedGroups().join(QLatin1Char(' '));
    const SpanRef& span = page().selection().current();
    parts << QStringLiteral("%1/%2").arg(static_cast<int>(span.kind)).arg(span.row);
    const auto* const state = timeline.findChild<TimelineState*>();
    parts << (state->tape() ? QStringLiteral("tape %1").arg(state->tape()->isOpen) : QString());
    parts << QString::number(static_cast<int>(state->origin()))
          << QString::number(static_cast<int>(state->focusedEdge()));
    parts << QString::number(timeline.tools().entry().isVisible())
          << QString::number(document.hasDrawnSteps());
    parts << QString::number(page().areas().current() != AreaRef());
    parts << (page().gaps().hasCurrent() ? QString::number(nanosecondsOf(page().gaps().current().begin))
                                         : QString());
    return parts.join(QLatin1Char('|'));
}

/// By their own keys, with the focus on the timeline, in an order in which each has something to do.
void TestKeyboard::eachActionDoesSomething()
{
    QTest::qWait(50);
    const auto press = [this](const QKeySequence& sequence) {
        const QKeyCombination key = sequence[0];
        QTest::keyClick(&page().timeline(), key.key(), key.keyboardModifiers());
        QTest::qWait(5);
    };
    for (const char* const name : {"Show all",
                                   "Fit window",
                                   "Zoom in",
                                   "Zoom out",
                                   "Move left",
                                   "Move right",
                                   "Next step, or span",
                                   "Previous step, or span",
                                   "Select the step here",
                                   "Next step, or span",
                                   "Next of the same name",
                                   "Previous of the same name",
                                   "Focus",
                                   "Next gap by size",
                                   "Next gap by size",
                                   "Previous gap by size",
                                   "Marker here",
                                   "Move right",
                                   "Previous marker",
                                   "Move left",
                                   "Next marker",
                                   "Marker with a note…"}) {
        QAction* const deed = action(QString::fromUtf8(name));
        QVERIFY2(deed, name);
        QVERIFY2(deed->isEnabled(), name);
        QVERIFY2(!deed->shortcuts().isEmpty(), name);
        const QString before = stateOfAll();
        press(deed->shortcuts().first());
        QVERIFY2(stateOfAll() != before, name);
    }
    // The line to type into has the keys now; Esc gives them back.
    QTest::keyClick(&page().timeline().tools().entry(), Qt::Key_Escape);
    QVERIFY(!page().timeline().tools().entry().isVisible());
    page().timeline().setFocus();
    for (const char* const name :
         {"Measure", "Measure", "Take hold of the window's start", "Take hold of the window's end",
          "Expand all lanes", "Collapse all lanes", "Expand the reference device", "Pin lanes to the top",
          "Select what is in view", "Window start here", "Automatic window", "Window end here",
          "A step begins here"}) {
        QAction* const deed = action(QString::fromUtf8(name));
        QVERIFY2(deed, name);
        QVERIFY2(deed->isEnabled(), name);
        const QString before = stateOfAll();
        press(deed->shortcuts().first());
        if (QByteArray(name) == "Measure")
            press(QKeySequence(Qt::CTRL | Qt::Key_Right));
        QVERIFY2(stateOfAll() != before, name);
    }
    // A name is found, and a place gone to.
    press(QKeySequence(Qt::CTRL | Qt::Key_F));
    QVERIFY(page().findBar().isVisible());
    QVERIFY(page().findBar().field().hasFocus());
    QTest::keyClicks(&page().findBar().field(), QStringLiteral("launch"));
    const QString unfound = stateOfAll();
    QTest::keyClick(&page().findBar().field(), Qt::Key_Return); // before all is found
    page().findBar().waitForFinished();
    const std::size_t found = page().findBar().found().spans();
    QVERIFY(found > 2);
    const QString first = stateOfAll();
    QVERIFY(first != unfound);
    QTest::keyClick(&page().findBar().field(), Qt::Key_Return);
    QVERIFY(stateOfAll() != first);
    press(QKeySequence(Qt::SHIFT | Qt::Key_F3));
    QCOMPARE(stateOfAll(), first);
    QVERIFY(page().findBar().told().contains(QStringLiteral(" of %1 · 1 name").arg(found)));
    QTest::keyClicks(&page().findBar().field(), QStringLiteral("zzz"));
    page().findBar().waitForFinished();
    QCOMPARE(page().findBar().told(), QStringLiteral("no name holds this"));
    QTest::keyClick(&page().findBar().field(), Qt::Key_Escape);
    QVERIFY(!page().findBar().isVisible());
    QCOMPARE(page().findBar().found().spans(), 0U);
    QVERIFY(page().timeline().hasFocus());
    const auto goTo = [&](const QString& text) {
        press(QKeySequence(Qt::CTRL | Qt::Key_P));
        GoToBox& box = page().goToBox();
        QVERIFY(box.isVisible() && box.field().hasFocus());
        QTest::keyClicks(&box.field(), text);
        QVERIFY(box.chosenRow() == 0);
        QTest::keyClick(&box.field(), Qt::Key_Return);
        QVERIFY(!box.isVisible());
    };
    page().lanes().setAllExpanded(false);
    for (const char* const name : {"GPU 2", "show all", "kernel gemm", "collapse all"}) {
        const QString before = stateOfAll();
        goTo(QString::fromLatin1(name));
        QVERIFY2(stateOfAll() != before, name);
    }
    press(QKeySequence(Qt::CTRL | Qt::Key_P));
    QTest::keyClick(&page().goToBox().field(), Qt::Key_Escape);
    QVERIFY(!page().goToBox().isVisible());
    QVERIFY(page().timeline().hasFocus());
    // What was done is taken back, and done again.
    const QString now = stateOfAll();
    press(QKeySequence(Qt::CTRL | Qt::Key_Z));
    const QString undone = stateOfAll();
    QVERIFY(undone != now);
    press(QKeySequence(Qt::CTRL | Qt::Key_Y));
    QVERIFY(stateOfAll() != undone);
    press(QKeySequence(Qt::ALT | Qt::Key_Left));
    const QString back = stateOfAll();
    press(QKeySequence(Qt::ALT | Qt::Key_Right));
    QVERIFY(stateOfAll() != back);
    // Times: typed, and counted from the window.
    press(QKeySequence(Qt::CTRL | Qt::Key_T));
    QVERIFY(page().timeline().tools().entry().isVisible());
    QTest::keyClicks(&page().timeline().tools().entry(), QStringLiteral("30 ms"));
    QTest::keyClick(&page().timeline().tools().entry(), Qt::Key_Return);
    QVERIFY(!page().timeline().tools().entry().isVisible());
    const QString fromTrace = stateOfAll();
    action(QStringLiteral("Start of the window"))->trigger();
    QVERIFY(stateOfAll() != fromTrace);
    QVERIFY(!action(QStringLiteral("Time of day, UTC"))->isEnabled()); // this file does not say it
}

/// What the panel tells of a selected step is of the steps that are there now.
void TestKeyboard::drawnStepsAreToldAsDrawn()
{
    TraceDocument& document = page().document();
    std::vector<TimePoint> boundaries;
    for (std::int64_t at = 10; at <= 38; at += 7)
        boundaries.push_back(timePointAt(at * 1'000'000));
    document.drawSteps(boundaries);
    const std::vector<Step>& steps = document.index()->device(document.reference()).steps.steps;
    for (std::uint32_t row = 0; row < steps.size(); ++row) {
        page().selection().select({SpanRef::Kind::Step, document.reference(), row});
        QVERIFY(page().detailPanel().details().range == steps[row].range);
    }
    page().selection().select({SpanRef::Kind::Operation, document.reference(), 30});
    const QString name = page().detailPanel().details().name;
    document.drawSteps({});
    QCOMPARE(page().detailPanel().details().name, name); // what is selected stays shown
}

void TestKeyboard::focusIsReachedByTab()
{
    std::set<QWidget*> met;
    page().timeline().setFocus();
    for (int press = 0; press < 200; ++press) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(QApplication::focusWidget());
        if (!met.insert(QApplication::focusWidget()).second)
            break;
    }
    QVERIFY(met.contains(&page().timeline()));
    QVERIFY(met.size() > 3);
}

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
