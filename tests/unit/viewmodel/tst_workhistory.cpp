#include "tests/gui/timeline/smalltrace.h"
#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/workhistory.h"

#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace stepscope;
using Deed = WorkHistory::Deed;

namespace {

TimeRange micros(std::int64_t begin, std::int64_t end)
{
    return {timePointAt(begin * 1000), timePointAt(end * 1000)};
}

} // namespace

class TestWorkHistory : public QObject {
    Q_OBJECT

private slots:
    void init();
    void emptyAtFirst();
    void undoesAndRedoes();
    void aBurstIsOneDeed();
    void aHeldWindowWaits();
    void automaticWindowComesBack();
    void otherStepsKeepTheRedo();
    void newDeedsCutOffTheRedo();
    void viewsAlone();
    void anotherTraceStartsOver();
    void randomWalk();

private:
    void open();

    std::unique_ptr<TraceDocument> m_document;
    std::unique_ptr<TimelineViewport> m_viewport;
    std::unique_ptr<WorkHistory> m_history;
};

void TestWorkHistory::init()
{
    m_history.reset();
    m_document = std::make_unique<TraceDocument>();
    m_viewport = std::make_unique<TimelineViewport>();
    open();
    m_history = std::make_unique<WorkHistory>(m_document.get(), m_viewport.get());
}

void TestWorkHistory::open()
{
    m_document->setIndex(testing::smallIndex(1, 40));
    m_viewport->reset(m_document->index()->trace().extent(), {});
}

void TestWorkHistory::emptyAtFirst()
{
    QCOMPARE(m_history->toUndo(), Deed::None);
    QCOMPARE(m_history->toRedo(), Deed::None);
    QVERIFY(!m_history->hasViewBack());
    const TimeRange view = m_viewport->view();
    m_history->undo();
    m_history->redo();
    m_history->viewBack();
    m_history->viewForward();
    QVERIFY(m_viewport->view() == view);
}

void TestWorkHistory::undoesAndRedoes()
{
    const TimeRange window = m_document->window();
    const TimeRange view = m_viewport->view();
    m_document->setWindow(micros(5000, 9000));
    QCOMPARE(m_history->toUndo(), Deed::Window); // also before it has settled
    m_history->settle();
    m_viewport->setView(micros(4000, 10000));
    m_history->settle();
    m_document->markers().setNote(timePointAt(6'000'000), QStringLiteral("here"));
    m_history->settle();

    QCOMPARE(m_history->toUndo(), Deed::Markers);
    m_history->undo();
    QVERIFY(m_document->markers().markers().empty());
    QCOMPARE(m_history->toUndo(), Deed::View);
    QCOMPARE(m_history->toRedo(), Deed::Markers);
    m_history->undo();
    QVERIFY(m_viewport->view() == view);
    QVERIFY(m_document->window() == micros(5000, 9000));
    m_history->undo();
    QVERIFY(m_document->window() == window);
    QCOMPARE(m_history->toUndo(), Deed::None);
    for (int i = 0; i < 3; ++i)
        m_history->redo();
    QCOMPARE(m_history->toRedo(), Deed::None);
    QVERIFY(m_document->window() == micros(5000, 9000));
    QVERIFY(m_viewport->view() == micros(4000, 10000));
    QCOMPARE(m_document->markers().markers().front().note, QStringLiteral("here"));
}

void TestWorkHistory::aBurstIsOneDeed()
{
    const TimeRange view = m_viewport->view();
    for (int i = 1; i <= 20; ++i)
        m_viewport->zoomAt(timePointAt(20'000'000), 0.9);
    QTest::qWait(2 * WorkHistory::restMilliseconds);
    m_history->undo();
    QVERIFY(m_viewport->view() == view);
}

void TestWorkHistory::aHeldWindowWaits()
{
    const TimeRange window = m_document->window();
    m_document->setWindowHeld(true);
    m_document->setWindow(micros(5000, 9000));
    QTest::qWait(2 * WorkHistory::restMilliseconds);
    m_history->undo(); // not under the mouse
    QVERIFY(m_document->window() == micros(5000, 9000));
    m_document->setWindow(micros(5000, 12000));
    m_document->setWindowHeld(false);
    m_history->undo();
    QVERIFY(m_document->window() == window);
    QCOMPARE(m_history->toUndo(), Deed::None);
}

void TestWorkHistory::automaticWindowComesBack()
{
    QVERIFY(m_document->isAutomaticWindow());
    m_document->setWindow(micros(5000, 9000));
    m_history->undo();
    QVERIFY(m_document->isAutomaticWindow());
    m_history->redo();
    QVERIFY(!m_document->isAutomaticWindow());
}

/// What is undone may come out otherwise than it was: that is no new deed.
void TestWorkHistory::otherStepsKeepTheRedo()
{
    m_document->setWindow(micros(5000, 9000));
    m_history->settle();
    std::vector<TimePoint> boundaries;
    for (std::int64_t at = 11'000; at < 30'000; at += 1000)
        boundaries.push_back(timePointAt(at * 1000));
    m_document->drawSteps(boundaries);
    m_history->settle();
    m_history->undo(); // to the automatic window, which other steps have moved
    QVERIFY(m_document->isAutomaticWindow());
    QCOMPARE(m_history->toRedo(), Deed::Window);
    m_history->redo();
    QVERIFY(m_document->window() == micros(5000, 9000));
}

void TestWorkHistory::newDeedsCutOffTheRedo()
{
    m_viewport->setView(micros(4000, 10000));
    m_history->undo();
    m_viewport->setView(micros(7000, 9000));
    QCOMPARE(m_history->toRedo(), Deed::None);
    m_history->redo();
    QVERIFY(m_viewport->view() == micros(7000, 9000));
}

void TestWorkHistory::viewsAlone()
{
    const TimeRange all = m_viewport->view();
    m_viewport->setView(micros(4000, 10000));
    m_history->settle();
    m_document->setWindow(micros(5000, 9000));
    m_history->settle();
    m_viewport->setView(micros(5000, 6000));
    m_history->viewBack();
    QVERIFY(m_viewport->view() == micros(4000, 10000));
    QVERIFY(m_document->window() == micros(5000, 9000)); // looking is not measuring
    m_history->viewBack();
    QVERIFY(m_viewport->view() == all);
    QVERIFY(!m_history->hasViewBack());
    m_history->viewForward();
    m_history->viewForward();
    QVERIFY(m_viewport->view() == micros(5000, 6000));
    QVERIFY(!m_history->hasViewForward());
    m_history->undo(); // the walk through the views is undone, too
    QVERIFY(m_viewport->view() == micros(4000, 10000));
}

void TestWorkHistory::anotherTraceStartsOver()
{
    m_document->setWindow(micros(5000, 9000));
    m_history->settle();
    open();
    QCOMPARE(m_history->toUndo(), Deed::None);
    m_history->undo();
    QVERIFY(m_document->isAutomaticWindow());
    m_document->setIndex(nullptr);
    QCOMPARE(m_history->toUndo(), Deed::None);
    m_history->undo();
    m_history->viewBack();
}

void TestWorkHistory::randomWalk()
{
    std::mt19937_64 random(11);
    struct State {
        TimeRange window;
        TimeRange view;
        std::size_t markers;
    };
    const auto present = [this] {
        return State{m_document->window(), m_viewport->view(), m_document->markers().markers().size()};
    };
    std::vector<State> states{present()};
    for (int round = 0; round < 60; ++round) {
        const std::int64_t begin = std::uniform_int_distribution<std::int64_t>(0, 20'000)(random);
        const std::int64_t end = begin + std::uniform_int_distribution<std::int64_t>(100, 15'000)(random);
        if (round % 3 == 0)
            m_document->setWindow(micros(begin, end));
        else if (round % 3 == 1)
            m_viewport->setView(micros(begin, end));
        else
            m_document->markers().setNote(timePointAt(begin), {});
        m_history->settle();
        states.push_back(present());
    }
    for (std::size_t back = states.size() - 1; back-- > 0;) {
        m_history->undo();
        QVERIFY(present().window == states[back].window);
        QVERIFY(present().view == states[back].view);
        QCOMPARE(present().markers, states[back].markers);
    }
    QCOMPARE(m_history->toUndo(), Deed::None);
    for (std::size_t ahead = 1; ahead < states.size(); ++ahead) {
        m_history->redo();
        QVERIFY(present().window == states[ahead].window);
        QVERIFY(present().view == states[ahead].view);
    }
}

QTEST_GUILESS_MAIN(TestWorkHistory)
#include "tst_workhistory.moc"
