#include "tests/gui/timeline/smalltrace.h"
#include "widgets/theme/apptheme.h"
#include "widgets/timeline/axisentry.h"
#include "widgets/timeline/lanecanvas.h"
#include "widgets/timeline/timelinetools.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/timeline/timeruler.h"
#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/spanselection.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace stepscope;

namespace {

TimePoint micros(std::int64_t count)
{
    return timePointAt(count * 1000);
}

} // namespace

/// Markers, tape, times and selections by keys and mouse, on the loop that smalltrace.h describes.
class TestTimelineTools : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void markersComeAndGo();
    void notesAreTypedOnTheRuler();
    void theViewWalksFromMarkerToMarker();
    void tapeByTwoKeys();
    void tapeByADrag();
    void tapeByTwoClicks();
    void tapeSnapsToSpans();
    void escapeTakesTheTapeAway();
    void goesToATypedTime();
    void refusesWhatIsNoTime();
    void copiesTimes();
    void timesCountFromTheWindow();
    void clickOnTheCadenceSelectsAStep();
    void otherStepsLetGoOfTheStep();
    void focusFitsTheSelectionFirst();
    void arrowFromLaunchToKernel();
    void edgesAreHeldByKeys();
    void withoutATraceNothingHappens();

private:
    TimelineTools& tools() { return m_widget->tools(); }
    MarkerList& markers() { return m_document->markers(); }
    /// The end of what the tape says, read back from the state of the ruler.
    std::optional<TimelineState::Tape> tape() { return m_widget->findChild<TimelineState*>()->tape(); }
    void moveTo(QPoint at);
    void press(QPoint at);
    void release(QPoint at);
    QPoint onLanes(TimePoint time, int y = 40)
    {
        return {m_widget->xOf(time), m_widget->lanesRect().top() + y};
    }
    TimePoint middle() const { return m_viewport->view().begin + m_viewport->view().duration() / 2; }

    std::unique_ptr<TraceDocument> m_document;
    std::unique_ptr<TimelineViewport> m_viewport;
    std::unique_ptr<LaneList> m_lanes;
    std::unique_ptr<SpanSelection> m_selection;
    std::unique_ptr<AreaSelection> m_areas;
    std::unique_ptr<TimelineWidget> m_widget;
    QWidget* m_pressed = nullptr;
};

void TestTimelineTools::init()
{
    m_document = std::make_unique<TraceDocument>();
    m_viewport = std::make_unique<TimelineViewport>();
    m_lanes = std::make_unique<LaneList>(m_document.get());
    m_selection = std::make_unique<SpanSelection>(*m_document);
    m_areas = std::make_unique<AreaSelection>(*m_document, *m_selection);
    m_widget = std::make_unique<TimelineWidget>(m_document.get(), m_viewport.get(), m_lanes.get(),
                                                m_selection.get(), m_areas.get());
    m_widget->resize(1200, 700);
    m_document->setIndex(testing::smallIndex(2, 40));
    m_viewport->setView({micros(10'000), micros(20'000)});
    m_widget->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_widget.get()));
}

void TestTimelineTools::cleanup()
{
    m_widget.reset();
    m_areas.reset();
    m_selection.reset();
    m_lanes.reset();
    m_viewport.reset();
    m_document.reset();
}

void TestTimelineTools::moveTo(QPoint at)
{
    QWidget* const child = m_pressed != nullptr ? m_pressed : m_widget->childAt(at);
    const QPointF local = child->mapFrom(m_widget.get(), at);
    QMouseEvent event(QEvent::MouseMove, local, child->mapToGlobal(local), Qt::NoButton,
                      m_pressed != nullptr ? Qt::LeftButton : Qt::NoButton, {});
    QCoreApplication::sendEvent(child, &event);
}

void TestTimelineTools::press(QPoint at)
{
    m_pressed = m_widget->childAt(at);
    QTest::mousePress(m_pressed, Qt::LeftButton, {}, m_pressed->mapFrom(m_widget.get(), at));
}

void TestTimelineTools::release(QPoint at)
{
    QTest::mouseRelease(m_pressed, Qt::LeftButton, {}, m_pressed->mapFrom(m_widget.get(), at));
    m_pressed = nullptr;
}

void TestTimelineTools::markersComeAndGo()
{
    tools().toggleMarker(); // no cursor: in the middle
    QCOMPARE(markers().markers().size(), std::size_t{1});
    QCOMPARE(nanosecondsOf(markers().markers().front().time), nanosecondsOf(middle()));
    moveTo(onLanes(micros(12'000)));
    tools().toggleMarker();
    QCOMPARE(markers().markers().size(), std::size_t{2});
    QVERIFY(std::abs((markers().markers().front().time - micros(12'000)).count()) < 20'000);
    moveTo(onLanes(micros(12'030))); // near it
    tools().toggleMarker();
    QCOMPARE(markers().markers().size(), std::size_t{1});
    const auto* const ruler = m_widget->findChild<TimeRuler*>();
    QCOMPARE(ruler->flags().size(), std::size_t{1});
    const QRectF flag = ruler->flagRect(ruler->flags().front());
    QVERIFY(ruler->rect().contains(flag.toRect()));
    QVERIFY(ruler->markerAt(flag.center()));
}

void TestTimelineTools::notesAreTypedOnTheRuler()
{
    moveTo(onLanes(micros(12'000)));
    tools().editNote();
    AxisEntry& entry = tools().entry();
    QVERIFY(entry.isVisible());
    QVERIFY(m_widget->rulerRect().adjusted(0, -8, 0, 8).contains(entry.geometry()));
    QTest::keyClicks(&entry, QStringLiteral("g m slow"));
    QTest::keyClick(&entry, Qt::Key_Return);
    QVERIFY(!entry.isVisible());
    QCOMPARE(markers().markers().front().note, QStringLiteral("g m slow"));

    tools().editNoteAt(markers().markers().front().time);
    QCOMPARE(entry.text(), QStringLiteral("g m slow"));
    QTest::keyClicks(&entry, QStringLiteral("other"));
    QTest::keyClick(&entry, Qt::Key_Escape);
    QVERIFY(!entry.isVisible());
    QCOMPARE(markers().markers().front().note, QStringLiteral("g m slow"));
}

void TestTimelineTools::theViewWalksFromMarkerToMarker()
{
    for (const std::int64_t at : {8'000, 16'000, 30'000})
        markers().setNote(micros(at), {});
    tools().showNextMarker();
    QCOMPARE(nanosecondsOf(middle()), nanosecondsOf(micros(16'000)));
    tools().showNextMarker();
    QCOMPARE(nanosecondsOf(middle()), nanosecondsOf(micros(30'000)));
    tools().showNextMarker(); // the last one stays
    QCOMPARE(nanosecondsOf(middle()), nanosecondsOf(micros(30'000)));
    tools().showPreviousMarker();
    tools().showPreviousMarker();
    QCOMPARE(nanosecondsOf(middle()), nanosecondsOf(micros(8'000)));
    tools().removeMarkers();
    QVERIFY(markers().markers().empty());
}

void TestTimelineTools::tapeByTwoKeys()
{
    const TimePoint from = middle();
    tools().toggleTape();
    QVERIFY(tape() && tape()->isOpen);
    m_viewport->pan(0.2); // the end goes with the middle
    QCOMPARE(nanosecondsOf(tape()->to), nanosecondsOf(middle()));
    tools().toggleTape();
    QVERIFY(tape() && !tape()->isOpen);
    QVERIFY(tape()->range() == (TimeRange{from, middle()}));
    tools().toggleTape(); // a new one
    QVERIFY(tape()->isOpen);
    tools().toggleTape(); // of no length: none
    QVERIFY(!tape());
}

void TestTimelineTools::tapeByADrag()
{
    const TimeRange window = m_document->window();
    moveTo(onLanes(micros(11'000)));
    tools().toggleTape();
    press(onLanes(micros(14'500)));
    for (const std::int64_t at : {14'600, 15'000, 16'500})
        moveTo(onLanes(micros(at)));
    release(onLanes(micros(16'500)));
    QVERIFY(tape() && !tape()->isOpen);
    QVERIFY(std::abs((tape()->from - micros(14'500)).count()) < 20'000);
    QVERIFY(std::abs((tape()->to - micros(16'500)).count()) < 20'000);
    QVERIFY(m_document->window() == window); // it measures, and changes nothing
    press(onLanes(micros(17'500)));
    moveTo(onLanes(micros(18'500)));
    release(onLanes(micros(18'500)));
    QVERIFY(m_document->window() != window); // one drag is one tape
}

void TestTimelineTools::tapeByTwoClicks()
{
    moveTo(onLanes(micros(14'500)));
    tools().toggleTape();
    moveTo(onLanes(micros(15'500)));
    press(onLanes(micros(15'500)));
    release(onLanes(micros(15'500)));
    QVERIFY(tape() && !tape()->isOpen);
    QVERIFY(std::abs((tape()->range().duration() - std::chrono::milliseconds(1)).count()) < 40'000);
}

void TestTimelineTools::tapeSnapsToSpans()
{
    m_viewport->setView({micros(14'000), micros(16'000)});
    const int bar = m_widget->laneRect(DeviceId(0)).center().y() - m_widget->lanesRect().top();
    tools().toggleTape();
    press(onLanes(micros(14'000), bar) + QPoint(3, 0)); // a step begins there and is busy for 300 us
    moveTo(onLanes(micros(14'200), bar));
    moveTo(onLanes(micros(14'300), bar) + QPoint(4, 0));
    release(onLanes(micros(14'300), bar) + QPoint(4, 0));
    QCOMPARE(tape()->range().duration().count(), 300'000);
}

void TestTimelineTools::escapeTakesTheTapeAway()
{
    tools().toggleTape();
    QTest::keyClick(m_widget.get(), Qt::Key_Escape);
    QVERIFY(!tape());
}

void TestTimelineTools::goesToATypedTime()
{
    tools().enterTime();
    QTest::keyClicks(&tools().entry(), QStringLiteral("25.5 ms"));
    QTest::keyClick(&tools().entry(), Qt::Key_Return);
    QVERIFY(!tools().entry().isVisible());
    QCOMPARE(nanosecondsOf(middle()), nanosecondsOf(micros(25'500)));
    QCOMPARE(m_viewport->view().duration().count(), 10'000'000); // the zoom stays
}

void TestTimelineTools::refusesWhatIsNoTime()
{
    const TimeRange view = m_viewport->view();
    tools().enterTime();
    QTest::keyClicks(&tools().entry(), QStringLiteral("soon"));
    QTest::keyClick(&tools().entry(), Qt::Key_Return);
    QVERIFY(tools().entry().isVisible());
    QCOMPARE(tools().entry().text(), QStringLiteral("soon"));
    QVERIFY(m_viewport->view() == view);
    QTest::keyClick(&tools().entry(), Qt::Key_Escape);
    QVERIFY(!tools().entry().isVisible());
    const QSignalSpy told(&tools(), &TimelineTools::told);
    tools().enterTime();
    QTest::keyClicks(&tools().entry(), QStringLiteral("99 s")); // behind the trace
    QTest::keyClick(&tools().entry(), Qt::Key_Return);
    QCOMPARE(told.size(), 1);
    QVERIFY(m_viewport->view().end == m_viewport->limits().end);
}

void TestTimelineTools::copiesTimes()
{
    const auto copied = [this] {
        tools().copyTime();
        QString text = QGuiApplication::clipboard()->text();
        return text.replace(QChar(0x00a0), QLatin1Char(' ')).remove(QChar(0x2009));
    };
    QCOMPARE(copied(), QStringLiteral("15.000000 ms"));
    m_selection->select({SpanRef::Kind::Operation, DeviceId(0), 3}); // the second step's kernel
    QCOMPARE(copied(), QStringLiteral("2.000000 ms"));
    tools().toggleTape();
    m_viewport->pan(0.1);
    tools().toggleTape();
    QCOMPARE(copied(), QStringLiteral("1000000 ns from 15.000000 ms to 16.000000 ms"));
}

void TestTimelineTools::timesCountFromTheWindow()
{
    m_document->setWindow({micros(12'000), micros(18'000)});
    const auto* const ruler = m_widget->findChild<TimeRuler*>();
    tools().setOrigin(TimeOrigin::Window);
    bool hasZero = false;
    for (const RulerTick& tick : ruler->ticks().ticks) {
        if (tick.time == micros(12'000) && !tick.label.isEmpty())
            hasZero = tick.label.startsWith(QLatin1Char('0'));
    }
    QVERIFY(hasZero);
    tools().setOrigin(TimeOrigin::Utc); // the file does not say when it was made
    QCOMPARE(ruler->reading().origin, TimeOrigin::Trace);
}

void TestTimelineTools::clickOnTheCadenceSelectsAStep()
{
    const QPoint at{m_widget->xOf(micros(14'500)), m_widget->cadenceRect().center().y()};
    press(at); // no move before it: a touch
    release(at);
    QCOMPARE(m_selection->current().kind, SpanRef::Kind::Step);
    const std::vector<Step>& steps = m_document->index()->device(DeviceId(0)).steps.steps;
    QVERIFY(steps[m_selection->current().row].range.contains(micros(14'500)));
    const auto* const state = m_widget->findChild<TimelineState*>();
    QVERIFY(state->selectedStep() == steps[m_selection->current().row].range);
    QVERIFY(tools().selectNeighbour(Neighbour::Next));
    QVERIFY(steps[m_selection->current().row].range.contains(micros(15'500)));
    QTest::keyClick(m_widget.get(), Qt::Key_Escape);
    QVERIFY(!state->selectedStep());
    QVERIFY(!tools().selectNeighbour(Neighbour::Next)); // nothing is selected
}

void TestTimelineTools::otherStepsLetGoOfTheStep()
{
    const auto last =
        static_cast<std::uint32_t>(m_document->index()->device(DeviceId(0)).steps.steps.size() - 1);
    m_selection->select({SpanRef::Kind::Step, DeviceId(0), last});
    m_document->setWindow({micros(12'000), micros(18'000)}); // the same steps
    QCOMPARE(m_selection->current().row, last);
    m_document->drawSteps({micros(10'000), micros(20'000), micros(30'000)});
    QVERIFY(m_document->index()->device(DeviceId(0)).steps.steps.size() <= last);
    QVERIFY(m_selection->current().isNone());
    m_widget->focusView();
    const SpanRef kernel{SpanRef::Kind::Operation, DeviceId(0), 30};
    m_selection->select(kernel); // which no steps change
    m_document->drawSteps({});
    QCOMPARE(m_selection->current(), kernel);
}

void TestTimelineTools::focusFitsTheSelectionFirst()
{
    m_selection->select({SpanRef::Kind::Operation, DeviceId(0), 30});
    m_widget->focusView();
    QVERIFY(m_viewport->view().duration() < std::chrono::microseconds(300));
    m_widget->focusView();
    QVERIFY(m_viewport->view().contains(m_document->window()));
    m_selection->clear();
    m_widget->focusView();
    QVERIFY(m_viewport->view() == m_viewport->limits());
}

void TestTimelineTools::arrowFromLaunchToKernel()
{
    m_lanes->setAllExpanded(true);
    m_lanes->finishPacking();
    m_widget->resize(1200, 1000);
    const auto* const canvas = m_widget->findChild<LaneCanvas*>();
    QVERIFY(!canvas->launchArrowOfSelection());
    m_widget->showSpan({SpanRef::Kind::Operation, DeviceId(0), 33});
    m_viewport->setView({micros(11'900), micros(12'300)});
    const std::optional<QLineF> arrow = canvas->launchArrowOfSelection();
    QVERIFY(arrow);
    QVERIFY(arrow->y1() > arrow->y2()); // from the host below up to the device
    QVERIFY(arrow->x1() < arrow->x2());
    const SpanRef call = launchPartner(*m_document->index(), m_selection->current());
    m_selection->select(call);
    QVERIFY(canvas->launchArrowOfSelection() == arrow); // the same from its other end
}

void TestTimelineTools::edgesAreHeldByKeys()
{
    m_document->setWindow({micros(12'000), micros(18'000)});
    tools().holdWindowEnd();
    QTest::keyClick(m_widget.get(), Qt::Key_Right);
    QVERIFY(m_document->window() == (TimeRange{micros(12'000), micros(19'000)}));
    tools().holdWindowStart();
    QTest::keyClick(m_widget.get(), Qt::Key_Left);
    QVERIFY(m_document->window() == (TimeRange{micros(11'000), micros(19'000)}));
}

void TestTimelineTools::withoutATraceNothingHappens()
{
    markers().setNote(micros(12'000), {});
    tools().toggleTape();
    m_document->setIndex(nullptr);
    QVERIFY(!tape());
    QVERIFY(markers().markers().empty());
    tools().toggleMarker();
    tools().editNote();
    tools().showNextMarker();
    tools().toggleTape();
    tools().enterTime();
    tools().copyTime();
    tools().selectStep();
    tools().selectSameName(Neighbour::Next);
    tools().holdWindowStart();
    QVERIFY(markers().markers().empty());
    QVERIFY(!tape());
    QVERIFY(!tools().entry().isVisible());
    QVERIFY(m_selection->current().isNone());
}

QTEST_MAIN(TestTimelineTools)
#include "tst_timelinetools.moc"
