#include "tests/gui/timeline/smalltrace.h"
#include "widgets/theme/apptheme.h"
#include "widgets/timeline/overviewbar.h"
#include "widgets/timeline/steptext.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/spandetails.h"
#include "widgets/viewmodel/spanselection.h"

#include <QApplication>
#include <QHelpEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>

#include <random>

using namespace stepscope;

namespace {

constexpr std::int64_t micro = 1000;

TimePoint micros(std::int64_t count)
{
    return timePointAt(count * micro);
}

/// Sends a mouse event to the child under `at`, as the window system would; while a button is held, to the
/// child that got the press.
class Mouse {
public:
    explicit Mouse(TimelineWidget& widget) : m_widget(widget) {}

    void press(QPoint at, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton)
    {
        m_child = m_widget.childAt(at);
        QVERIFY(m_child != nullptr);
        m_button = button;
        QTest::mousePress(m_child, button, modifiers, at - m_child->pos());
    }
    void move(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget* target = m_child != nullptr ? m_child : m_widget.childAt(at);
        const QPointF local = at - target->pos();
        QMouseEvent event(QEvent::MouseMove, local, target->mapToGlobal(local), Qt::NoButton,
                          m_child != nullptr ? m_button : Qt::NoButton, modifiers);
        QApplication::sendEvent(target, &event);
    }
    void release(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseRelease(m_child, m_button, modifiers, at - m_child->pos());
        m_child = nullptr;
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {},
              Qt::MouseButton button = Qt::LeftButton)
    {
        press(from, modifiers, button);
        for (int part = 1; part <= 4; ++part)
            move(from + (to - from) * part / 4, modifiers);
        release(to, modifiers);
    }
    void wheel(QPoint at, int notches, Qt::KeyboardModifiers modifiers)
    {
        QWidget* target = m_widget.childAt(at);
        const QPointF local = at - target->pos();
        QWheelEvent event(local, target->mapToGlobal(local), {}, {0, notches * 120}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(target, &event);
    }

private:
    TimelineWidget& m_widget;
    QWidget* m_child = nullptr;
    Qt::MouseButton m_button = Qt::LeftButton;
};

} // namespace

class TestTimelineWidget : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void showsTheOpenTrace();
    void dragMakesTheWindow();
    void edgeDragSnapsToBoundaries();
    void altDragsFreely();
    void escapeRestores();
    void middleMovesTheWindow();
    void overviewMovesWindowAndView();
    void clickChangesNothing();
    void controlDragZooms();
    void controlWheelZoomsAtTheCursor();
    void wheelPansAndScrolls();
    void dragsPan();
    void doubleClickFitsTheStep();
    void keysMoveTheView();
    void arrowsNudgeTheFocusedEdge();
    void windowAtTheCursor();
    void everyDragShowsOneSnapshot();
    void labelChoosesTheReference();
    void readsOutTheCursor();
    void anotherTraceEndsTheDrag();
    void closedDocumentIsQuiet();
    void lanesShowExactShares();
    void triangleExpands();
    void hostLabelExpands();
    void clickSelectsASpan();
    void clickBesideClears();
    void foldedPiecesSayTheirCount();
    void doubleClickFitsTheSpan();
    void escapeClearsTheSelection();
    void showSpanFindsItsWay();
    void heightFollowsTheLanes();
    void stripsShareTheAxis();
    void stabilityStripIsDraggedLikeTheLanes();
    void stabilityStripTellsItsSteps();
    void overviewTellsWhatIsLeftOut();
    void aDotUnderTheMouseLightsItsStep();
    void anOutlierSaysWhy();

private:
    QString toolTipAt(QPoint at);
    void openPaused();
    void click(QPoint at);
    SpanRef operation(int device, std::uint32_t row) const
    {
        return {SpanRef::Kind::Operation, DeviceId(device), row};
    }
    QPoint inLanes(TimePoint time) const { return {m_widget->xOf(time), m_widget->lanesRect().top() + 40}; }
    QPoint inRuler(TimePoint time) const { return {m_widget->xOf(time), m_widget->rulerRect().top() + 8}; }
    TimeRange window() const { return m_document->window(); }

    std::unique_ptr<TraceDocument> m_document;
    std::unique_ptr<TimelineViewport> m_viewport;
    std::unique_ptr<LaneList> m_lanes;
    std::unique_ptr<SpanSelection> m_selection;
    std::unique_ptr<AreaSelection> m_areas;
    std::unique_ptr<TimelineWidget> m_widget;
};

void TestTimelineWidget::init()
{
    m_document = std::make_unique<TraceDocument>();
    m_viewport = std::make_unique<TimelineViewport>();
    m_lanes = std::make_unique<LaneList>(m_document.get());
    m_selection = std::make_unique<SpanSelection>(*m_document);
    m_areas = std::make_unique<AreaSelection>(*m_document, *m_selection);
    m_widget = std::make_unique<TimelineWidget>(m_document.get(), m_viewport.get(), m_lanes.get(),
                                                m_selection.get(), m_areas.get());
    m_widget->resize(1000, 400);
    m_widget->show();
    m_document->setIndex(testing::smallIndex(2, 60));
    // 10 … 30 ms over the axis: steps are about 40 pixels wide.
    m_viewport->setView({micros(10'000), micros(30'000)});
    m_document->setWindow({micros(15'000), micros(20'000)});
}

void TestTimelineWidget::cleanup()
{
    m_widget.reset();
    m_areas.reset();
    m_selection.reset();
    m_lanes.reset();
    m_viewport.reset();
    m_document.reset();
}

void TestTimelineWidget::showsTheOpenTrace()
{
    QCOMPARE(m_widget->shownSnapshot(), m_document->assessment()->snapshot);
    QCOMPARE(m_widget->shownCadence(), m_document->assessment()->referenceWindow().cadence);
    QCOMPARE(m_widget->shownCadence().count, 5U);
    QCOMPARE(m_widget->shownCadence().spread.median.count(), 1000 * micro);
    const TimePoint time = micros(17'250);
    QVERIFY(std::abs((m_widget->timeAtX(m_widget->xOf(time)) - time).count()) < 25 * micro);
    QVERIFY(m_widget->lanesRect().contains(m_widget->laneRect(DeviceId(1))));
}

void TestTimelineWidget::dragMakesTheWindow()
{
    Mouse mouse(*m_widget);
    const QPoint from = inLanes(micros(22'500));
    const QPoint to = inLanes(micros(25'500));
    mouse.drag(from, to, Qt::AltModifier);
    QCOMPARE(window(), (TimeRange{m_widget->timeAtX(from.x()), m_widget->timeAtX(to.x())}));
    // To the left, on the ruler, near boundaries.
    mouse.drag(inRuler(micros(28'050)), inRuler(micros(23'960)));
    QCOMPARE(window(), (TimeRange{micros(24'000), micros(28'000)}));
    QCOMPARE(m_widget->shownCadence().count, 4U);
}

void TestTimelineWidget::edgeDragSnapsToBoundaries()
{
    Mouse mouse(*m_widget);
    mouse.drag(inLanes(micros(20'000)) + QPoint(3, 0), inLanes(micros(23'080)));
    QCOMPARE(window(), (TimeRange{micros(15'000), micros(23'000)}));
    mouse.drag(inLanes(micros(15'000)) - QPoint(3, 0), inLanes(micros(11'930)));
    QCOMPARE(window(), (TimeRange{micros(12'000), micros(23'000)}));
    // Between boundaries nothing attracts.
    mouse.drag(inLanes(micros(23'000)), inLanes(micros(24'500)));
    QVERIFY(std::abs((window().end - micros(24'500)).count()) < 25 * micro);
}

void TestTimelineWidget::altDragsFreely()
{
    Mouse mouse(*m_widget);
    const QPoint from = inLanes(micros(20'000));
    const QPoint to = inLanes(micros(23'080));
    mouse.drag(from, to, Qt::AltModifier);
    const Duration shift = m_widget->timeAtX(to.x()) - m_widget->timeAtX(from.x());
    QCOMPARE(window(), (TimeRange{micros(15'000), micros(20'000) + shift}));
}

void TestTimelineWidget::escapeRestores()
{
    Mouse mouse(*m_widget);
    const TimeRange before = window();
    mouse.press(inLanes(micros(20'000)));
    mouse.move(inLanes(micros(25'000)));
    QVERIFY(window() != before);
    QVERIFY(m_widget->isDragging());
    QTest::keyClick(m_widget.get(), Qt::Key_Escape);
    QCOMPARE(window(), before);
    QVERIFY(!m_widget->isDragging());
    // What the mouse still does until the release counts for nothing.
    mouse.move(inLanes(micros(27'000)));
    mouse.release(inLanes(micros(27'000)));
    QTest::qWait(40);
    QCOMPARE(window(), before);
}

void TestTimelineWidget::middleMovesTheWindow()
{
    Mouse mouse(*m_widget);
    const QPoint onBar(m_widget->xOf(micros(17'500)), m_widget->rulerRect().bottom() - 1);
    mouse.drag(onBar, onBar + QPoint(m_widget->xOf(micros(21'000)) - m_widget->xOf(micros(18'000)), 0));
    QCOMPARE(window(), (TimeRange{micros(18'000), micros(23'000)}));
}

void TestTimelineWidget::overviewMovesWindowAndView()
{
    Mouse mouse(*m_widget);
    const int y = m_widget->overviewRect().center().y();
    const auto at = [&](std::int64_t us) { return QPoint(m_widget->overviewXOf(micros(us)), y); };
    // The view's thumb lies over the window here; move the view away first, by a click.
    mouse.press(at(45'000));
    mouse.release(at(45'000));
    QVERIFY(std::abs((m_viewport->view().begin - micros(35'000)).count()) < 100 * micro);
    // The middle of the box.
    mouse.drag(at(17'500), at(22'500));
    QCOMPARE(window(), (TimeRange{micros(20'000), micros(25'000)}));
    // Its end.
    mouse.drag(at(25'000), at(30'000));
    QCOMPARE(window(), (TimeRange{micros(20'000), micros(30'000)}));
    // The thumb.
    const TimeRange before = m_viewport->view();
    mouse.drag(at(45'000), at(40'000));
    QVERIFY(std::abs((before.begin - m_viewport->view().begin - std::chrono::microseconds(5000)).count()) <
            100 * micro);
    QCOMPARE(m_viewport->view().duration(), before.duration());
}

void TestTimelineWidget::clickChangesNothing()
{
    Mouse mouse(*m_widget);
    const TimeRange before = window();
    mouse.press(inLanes(micros(25'000)));
    mouse.move(inLanes(micros(25'000)) + QPoint(2, 1));
    mouse.release(inLanes(micros(25'000)) + QPoint(2, 1));
    QCOMPARE(window(), before);
    QCOMPARE(m_viewport->view(), (TimeRange{micros(10'000), micros(30'000)}));
}

void TestTimelineWidget::controlDragZooms()
{
    Mouse mouse(*m_widget);
    const TimeRange before = window();
    const QPoint from = inLanes(micros(16'000));
    const QPoint to = inLanes(micros(18'000));
    const TimeRange wanted{m_widget->timeAtX(from.x()), m_widget->timeAtX(to.x())};
    mouse.drag(from, to, Qt::ControlModifier);
    QCOMPARE(m_viewport->view(), wanted);
    QCOMPARE(window(), before);
}

void TestTimelineWidget::controlWheelZoomsAtTheCursor()
{
    Mouse mouse(*m_widget);
    const QPoint at = inLanes(micros(13'000));
    const TimePoint anchor = m_widget->timeAtX(at.x());
    for (const int notches : {1, 3, -2, 5}) {
        const Duration before = m_viewport->view().duration();
        mouse.wheel(at, notches, Qt::ControlModifier);
        QCOMPARE(m_viewport->view().duration() < before, notches > 0);
        QCOMPARE(m_widget->xOf(anchor), at.x());
    }
}

void TestTimelineWidget::wheelPansAndScrolls()
{
    Mouse mouse(*m_widget);
    mouse.wheel(inLanes(micros(13'000)), -1, Qt::ShiftModifier);
    QVERIFY(m_viewport->view().begin > micros(10'000));
    QCOMPARE(m_viewport->view().duration().count(), 20'000 * micro);

    m_document->setIndex(testing::smallIndex(40, 30));
    const TimeRange view = m_viewport->view();
    const int top = m_widget->laneRect(DeviceId(0)).top();
    mouse.wheel(inLanes(micros(13'000)), -1, Qt::NoModifier);
    QVERIFY(m_widget->laneRect(DeviceId(0)).top() < top);
    QCOMPARE(m_viewport->view(), view);
    mouse.wheel(inLanes(micros(13'000)), 50, Qt::NoModifier);
    QCOMPARE(m_widget->laneRect(DeviceId(0)).top(), top);
}

void TestTimelineWidget::dragsPan()
{
    Mouse mouse(*m_widget);
    const TimeRange before = window();
    const QPoint from = inLanes(micros(20'000));
    const QPoint to = inLanes(micros(18'000));
    mouse.drag(from, to, {}, Qt::MiddleButton);
    QVERIFY(std::abs((m_viewport->view().begin - micros(12'000)).count()) < 50 * micro);
    QTest::keyPress(m_widget.get(), Qt::Key_Space);
    mouse.drag(to, from);
    QTest::keyRelease(m_widget.get(), Qt::Key_Space);
    QVERIFY(std::abs((m_viewport->view().begin - micros(10'000)).count()) < 50 * micro);
    QCOMPARE(window(), before);
}

void TestTimelineWidget::doubleClickFitsTheStep()
{
    const QPoint at = inLanes(micros(24'600));
    QWidget* lanes = m_widget->childAt(at);
    QTest::mouseDClick(lanes, Qt::LeftButton, {}, at - lanes->pos());
    QCOMPARE(m_viewport->view(), (TimeRange{micros(23'950), micros(25'050)}));
}

void TestTimelineWidget::keysMoveTheView()
{
    const TimeRange view = m_viewport->view();
    QTest::keyClick(m_widget.get(), Qt::Key_Right);
    QVERIFY(m_viewport->view().begin > view.begin);
    QTest::keyClick(m_widget.get(), Qt::Key_Left);
    QCOMPARE(m_viewport->view(), view);
    m_widget->zoomIn();
    QVERIFY(m_viewport->view().duration() < view.duration());
    m_widget->fitWindow();
    QVERIFY(m_viewport->view().contains(window()));
    QVERIFY(m_viewport->view().duration() < window().duration() * 11 / 10);
    m_widget->fitWindow();
    QCOMPARE(m_viewport->view(), m_viewport->limits());
}

void TestTimelineWidget::arrowsNudgeTheFocusedEdge()
{
    Mouse mouse(*m_widget);
    mouse.press(inLanes(micros(20'000)));
    mouse.release(inLanes(micros(20'000)));
    QCOMPARE(window(), (TimeRange{micros(15'000), micros(20'000)}));
    QTest::keyClick(m_widget.get(), Qt::Key_Right);
    QTest::keyClick(m_widget.get(), Qt::Key_Right);
    QCOMPARE(window().end, micros(22'000));
    QTest::keyClick(m_widget.get(), Qt::Key_Left);
    QCOMPARE(window().end, micros(21'000));
    QTest::keyClick(m_widget.get(), Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(window().end < micros(21'000) && window().end > micros(20'950));
    QTest::keyClick(m_widget.get(), Qt::Key_Escape);
    const TimeRange view = m_viewport->view();
    QTest::keyClick(m_widget.get(), Qt::Key_Right);
    QVERIFY(m_viewport->view() != view);
}

void TestTimelineWidget::windowAtTheCursor()
{
    m_viewport->setView({micros(13'000), micros(19'060)});
    m_widget->startWindowAtCursor(); // the mouse is elsewhere: in the middle
    QCOMPARE(window(), (TimeRange{micros(16'000), micros(20'000)}));
    m_viewport->showAll();
    Mouse mouse(*m_widget);
    mouse.move(inLanes(micros(17'020)));
    m_widget->startWindowAtCursor();
    QCOMPARE(window(), (TimeRange{micros(17'000), micros(20'000)}));
    mouse.move(inLanes(micros(24'980)));
    m_widget->endWindowAtCursor();
    QCOMPARE(window(), (TimeRange{micros(17'000), micros(25'000)}));
    mouse.move(inLanes(micros(12'000)));
    m_widget->endWindowAtCursor();
    QCOMPARE(window(), (TimeRange{micros(4'000), micros(12'000)}));
    m_widget->automaticWindow();
    QVERIFY(m_document->isAutomaticWindow());
}

void TestTimelineWidget::everyDragShowsOneSnapshot()
{
    Mouse mouse(*m_widget);
    std::mt19937 random(31);
    const QRect lanes = m_widget->lanesRect();
    std::uniform_int_distribution<int> anyX(lanes.left(), lanes.right());
    QSignalSpy published(m_document.get(), &TraceDocument::assessmentChanged);
    for (int round = 0; round < 50; ++round) {
        const QPoint from(anyX(random), lanes.center().y());
        const QPoint to(anyX(random), lanes.center().y());
        mouse.drag(from, to);
        QCOMPARE(m_widget->shownSnapshot(), m_document->assessment()->snapshot);
        QCOMPARE(m_document->assessment()->analysis.window, window());
        QCOMPARE(m_widget->shownCadence(), analyzeWindow(*m_document->index(), window()).devices[0].cadence);
    }
    QVERIFY(published.count() > 0);
}

void TestTimelineWidget::labelChoosesTheReference()
{
    const QPoint at(60, m_widget->laneRect(DeviceId(1)).center().y());
    QWidget* lanes = m_widget->childAt(at);
    QTest::mouseClick(lanes, Qt::LeftButton, {}, at - lanes->pos());
    QCOMPARE(m_document->reference(), DeviceId(1));
    QCOMPARE(m_widget->shownSnapshot(), m_document->assessment()->snapshot);
}

void TestTimelineWidget::readsOutTheCursor()
{
    QSignalSpy spy(m_widget.get(), &TimelineWidget::cursorMoved);
    Mouse mouse(*m_widget);
    mouse.move({m_widget->xOf(micros(17'600)), m_widget->laneRect(DeviceId(1)).center().y()});
    QVERIFY(!spy.isEmpty());
    const QString idle = spy.last().first().toString();
    QVERIFY2(idle.contains(QLatin1String("GPU 1 idle 700")), qPrintable(idle));
    QVERIFY2(idle.contains(QLatin1String("step ")), qPrintable(idle));
    mouse.move({m_widget->xOf(micros(17'100)), m_widget->laneRect(DeviceId(0)).center().y()});
    const QString busy = spy.last().first().toString();
    QVERIFY2(busy.contains(QLatin1String("GPU 0 compute 200")), qPrintable(busy));
    // In the label cell there is no time.
    mouse.move({10, m_widget->laneRect(DeviceId(0)).center().y()});
    QVERIFY(spy.last().first().toString().isEmpty());
}

void TestTimelineWidget::anotherTraceEndsTheDrag()
{
    Mouse mouse(*m_widget);
    mouse.press(inLanes(micros(20'000)));
    mouse.move(inLanes(micros(25'000)));
    m_document->setIndex(testing::smallIndex(1, 40));
    const TimeRange fresh = window();
    mouse.move(inLanes(micros(22'000)));
    mouse.release(inLanes(micros(22'000)));
    QTest::qWait(40);
    QCOMPARE(window(), fresh);
    QVERIFY(!m_widget->isDragging());
}

void TestTimelineWidget::closedDocumentIsQuiet()
{
    Mouse mouse(*m_widget);
    m_document->setIndex(nullptr);
    QCOMPARE(m_widget->shownSnapshot(), 0U);
    m_widget->grab();
    mouse.drag({300, 200}, {500, 200});
    mouse.wheel({300, 200}, 1, Qt::ControlModifier);
    m_widget->fitWindow();
    m_widget->showStepAt(micros(5'000));
    m_widget->automaticWindow();
    QTest::keyClick(m_widget.get(), Qt::Key_Right);
    QVERIFY(m_widget->shownCadence() == CadenceStatistics());
}

void TestTimelineWidget::lanesShowExactShares()
{
    // One step of 1 ms fills the axis: the bar must be full up to 300 µs and empty after.
    AppTheme theme(*qApp);
    theme.apply(ThemeChoice::Dark);
    m_document->setWindow({micros(0), micros(60'000)});
    m_viewport->setView({micros(20'000), micros(21'000)});
    QTRY_VERIFY(TracePalette::matching(m_widget->palette()).isDark());
    const QImage image = m_widget->grab().toImage();
    const TracePalette& colours = TracePalette::of(TracePalette::Scheme::Dark);
    const QRect bar = m_widget->laneRect(DeviceId(0));
    const qreal ratio = image.devicePixelRatio();
    const auto colourAt = [&](std::int64_t us) {
        return image.pixelColor(qRound(m_widget->xOf(micros(us)) * ratio), qRound(bar.center().y() * ratio));
    };
    QCOMPARE(colourAt(20'100), colours[Colour::Compute]);
    QCOMPARE(colourAt(20'240), colours[Colour::Comm]);
    QCOMPARE(colourAt(20'290), colours[Colour::Copies]);
    QCOMPARE(colourAt(20'600), colours[Colour::LaneGround]);
    // Zoomed out to 60 steps over 800 pixels each column shows its share, not a solid bar.
    m_viewport->showAll();
    const QImage wide = m_widget->grab().toImage();
    qint64 busyPixels = 0;
    qint64 allPixels = 0;
    for (int x = qRound(bar.left() * ratio); x < qRound((bar.right() + 1) * ratio); ++x) {
        for (int y = qRound(bar.top() * ratio); y < qRound((bar.bottom() + 1) * ratio); ++y) {
            const QColor colour = wide.pixelColor(x, y);
            ++allPixels;
            for (const Colour mark : {Colour::Compute, Colour::Comm, Colour::Copies})
                busyPixels += colour == colours[mark] ? 1 : 0;
        }
    }
    const double share = static_cast<double>(busyPixels) / static_cast<double>(allPixels);
    QVERIFY2(share > 0.25 && share < 0.32, qPrintable(QString::number(share)));
}

void TestTimelineWidget::click(QPoint at)
{
    Mouse mouse(*m_widget);
    mouse.press(at);
    mouse.release(at);
}

void TestTimelineWidget::triangleExpands()
{
    const QPoint triangle(17, m_widget->laneRect(DeviceId(1)).center().y());
    const std::size_t before = m_lanes->lanes().size();
    click(triangle);
    QVERIFY(m_lanes->isExpanded(QStringLiteral("device:1")));
    QVERIFY(m_lanes->lanes().size() > before);
    QCOMPARE(m_document->reference(), DeviceId(0)); // the rest of the label does that
    click({17, m_widget->laneRect(DeviceId(1)).center().y()});
    QCOMPARE(m_lanes->lanes().size(), before);
    // The second of two quick clicks counts, too.
    QWidget* const canvas = m_widget->childAt(triangle);
    const QPoint local(17, m_widget->laneRect(DeviceId(1)).center().y() - canvas->y());
    QTest::mouseDClick(canvas, Qt::LeftButton, {}, local);
    QVERIFY(m_lanes->isExpanded(QStringLiteral("device:1")));
}

void TestTimelineWidget::hostLabelExpands()
{
    QVERIFY(m_lanes->isExpanded(QStringLiteral("host:0")));
    const SpanRef call{SpanRef::Kind::Call, {}, 100};
    const QRect drawn = m_widget->spanRect(call);
    const QRect next = m_widget->spanRect({SpanRef::Kind::Call, {}, 101}); // in the other sub-row
    QVERIFY(!drawn.isEmpty() && !next.isEmpty());
    click({60, std::min(drawn.top(), next.top()) - 14}); // the head is right above
    QVERIFY(!m_lanes->isExpanded(QStringLiteral("host:0")));
    QVERIFY(m_widget->spanRect(call).isEmpty());
}

void TestTimelineWidget::clickSelectsASpan()
{
    // Step 15 of GPU 0: kernel, communication and copy of rows 45, 46, 47.
    QSignalSpy spy(m_selection.get(), &SpanSelection::changed);
    m_viewport->setView({micros(15'900), micros(16'900)});
    const TimeRange window = m_document->window();
    const TimeRange view = m_viewport->view();
    for (const std::uint32_t row : {45U, 46U, 47U}) {
        const QRect span = m_widget->spanRect(operation(0, row));
        const int begin = m_widget->xOf(spanRange(*m_document->index(), operation(0, row)).begin);
        QVERIFY(span.left() == begin || span.left() == begin - 1); // in the pixel that it begins in
        click(span.center());
        QCOMPARE(m_selection->current(), operation(0, row));
        click({span.left() + 1, span.bottom() - 1});
        QCOMPARE(m_selection->current(), operation(0, row));
    }
    QCOMPARE(spy.count(), 3);
    QCOMPARE(m_document->window(), window);
    QCOMPARE(m_viewport->view(), view);
    // A drag that begins on a span makes a window and selects nothing.
    const QRect span = m_widget->spanRect(operation(0, 45));
    Mouse mouse(*m_widget);
    mouse.drag(span.center(), span.center() + QPoint(300, 0));
    QCOMPARE(m_selection->current(), operation(0, 47));
    QVERIFY(m_document->window() != window);
}

void TestTimelineWidget::clickBesideClears()
{
    m_viewport->setView({micros(15'900), micros(16'900)});
    const QRect span = m_widget->spanRect(operation(0, 45));
    click(span.center());
    QVERIFY(!m_selection->current().isNone());
    click({m_widget->xOf(micros(16'600)), span.center().y()});
    QVERIFY(m_selection->current().isNone());
}

void TestTimelineWidget::foldedPiecesSayTheirCount()
{
    m_document->setIndex(testing::smallIndex(1, 3000));
    m_viewport->showAll();
    const SpanRef some = operation(0, 4500);
    const QRect span = m_widget->spanRect(some);
    QVERIFY(span.width() <= 2);
    QWidget* const canvas = m_widget->childAt(span.center());
    QHelpEvent help(QEvent::ToolTip, span.center() - canvas->pos(), canvas->mapToGlobal(QPoint()));
    QApplication::sendEvent(canvas, &help);
    QVERIFY2(QToolTip::text().contains(QLatin1String("9,000 operations folded")) ||
                 QToolTip::text().contains(QLatin1String("9000 operations folded")),
             qPrintable(QToolTip::text()));
    // The click selects what lies there, not the first of nine thousand.
    click(span.center());
    const TimePoint selected = spanRange(*m_document->index(), m_selection->current()).begin;
    QVERIFY(std::abs(m_widget->xOf(selected) - span.center().x()) <= 2);
}

void TestTimelineWidget::doubleClickFitsTheSpan()
{
    m_viewport->setView({micros(15'900), micros(16'900)});
    const QPoint at = m_widget->spanRect(operation(0, 46)).center();
    QWidget* const canvas = m_widget->childAt(at);
    QTest::mouseDClick(canvas, Qt::LeftButton, {}, at - canvas->pos());
    QCOMPARE(m_selection->current(), operation(0, 46));
    QCOMPARE(m_viewport->view(), (TimeRange{micros(16'200 - 8), micros(16'280 + 8)}));
}

void TestTimelineWidget::escapeClearsTheSelection()
{
    m_selection->select(operation(0, 45));
    QTest::keyClick(m_widget.get(), Qt::Key_Escape);
    QVERIFY(m_selection->current().isNone());
}

void TestTimelineWidget::showSpanFindsItsWay()
{
    m_document->setIndex(testing::smallIndex(12, 60));
    m_viewport->setView({micros(10'000), micros(11'000)});
    const SpanRef far = operation(11, 3 * 50);
    QVERIFY(m_widget->spanRect(far).isEmpty());
    m_widget->showSpan(far);
    QCOMPARE(m_selection->current(), far);
    QVERIFY(m_lanes->isExpanded(QStringLiteral("device:11")));
    const QRect shown = m_widget->spanRect(far);
    QVERIFY(m_widget->lanesRect().contains(shown));
    QVERIFY(shown.width() >= 4);
    QVERIFY(m_viewport->view().contains(spanRange(*m_document->index(), far)));
    // What is in sight already stays where it is.
    const TimeRange view = m_viewport->view();
    m_widget->showSpan(far);
    QCOMPARE(m_viewport->view(), view);
    // A call in a host that is collapsed and scrolled away.
    m_lanes->setExpanded(QStringLiteral("host:0"), false);
    const SpanRef call{SpanRef::Kind::Call, {}, 100};
    m_widget->showSpan(call);
    QVERIFY(m_widget->lanesRect().contains(m_widget->spanRect(call)));
    m_widget->showSpan({});
    QCOMPARE(m_selection->current(), call);
}

void TestTimelineWidget::heightFollowsTheLanes()
{
    m_lanes->setExpandedGroups({});
    const int collapsed = m_widget->sizeHint().height();
    m_lanes->setExpandedGroups({QStringLiteral("device:0"), QStringLiteral("host:0")});
    QVERIFY(m_widget->sizeHint().height() > collapsed);
    m_widget->resize(1000, m_widget->maximumHeight());
    QCOMPARE(m_widget->lanesRect().bottom(), m_widget->rect().bottom());
    m_document->setIndex(nullptr);
    QCOMPARE(m_widget->maximumHeight(), QWIDGETSIZE_MAX);
}

QString TestTimelineWidget::toolTipAt(QPoint at)
{
    QWidget* const row = m_widget->childAt(at);
    QHelpEvent help(QEvent::ToolTip, at - row->pos(), row->mapToGlobal(at - row->pos()));
    QApplication::sendEvent(row, &help);
    return QToolTip::text();
}

/// 40 steps, a lull, and 20 more.
void TestTimelineWidget::openPaused()
{
    m_document->setIndex(testing::smallIndex(1, 60, {}, 39));
    m_viewport->showAll();
}

void TestTimelineWidget::stripsShareTheAxis()
{
    const QRect strip = m_widget->stabilityRect();
    QCOMPARE(strip.top(), m_widget->rulerRect().bottom() + 1);
    QCOMPARE(strip.bottom() + 1, m_widget->cadenceRect().top());
    QCOMPARE(strip.height() % 4, 0);
    for (const QRect& other : {m_widget->rulerRect(), m_widget->cadenceRect(), m_widget->lanesRect()}) {
        QCOMPARE(strip.left(), other.left());
        QCOMPARE(strip.width(), other.width());
    }
}

void TestTimelineWidget::stabilityStripIsDraggedLikeTheLanes()
{
    const int y = m_widget->stabilityRect().center().y();
    const auto at = [&](std::int64_t time) { return QPoint(m_widget->xOf(micros(time)), y); };
    Mouse mouse(*m_widget);
    mouse.drag(at(20'000), at(23'040));
    QCOMPARE(window(), (TimeRange{micros(15'000), micros(23'000)}));
    mouse.drag(at(25'040), at(27'960));
    QCOMPARE(window(), (TimeRange{micros(25'000), micros(28'000)}));
    mouse.drag(at(20'000), at(18'000), {}, Qt::MiddleButton);
    QVERIFY(std::abs((m_viewport->view().begin - micros(12'000)).count()) < 50 * micro);
    QWidget* const strip = m_widget->childAt(at(24'600));
    QTest::mouseDClick(strip, Qt::LeftButton, {}, at(24'600) - strip->pos());
    QCOMPARE(m_viewport->view(), (TimeRange{micros(23'950), micros(25'050)}));
    QTest::mouseRelease(strip, Qt::LeftButton);
}

void TestTimelineWidget::stabilityStripTellsItsSteps()
{
    openPaused();
    const int y = m_widget->stabilityRect().center().y();
    const auto tip = [&](std::int64_t time) { return toolTipAt({m_widget->xOf(micros(time)), y}); };
    const QString steady = tip(20'500);
    QVERIFY2(steady.contains(QLatin1String("decode")), qPrintable(steady));
    QVERIFY2(steady.contains(QLatin1String("varies by 0.0 %")), qPrintable(steady));
    QVERIFY2(!steady.contains(QLatin1String("Left out")), qPrintable(steady));
    const QString lull = tip(50'000);
    QVERIFY2(lull.contains(QLatin1String("lull")), qPrintable(lull));
    QVERIFY2(lull.contains(QLatin1String("Left out of the steady-state window")), qPrintable(lull));
    const QString shorter = tip(70'500);
    QVERIFY2(shorter.contains(QLatin1String("not the longest run")), qPrintable(shorter));
    QVERIFY(toolTipAt({30, y}).contains(QLatin1String("Gate 4 warns from 35 %")));
}

void TestTimelineWidget::overviewTellsWhatIsLeftOut()
{
    openPaused();
    const int y = m_widget->overviewRect().center().y();
    const auto tip = [&](std::int64_t time) { return toolTipAt({m_widget->overviewXOf(micros(time)), y}); };
    QVERIFY2(tip(20'000).contains(QLatin1String("Steady-state window: ")), qPrintable(tip(20'000)));
    QVERIFY2(tip(50'000).contains(QLatin1String("A lull")), qPrintable(tip(50'000)));
    const QString second = tip(72'000);
    QVERIFY2(second.contains(QLatin1String("Runner-up")), qPrintable(second));
    QVERIFY2(second.contains(QLatin1String("not the longest run")), qPrintable(second));

    QVERIFY(m_document->runnerUpWindow() && !m_document->isRunnerUpWindow());
    m_document->setRunnerUpWindow();
    QVERIFY(m_document->isRunnerUpWindow() && !m_document->isAutomaticWindow());
    QVERIFY(!window().overlaps({micros(0), micros(60'000)}));
    const auto* const overview = m_widget->findChild<OverviewBar*>();
    QVERIFY2(overview->windowText().startsWith(QLatin1String("runner-up window")),
             qPrintable(overview->windowText()));
    QVERIFY(!overview->marks().empty());
    m_document->setIndex(testing::smallIndex(1, 60));
    QVERIFY(!m_document->runnerUpWindow());
}

void TestTimelineWidget::aDotUnderTheMouseLightsItsStep()
{
    const StepIndex& steps = m_document->index()->device(DeviceId(0)).steps;
    m_widget->showRange({micros(5000), micros(12000)});
    Mouse mouse(*m_widget);
    const QRect strip = m_widget->cadenceRect();
    int lit = 0;
    // Down along the begin of a step: lit where its dot is, and nowhere else.
    const TimeRange step = steps.steps[8].range;
    for (int y = strip.top(); y < strip.bottom(); ++y) {
        mouse.move({m_widget->xOf(step.begin), y});
        if (const auto light = m_widget->litStepRect()) {
            QVERIFY(std::abs(light->left() - m_widget->xOf(step.begin)) <= 1);
            QVERIFY(std::abs(light->right() + 1 - m_widget->xOf(step.end)) <= 1);
            QCOMPARE(light->top(), strip.top());
            QVERIFY(light->bottom() >= m_widget->lanesRect().bottom()); // through all lanes
            ++lit;
        }
    }
    QVERIFY(lit >= 8 && lit <= 18);
    int dot = strip.top();
    for (; !m_widget->litStepRect(); ++dot)
        mouse.move({m_widget->xOf(step.begin), dot});
    // On the lanes the mouse means a time.
    mouse.move(inLanes(step.begin));
    QVERIFY(!m_widget->litStepRect());
    mouse.move({m_widget->xOf(step.begin), dot});
    QVERIFY(m_widget->litStepRect().has_value());
    m_document->setIndex(nullptr);
    QVERIFY(!m_widget->litStepRect());
}

void TestTimelineWidget::anOutlierSaysWhy()
{
    StepIndex steps;
    for (int i = 0; i < 9; ++i) {
        Step step;
        step.range = {micros(1000 * i), micros(1000 * (i + 1) + (i == 8 ? 900 : 0))};
        steps.steps.push_back(step);
    }
    steps.medianCadence = micros(1000) - micros(0);
    QVERIFY(!stepToolTip(steps, 3).contains(QStringLiteral("outlier")));
    QVERIFY2(stepToolTip(steps, 8).contains(
                 QStringLiteral("an outlier: longer than 1.50 ms, 1.5 times the median")),
             qPrintable(stepToolTip(steps, 8)));
}

QTEST_MAIN(TestTimelineWidget)
#include "tst_timelinewidget.moc"
