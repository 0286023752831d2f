#include "app/bottomtabs.h"
#include "app/mainwindow.h"
#include "app/recentfiles.h"
#include "app/settings.h"
#include "app/tracepage.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/panels/areapanel.h"
#include "widgets/panels/detaillines.h"
#include "widgets/panels/detailpanel.h"
#include "widgets/panels/detailvalue.h"
#include "widgets/panels/selectionpanel.h"
#include "widgets/timeline/timelinewidget.h"
#include "widgets/viewmodel/areafigures.h"
#include "widgets/viewmodel/areaselection.h"
#include "widgets/viewmodel/areatext.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/spanselection.h"
#include "widgets/viewmodel/timelineviewport.h"
#include "widgets/viewmodel/tracedocument.h"
#include "widgets/viewmodel/traceloader.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMouseEvent>
#include <QPushButton>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace stepscope;

namespace {

constexpr std::int64_t micro = 1000;

TimePoint micros(std::int64_t count)
{
    return timePointAt(count * micro);
}

/// Linear between order statistics.
Duration percentile(std::vector<Duration> lengths, double share)
{
    std::sort(lengths.begin(), lengths.end());
    const double position = share * static_cast<double>(lengths.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const Duration low = lengths[below];
    const Duration high = lengths[std::min(below + 1, lengths.size() - 1)];
    return low + Duration(std::llround((position - std::floor(position)) *
                                       static_cast<double>((high - low).count())));
}

} // namespace

/// An area of the lanes, drawn with Shift through the real window.
class TestArea : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void dragSumsUp();
    void lanesBetweenPressAndRelease();
    void followsTheView();
    void survivesCollapsing();
    void escapeCancelsAndClears();
    void clickAndSpanClear();
    void keysSelect();
    void anotherTraceClears();
    void nameLeadsToItsLongest();
    void copiesEverything();

private:
    const TracePage& page() const { return m_window->tracePage(); }
    TraceDocument& document() { return *m_window->findChild<TraceDocument*>(); }
    TimelineWidget& timeline() { return page().timeline(); }
    const AreaRef& area() { return page().areas().current(); }
    const AreaStatistics& numbers()
    {
        page().areaFigures().waitForFinished();
        return page().areaFigures().numbers().statistics;
    }
    QPoint at(std::int64_t time, int height)
    {
        return {timeline().xOf(micros(time)), timeline().lanesRect().top() + height};
    }
    void send(QEvent::Type type, QPoint at, Qt::KeyboardModifiers modifiers);
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = Qt::ShiftModifier);

    std::unique_ptr<AppTheme> m_theme;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<RecentFiles> m_recent;
    std::unique_ptr<TraceLoader> m_loader;
    std::unique_ptr<MainWindow> m_window;
};

void TestArea::initTestCase()
{
    QCoreApplication::setApplicationName(QStringLiteral("tst_area"));
    QCoreApplication::setOrganizationName(QStringLiteral("stepscope"));
    QLocale::setDefault(QLocale::c());
    m_theme = std::make_unique<AppTheme>(*qApp);
}

void TestArea::init()
{
    m_settings = std::make_unique<Settings>();
    m_settings->store().clear();
    m_recent = std::make_unique<RecentFiles>(m_settings->store());
    m_loader = std::make_unique<TraceLoader>();
    m_window = std::make_unique<MainWindow>(*m_settings, *m_recent, *m_loader, *m_theme);
    m_window->resize(1600, 1000);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    document().setIndex(testing::smallIndex(2, 60));
    QTest::qWait(20); // laid out
    timeline().showRange({micros(10'000), micros(30'000)});
    document().setWindow({micros(15'000), micros(20'000)});
}

void TestArea::cleanup()
{
    m_window.reset();
    m_loader.reset();
    m_recent.reset();
    m_settings.reset();
}

void TestArea::send(QEvent::Type type, QPoint at, Qt::KeyboardModifiers modifiers)
{
    QWidget* const lanes = timeline().childAt(timeline().lanesRect().center());
    const QPointF local = at - lanes->pos();
    const bool isMove = type == QEvent::MouseMove;
    QMouseEvent event(type, local, lanes->mapToGlobal(local), isMove ? Qt::NoButton : Qt::LeftButton,
                      type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, modifiers);
    QApplication::sendEvent(lanes, &event);
}

void TestArea::drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers)
{
    send(QEvent::MouseButtonPress, from, modifiers);
    send(QEvent::MouseMove, (from + to) / 2, modifiers);
    send(QEvent::MouseMove, to, modifiers);
    send(QEvent::MouseButtonRelease, to, modifiers);
}

void TestArea::dragSumsUp()
{
    const TimeRange window = document().window();
    const int whole = timeline().lanesRect().height() - 2;
    drag(at(17'100, 5), at(25'350, whole)); // all lanes, from within a kernel to between steps
    QVERIFY(!area().isNone());
    QVERIFY(document().window() == window); // it measures nothing
    QVERIFY(std::abs((area().range.begin - micros(17'100)).count()) < 20 * micro);
    QVERIFY(std::abs((area().range.end - micros(25'350)).count()) < 20 * micro);
    QCOMPARE(area().lanes.size(), page().lanes().lanes().size());
    QCOMPARE(page().tabs().current(), static_cast<const QWidget*>(&page().selectionPanel()));
    QCOMPARE(page().selectionPanel().currentWidget(), static_cast<QWidget*>(&page().selectionPanel().area()));

    const Trace& trace = document().index()->trace();
    const TimeRange range = area().range;
    std::vector<Duration> lengths;
    Duration work = Duration::zero();
    Duration busy = Duration::zero();
    for (const Device& device : trace.devices()) {
        for (std::size_t row = 0; row < device.activities.size(); ++row) {
            const TimeRange span = device.activities.range(row);
            busy += span.intersected(range).duration(); // of one device they do not overlap
            if (!range.contains(span.begin))
                continue;
            lengths.push_back(span.duration());
            work += span.duration();
        }
    }
    Duration total = work;
    for (std::size_t call = 0; call < trace.calls().size(); ++call) {
        if (!range.contains(trace.calls().begin(call)))
            continue;
        lengths.push_back(trace.calls().range(call).duration());
        total += lengths.back();
    }
    const AreaStatistics& found = numbers();
    QVERIFY(lengths.size() > 80);
    QCOMPARE(found.all.count, lengths.size());
    QCOMPARE(found.all.total, total);
    QCOMPARE(found.work.total, work);
    QCOMPARE(found.busy, busy);
    QCOMPARE(found.spread.median, percentile(lengths, 0.5));
    QCOMPARE(found.spread.p90, percentile(lengths, 0.9));
    QCOMPARE(found.spread.p99, percentile(lengths, 0.99));
    const auto figures = areatext::figures(page().areaFigures().numbers());
    QVERIFY(figures[0].value.startsWith(QLocale().toString(static_cast<qulonglong>(lengths.size()))));
    QCOMPARE(figures[0].label, QStringLiteral("spans"));
}

void TestArea::lanesBetweenPressAndRelease()
{
    // From the second listed lane up to the head: whole lanes, whichever way it is drawn.
    const QRect head = timeline().laneRect(DeviceId(0));
    const int second = head.bottom() + 12 - timeline().lanesRect().top();
    drag(at(20'000, second), at(12'000, 6));
    QCOMPARE(area().lanes.size(), 2U);
    QVERIFY(area().lanes[0].isOf(page().lanes().lanes()[0]));
    QVERIFY(area().lanes[1].isOf(page().lanes().lanes()[1]));
    QCOMPARE(timeline().areaRect().top(), timeline().lanesRect().top());
    QVERIFY(timeline().areaRect().bottom() > head.bottom());
    // Another one takes its place; one that trembles is a click.
    drag(at(12'000, 6), at(14'000, 7));
    QCOMPARE(area().lanes.size(), 1U);
    drag(at(16'500, 6), at(16'500, 6) + QPoint(2, 0));
    QVERIFY(area().isNone());
}

void TestArea::followsTheView()
{
    drag(at(17'000, 6), at(22'000, 7));
    const AreaRef drawn = area();
    timeline().showRange({micros(16'000), micros(40'000)});
    QVERIFY(area() == drawn);
    QVERIFY(std::abs(timeline().areaRect().left() - timeline().xOf(drawn.range.begin)) <= 1);
    QVERIFY(std::abs(timeline().areaRect().right() - timeline().xOf(drawn.range.end)) <= 2);
    timeline().showRange({micros(40'000), micros(50'000)});
    QVERIFY(timeline().areaRect().isEmpty());
    QVERIFY(area() == drawn);
}

void TestArea::survivesCollapsing()
{
    // The stream of the first device alone: out of sight with its group, and there again with it.
    const auto& lanes = page().lanes().lanes();
    const auto stream = std::find_if(lanes.begin(), lanes.end(),
                                     [](const Lane& lane) { return lane.kind == LaneKind::Stream; });
    QVERIFY(stream != lanes.end());
    const auto number = static_cast<std::size_t>(stream - lanes.begin());
    page().areas().select(AreaRef::of(lanes, number, number + 1, {micros(17'000), micros(22'000)}));
    const SpanSums before = numbers().all;
    QCOMPARE(before.count, 15U);
    const QRect seen = timeline().areaRect();
    QVERIFY(seen.top() > timeline().laneRect(DeviceId(0)).bottom());
    page().lanes().setExpanded(QStringLiteral("device:0"), false);
    QVERIFY(timeline().areaRect().isEmpty());
    QVERIFY(!area().isNone());
    QVERIFY(numbers().all == before);
    page().lanes().setExpanded(QStringLiteral("device:0"), true);
    QCOMPARE(timeline().areaRect(), seen);

    // Lanes that join the list between those of an area are none of it.
    page().lanes().setExpanded(QStringLiteral("device:0"), false);
    drag(at(17'000, 6), {timeline().xOf(micros(22'000)), timeline().laneRect(DeviceId(1)).center().y()});
    QCOMPARE(area().lanes.size(), 2U);
    const SpanSums ofHeads = numbers().all;
    page().lanes().setExpanded(QStringLiteral("device:0"), true);
    QCOMPARE(area().lanes.size(), 2U);
    QVERIFY(numbers().all == ofHeads);
    QVERIFY(timeline().areaRect().contains(timeline().laneRect(DeviceId(1)).center()));
}

void TestArea::escapeCancelsAndClears()
{
    drag(at(12'000, 6), at(14'000, 7));
    const AreaRef first = area();
    QVERIFY(!first.isNone());
    send(QEvent::MouseButtonPress, at(16'000, 6), Qt::ShiftModifier);
    send(QEvent::MouseMove, at(20'000, 7), Qt::ShiftModifier);
    QVERIFY(timeline().isDragging());
    QTest::keyClick(&timeline(), Qt::Key_Escape);
    send(QEvent::MouseButtonRelease, at(20'000, 7), Qt::ShiftModifier);
    QVERIFY(area() == first); // the drag alone is undone
    QTest::keyClick(&timeline(), Qt::Key_Escape);
    QVERIFY(area().isNone());
    QVERIFY(timeline().areaRect().isEmpty());
    QVERIFY(page().areaFigures().numbers().isNone());
    QVERIFY(page().tabs().current() != &page().selectionPanel());
}

void TestArea::clickAndSpanClear()
{
    drag(at(12'000, 6), at(14'000, 7));
    drag(at(16'500, 6), at(16'500, 6), Qt::NoModifier);
    QVERIFY(area().isNone());
    drag(at(12'000, 6), at(14'000, 7));
    page().selection().select({SpanRef::Kind::Operation, DeviceId(0), 3});
    QVERIFY(area().isNone());
    QCOMPARE(page().tabs().current(), static_cast<const QWidget*>(&page().selectionPanel()));
    QVERIFY(!page().detailPanel().details().name.isEmpty());
    drag(at(12'000, 6), at(14'000, 7));
    QVERIFY(page().selection().current().isNone());
    QCOMPARE(page().selectionPanel().currentWidget(), static_cast<QWidget*>(&page().selectionPanel().area()));
}

void TestArea::keysSelect()
{
    QTest::keyClick(m_window.get(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(area().range == document().window());
    QCOMPARE(area().lanes.size(), page().lanes().lanes().size());
    QTest::keyClick(m_window.get(), Qt::Key_A, Qt::ControlModifier);
    QVERIFY(area().range.begin <= micros(10'000));
    QVERIFY(area().range.end >= micros(30'000));
    QVERIFY(area().range.duration() < Duration(30'000 * micro));
    QVERIFY(timeline().hasFocus());
    QTest::keyClick(&timeline(), Qt::Key_Escape);
    QVERIFY(area().isNone());
}

void TestArea::anotherTraceClears()
{
    drag(at(12'000, 6), at(14'000, 7));
    QVERIFY(!area().isNone());
    send(QEvent::MouseButtonPress, at(16'000, 6), Qt::ShiftModifier);
    send(QEvent::MouseMove, at(20'000, 7), Qt::ShiftModifier);
    document().setIndex(testing::smallIndex(1, 10));
    QVERIFY(area().isNone());
    QVERIFY(!timeline().isDragging());
    QVERIFY(timeline().areaRect().isEmpty());
    page().areaFigures().waitForFinished();
    QVERIFY(page().areaFigures().numbers().isNone());
    document().setIndex(nullptr);
    timeline().selectView();
    QVERIFY(area().isNone());
}

void TestArea::nameLeadsToItsLongest()
{
    drag(at(12'500, 6), at(14'500, 7));
    const AreaRef drawn = area();
    const AreaStatistics found = numbers();
    const auto links = page().selectionPanel().area().findChildren<DetailValue*>();
    const auto first = std::find_if(links.begin(), links.end(), [&](const DetailValue* value) {
        return value->isVisible() && value->link() == areatext::spanRefOf(found.names.front().longest);
    });
    QVERIFY(first != links.end());
    QTest::mouseClick(*first, Qt::LeftButton);
    QVERIFY(page().selection().current() == areatext::spanRefOf(found.names.front().longest));
    QVERIFY(area().isNone());
    QVERIFY(timeline().hasFocus()); // Esc and the letters go on where one looks
    // And back, until something else is selected.
    QPushButton* back = nullptr;
    for (QPushButton* const button : page().selectionPanel().findChildren<QPushButton*>())
        back = button->text() == QStringLiteral("Back to the area") ? button : back;
    QVERIFY(back != nullptr && back->isVisible());
    QTest::mouseClick(back, Qt::LeftButton);
    QVERIFY(area() == drawn);
    QVERIFY(!timeline().areaRect().isEmpty());
    QVERIFY(timeline().areaRect().right() < timeline().lanesRect().right()); // all of it is in view
    QVERIFY(timeline().areaRect().left() > timeline().lanesRect().left());
    QVERIFY(timeline().hasFocus());
    page().selection().select({SpanRef::Kind::Operation, DeviceId(0), 3});
    QVERIFY(!back->isVisible());
}

void TestArea::copiesEverything()
{
    drag(at(12'500, 6), at(14'500, 7));
    const AreaStatistics found = numbers();
    const AreaPanel& panel = page().selectionPanel().area();
    QTest::mouseClick(panel.findChild<QPushButton*>(), Qt::LeftButton);
    const QString text = QGuiApplication::clipboard()->text();
    const auto exactly = [](Duration time) {
        return QLocale().toString(static_cast<qlonglong>(time.count())) + QStringLiteral(" ns");
    };
    for (const Duration time : {found.all.total, found.busy, found.spread.median, found.spread.p99})
        QVERIFY2(text.contains(exactly(time)), qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("gemm_kernel")));
    QVERIFY(text.endsWith(contextLine(*document().index())));
}

QTEST_MAIN(TestArea)
#include "tst_area.moc"
