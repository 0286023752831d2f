#include "widgets/timeline/boundarylines.h"
#include "widgets/timeline/cadencegeometry.h"
#include "widgets/timeline/columnstack.h"
#include "widgets/timeline/rulerticks.h"
#include "widgets/timeline/steplight.h"
#include "widgets/timeline/windowdrag.h"

#include <QSet>
#include <QTest>

#include <cmath>
#include <random>

using namespace stepscope;

namespace {

constexpr int digitWidth = 7;

int textWidth(const QString& text)
{
    return static_cast<int>(text.size()) * digitWidth;
}

TimeRange nanoseconds(std::int64_t begin, std::int64_t end)
{
    return {timePointAt(begin), timePointAt(end)};
}

/// Steps back to back with the given cadences, from time 0.
StepIndex stepsOf(const std::vector<std::int64_t>& cadences)
{
    StepIndex index;
    std::int64_t at = 0;
    for (const std::int64_t cadence : cadences) {
        Step step;
        step.range = nanoseconds(at, at + cadence);
        index.steps.push_back(step);
        index.boundaries.push_back(step.range.begin);
        at += cadence;
    }
    index.boundaries.push_back(timePointAt(at));
    std::vector<Duration> all;
    for (const std::int64_t cadence : cadences)
        all.emplace_back(cadence);
    index.mixture = findMixture(all);
    std::sort(all.begin(), all.end());
    index.medianCadence = all[all.size() / 2];
    return index;
}

void setKind(StepIndex& index, std::size_t step, StepKind kind)
{
    index.steps[step].kind = kind;
    index.byKind[static_cast<std::size_t>(kind)].push_back(static_cast<std::uint32_t>(step));
}

} // namespace

class TestTimelineGeometry : public QObject {
    Q_OBJECT

private slots:
    void exactTimes_data();
    void exactTimes();
    void ticksAtEveryZoom();
    void rangesAreRounded();
    void stackHeightIsTheShare();
    void nothingVanishesFromAStack_data();
    void nothingVanishesFromAStack();
    void edgesAreFound_data();
    void edgesAreFound();
    void dragsMakeWindows_data();
    void dragsMakeWindows();
    void cadencePoints();
    void cadenceColumnsHoldEveryStep();
    void dotsAreHit();
    void stepsOfAColumnAreHit();
    void theMarkOfAnOutlierIsHit();
    void stepLightCoversTheStep();
    void cadenceScaleHidesNoSpread();
    void cadenceScaleShowsBothKinds();
    void outliersAreOfTheirOwnKind();
    void boundariesNeedRoom();

private:
    void checkTicks(const RulerTicks& ticks, TimeRange view, int width, const TimeReading& reading);
};

void TestTimelineGeometry::exactTimes_data()
{
    QTest::addColumn<qint64>("time");
    QTest::addColumn<qint64>("resolution");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<QString>("text");
    const qint64 second = 1'000'000'000;
    QTest::newRow("5 ms steps") << qint64(4'185'000'000) << qint64(5'000'000) << 7 * second << "4.185 s";
    QTest::newRow("seconds") << qint64(4'000'000'000) << second << 7 * second << "4 s";
    QTest::newRow("ten seconds") << 20 * second << 10 * second << 70 * second << "20 s";
    QTest::newRow("a nanosecond") << qint64(4'185'000'001) << qint64(1) << 7 * second << "4.185 000 001 s";
    QTest::newRow("20 µs steps") << qint64(4'185'120'000) << qint64(20'000) << 7 * second << "4.185 12 s";
    QTest::newRow("short trace") << qint64(8'250'000) << qint64(50'000) << qint64(9'000'000) << "8.25 ms";
    QTest::newRow("tiny trace") << qint64(1'250) << qint64(10) << qint64(9'000) << "1.25 µs";
    QTest::newRow("negative") << qint64(-1'500'000'000) << second / 10 << 7 * second << "-1.5 s";
}

void TestTimelineGeometry::exactTimes()
{
    QFETCH(qint64, time);
    QFETCH(qint64, resolution);
    QFETCH(qint64, length);
    QFETCH(QString, text);
    QString shown = exactTime(timePointAt(time), Duration(resolution), TimeUnit::forTrace(Duration(length)));
    shown.replace(QChar(0x00a0), QLatin1Char(' ')).replace(QChar(0x2009), QLatin1Char(' '));
    QCOMPARE(shown, text);
}

void TestTimelineGeometry::ticksAtEveryZoom()
{
    std::mt19937_64 random(17);
    for (const double trace : {1200e9, 30e9, 1e9, 50e6, 40e3}) {
        const TimeUnit unit = TimeUnit::forTrace(Duration(std::llround(trace)));
        for (double length = trace; length >= 100.0; length /= 1.7) {
            const std::int64_t span = std::llround(length);
            const std::int64_t last = std::llround(trace) - span;
            const std::int64_t begin = std::uniform_int_distribution<std::int64_t>(0, last)(random);
            const TimeRange view = nanoseconds(begin, begin + span);
            const TimePoint zero = timePointAt(std::llround(trace / 3.0) + 7);
            for (const TimeReading& reading :
                 {TimeReading{.unit = unit}, TimeReading{TimeOrigin::Window, unit, zero, 0},
                  TimeReading{TimeOrigin::Utc, unit, TimePoint(), 1'772'719'387'125'000'003}}) {
                for (const int width : {300, 1035, 3800})
                    checkTicks(rulerTicks(view, width, reading, textWidth), view, width, reading);
            }
        }
    }
}

void TestTimelineGeometry::checkTicks(const RulerTicks& ticks, TimeRange view, int width,
                                      const TimeReading& reading)
{
    QSet<QString> labels;
    double freeFrom = -1e9;
    int majors = 0;
    std::size_t inside = 0;
    for (const RulerTick& tick : ticks.ticks) {
        inside += view.begin <= tick.time && tick.time <= view.end ? 1 : 0;
        if (tick.label.isEmpty())
            continue;
        ++majors;
        const std::int64_t count = reading.origin == TimeOrigin::Utc
                                       ? reading.utcOfTrace + nanosecondsOf(tick.time)
                                       : (tick.time - reading.zero).count();
        QCOMPARE(count % ticks.step.count(), 0);
        QCOMPARE(tick.label, reading.text(tick.time, ticks.step));
        QVERIFY2(!labels.contains(tick.label), qPrintable(tick.label));
        labels.insert(tick.label);
        const double x = static_cast<double>((tick.time - view.begin).count()) * width /
                         static_cast<double>(view.duration().count());
        QVERIFY(x >= freeFrom);
        freeFrom = x + textWidth(tick.label);
        QVERIFY(tick.time >= TimePoint());
    }
    QVERIFY(majors >= 1);
    if (width >= 1035)
        QVERIFY2(inside >= 5, qPrintable(QString::number(inside)));
    QVERIFY(ticks.ticks.size() < static_cast<std::size_t>(width) / 4);
}

void TestTimelineGeometry::rangesAreRounded()
{
    const TimeUnit seconds = TimeUnit::forTrace(std::chrono::seconds(7));
    const auto plain = [](QString text) { return text.replace(QChar(0x00a0), QLatin1Char(' ')); };
    QCOMPARE(plain(rangeText(nanoseconds(1'496'000'000, 6'334'999'999), seconds)),
             QStringLiteral("1.50 – 6.33 s"));
    QCOMPARE(plain(rangeText(nanoseconds(0, 629'560'000), seconds)), QStringLiteral("0 – 0.630 s"));
    QCOMPARE(plain(rangeText(nanoseconds(0, 70'000'000'000), seconds)), QStringLiteral("0 – 70.00 s"));
}

void TestTimelineGeometry::stackHeightIsTheShare()
{
    std::mt19937_64 random(23);
    std::uniform_real_distribution<float> uniform(0.0F, 1.0F);
    for (int round = 0; round < 5000; ++round) {
        ColumnCoverage coverage;
        float left = 1.0F;
        for (float& share : coverage.busy) {
            share = uniform(random) < 0.4F ? 0.0F : uniform(random) * left;
            left -= share;
            coverage.total += share;
        }
        const int height = std::uniform_int_distribution<int>(4, 200)(random);
        const int smallest = std::uniform_int_distribution<int>(1, 2)(random);
        const ColumnStack stack = stackOf(coverage, height, smallest);
        const float exact = coverage.total * static_cast<float>(height);
        const float drawn = static_cast<float>(stack.height()) + stack.remainder;
        QVERIFY(std::abs(drawn - exact) <= static_cast<float>(smallest));
        if (exact > static_cast<float>(smallest) && exact < static_cast<float>(height - smallest))
            QVERIFY(std::abs(drawn - exact) < 0.01F);
        for (std::size_t k = 0; k < busyClassCount; ++k)
            QVERIFY(coverage.busy[k] > 0.0F || stack.pixels[k] == 0);
    }
}

void TestTimelineGeometry::nothingVanishesFromAStack_data()
{
    QTest::addColumn<float>("compute");
    QTest::addColumn<float>("comm");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("expectedHeight");
    QTest::newRow("nothing") << 0.0F << 0.0F << 20 << 0;
    QTest::newRow("a sliver of work") << 1e-7F << 0.0F << 20 << 1;
    QTest::newRow("a sliver of idle") << 1.0F - 1e-6F << 0.0F << 20 << 19;
    QTest::newRow("full") << 1.0F << 0.0F << 20 << 20;
    QTest::newRow("half") << 0.5F << 0.0F << 20 << 10;
    QTest::newRow("a sliver of comm in compute") << 0.5F << 0.001F << 20 << 10;
}

void TestTimelineGeometry::nothingVanishesFromAStack()
{
    QFETCH(float, compute);
    QFETCH(float, comm);
    QFETCH(int, height);
    QFETCH(int, expectedHeight);
    ColumnCoverage coverage;
    coverage.busy = {compute, comm, 0.0F, 0.0F};
    coverage.total = compute + comm;
    const ColumnStack stack = stackOf(coverage, height, 1);
    QCOMPARE(stack.height(), expectedHeight);
    if (comm > 0.0F)
        QVERIFY(stack.pixels[1] >= 1);
}

void TestTimelineGeometry::edgesAreFound_data()
{
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("begin");
    QTest::addColumn<double>("end");
    QTest::addColumn<int>("grip");
    QTest::newRow("far") << 50.0 << 10.0 << 100.0 << int(WindowGrip::None);
    QTest::newRow("begin") << 6.0 << 10.0 << 100.0 << int(WindowGrip::Begin);
    QTest::newRow("end") << 105.0 << 10.0 << 100.0 << int(WindowGrip::End);
    QTest::newRow("just outside") << 105.1 << 10.0 << 100.0 << int(WindowGrip::None);
    QTest::newRow("the nearer") << 13.0 << 10.0 << 14.0 << int(WindowGrip::End);
    QTest::newRow("closed, from the left") << 9.0 << 10.0 << 10.0 << int(WindowGrip::Begin);
    QTest::newRow("closed, from the right") << 11.0 << 10.0 << 10.0 << int(WindowGrip::End);
}

void TestTimelineGeometry::edgesAreFound()
{
    QFETCH(double, x);
    QFETCH(double, begin);
    QFETCH(double, end);
    QFETCH(int, grip);
    QCOMPARE(int(edgeNear(x, begin, end, 5.0)), grip);
}

void TestTimelineGeometry::dragsMakeWindows_data()
{
    QTest::addColumn<int>("grip");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    QTest::addColumn<bool>("snaps");
    QTest::addColumn<qint64>("begin");
    QTest::addColumn<qint64>("end");
    // The window is [2000, 5000) in [0, 10000); boundaries lie at whole thousands, 100 attract.
    const auto row = [](const char* name, WindowGrip grip, qint64 from, qint64 to, bool snaps, qint64 begin,
                        qint64 end) {
        QTest::newRow(name) << int(grip) << from << to << snaps << begin << end;
    };
    row("new", WindowGrip::New, 6300, 8200, false, 6300, 8200);
    row("new, to the left", WindowGrip::New, 8200, 6300, false, 6300, 8200);
    row("new, snapping", WindowGrip::New, 6050, 7950, true, 6000, 8000);
    row("new, out of the trace", WindowGrip::New, 6000, 99000, false, 6000, 10000);
    row("begin", WindowGrip::Begin, 2010, 3010, false, 3000, 5000);
    row("begin, taken beside it", WindowGrip::Begin, 1990, 2490, false, 2500, 5000);
    row("begin, snapping", WindowGrip::Begin, 2000, 3070, true, 3000, 5000);
    row("begin, past the end", WindowGrip::Begin, 2000, 7000, false, 5000, 7000);
    row("begin, before the trace", WindowGrip::Begin, 2000, -5000, false, 0, 5000);
    row("end", WindowGrip::End, 5000, 4500, false, 2000, 4500);
    row("end, before the begin", WindowGrip::End, 5000, 500, false, 500, 2000);
    row("middle", WindowGrip::Middle, 3000, 3700, false, 2700, 5700);
    row("middle, snapping", WindowGrip::Middle, 3000, 3930, true, 3000, 6000);
    row("middle, against the end", WindowGrip::Middle, 3000, 99000, false, 7000, 10000);
    row("middle, against the begin", WindowGrip::Middle, 3000, -99000, true, 0, 3000);
}

void TestTimelineGeometry::dragsMakeWindows()
{
    QFETCH(int, grip);
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    QFETCH(bool, snaps);
    QFETCH(qint64, begin);
    QFETCH(qint64, end);
    const auto snap = [snaps](TimePoint time) {
        const std::int64_t at = nanosecondsOf(time);
        const std::int64_t nearest = (at + 500) / 1000 * 1000;
        return snaps && std::abs(nearest - at) <= 100 ? timePointAt(nearest) : time;
    };
    WindowDrag drag;
    QVERIFY(!drag.isActive());
    drag.start(static_cast<WindowGrip>(grip), timePointAt(from), nanoseconds(2000, 5000),
               nanoseconds(0, 10000));
    QVERIFY(drag.isActive());
    const TimeRange window = drag.windowAt(timePointAt(to), snap);
    QCOMPARE(nanosecondsOf(window.begin), begin);
    QCOMPARE(nanosecondsOf(window.end), end);
    QCOMPARE(drag.original(), nanoseconds(2000, 5000));
    drag.finish();
    QVERIFY(!drag.isActive());
}

void TestTimelineGeometry::cadencePoints()
{
    StepIndex steps = stepsOf({500, 1000, 1000, 3000, 1000, 1000, 400});
    setKind(steps, 0, StepKind::Edge);
    setKind(steps, 6, StepKind::Edge);
    setKind(steps, 4, StepKind::Prefill);
    const TimeAxis axis{nanoseconds(0, 7900), 100, 790};
    const CadenceGeometry shapes = cadenceGeometry(steps, axis, {Duration(500), Duration(1500)}, 10.0, 110.0);
    QCOMPARE(shapes.columns.size(), 0U);
    QCOMPARE(shapes.blocks.size(), 3U);
    QCOMPARE(shapes.blocks[0].kind, StepKind::Prefill);
    QCOMPARE(shapes.blocks[0].left, 100.0 + 550.0);
    QCOMPARE(shapes.blocks[0].right, 100.0 + 650.0);
    QCOMPARE(shapes.blocks[2].step, 6U);
    QCOMPARE(shapes.points.size(), 4U);
    QCOMPARE(shapes.points[0].x, 150.0);
    QCOMPARE(shapes.points[0].y, 60.0);
    QVERIFY(shapes.points[0].startsLine);
    QVERIFY(!shapes.points[1].startsLine);
    QCOMPARE(shapes.points[2].beyond, 1);
    QVERIFY(shapes.points[2].isOutlier && !shapes.points[1].isOutlier);
    QCOMPARE(shapes.points[2].y, 10.0);
    QVERIFY(shapes.points[3].startsLine); // after the prefill
    QCOMPARE(shapes.points[3].step, 5U);
}

void TestTimelineGeometry::cadenceColumnsHoldEveryStep()
{
    std::mt19937_64 random(29);
    std::vector<std::int64_t> cadences(20000);
    for (std::int64_t& cadence : cadences)
        cadence = std::uniform_int_distribution<std::int64_t>(900, 1100)(random);
    cadences[777] = 5000;
    const StepIndex steps = stepsOf(cadences);
    const TimeAxis axis{{timePointAt(0), steps.boundaries.back()}, 0, 800};
    const CadenceGeometry shapes = cadenceGeometry(steps, axis, {Duration(800), Duration(1200)}, 0.0, 100.0);
    QVERIFY(shapes.points.empty());
    QVERIFY(shapes.columns.size() <= 800U);
    QVERIFY(shapes.columns.size() >= 799U);
    int withOutlier = 0;
    for (const CadenceColumn& column : shapes.columns) {
        QVERIFY(column.top <= column.bottom);
        QVERIFY(column.top >= 0.0 && column.bottom <= 100.0);
        withOutlier += column.hasOutlier ? 1 : 0;
    }
    QCOMPARE(withOutlier, 1);
}

void TestTimelineGeometry::dotsAreHit()
{
    StepIndex steps = stepsOf({1000, 1000, 3000, 1000, 1000});
    setKind(steps, 3, StepKind::Prefill);
    const TimeAxis axis{nanoseconds(0, 7000), 100, 700};
    const CadenceScale scale{Duration(500), Duration(1500)};
    const CadenceGeometry shapes = cadenceGeometry(steps, axis, scale, 10.0, 110.0);
    const auto hit = [&](double x, double y) {
        const auto point = cadencePointAt(shapes, steps, axis, scale, 10.0, 110.0, x, y);
        return point ? static_cast<int>(point->step) : -1;
    };
    QCOMPARE(hit(200.0, 60.0), 1);
    QCOMPARE(hit(195.0, 65.0), 1); // left of where its step begins, too
    QCOMPARE(hit(207.9, 60.0), 1);
    QCOMPARE(hit(208.5, 60.0), -1);
    QCOMPARE(hit(200.0, 69.0), -1);
    QCOMPARE(hit(300.0, 10.0), 2);  // on the edge of the scale, where it is drawn
    QCOMPARE(hit(600.0, 60.0), -1); // a prefill has no dot
    QCOMPARE(hit(700.0, 60.0), 4);
}

void TestTimelineGeometry::stepsOfAColumnAreHit()
{
    std::mt19937_64 random(31);
    std::vector<std::int64_t> cadences(6000);
    for (std::int64_t& cadence : cadences)
        cadence = std::uniform_int_distribution<std::int64_t>(850, 1150)(random);
    StepIndex steps = stepsOf(cadences);
    for (std::size_t step = 0; step < cadences.size(); step += 50)
        setKind(steps, step, StepKind::Prefill);
    const TimeAxis axis{{timePointAt(0), steps.boundaries.back()}, 20, 800};
    const CadenceScale scale{Duration(800), Duration(1200)};
    const CadenceGeometry shapes = cadenceGeometry(steps, axis, scale, 0.0, 100.0);
    QVERIFY(!shapes.columns.empty());
    for (int round = 0; round < 500; ++round) {
        const double x = std::uniform_real_distribution<double>(20.0, 820.0)(random);
        const double y = std::uniform_real_distribution<double>(0.0, 100.0)(random);
        double nearest = 1e9;
        double top = 1e9;
        double bottom = -1e9;
        std::optional<std::size_t> expected;
        for (std::size_t step = 0; step < steps.steps.size(); ++step) {
            const double begin = axis.xOf(steps.steps[step].range.begin);
            if (!steps.steps[step].isClean() || std::floor(begin) != std::floor(x))
                continue;
            const double at = 100.0 - scale.positionOf(steps.steps[step].range.duration()) * 100.0;
            top = std::min(top, at);
            bottom = std::max(bottom, at);
            if (std::abs(at - y) < nearest) {
                nearest = std::abs(at - y);
                expected = step;
            }
        }
        if (y < top - 8.0 || y > bottom + 8.0)
            expected.reset();
        const auto point = cadencePointAt(shapes, steps, axis, scale, 0.0, 100.0, x, y);
        QCOMPARE(point.has_value(), expected.has_value());
        if (point)
            QCOMPARE(point->step, *expected);
    }
}

void TestTimelineGeometry::theMarkOfAnOutlierIsHit()
{
    std::vector<std::int64_t> cadences(6000, 1000);
    cadences[3001] = 5000;
    const StepIndex steps = stepsOf(cadences);
    const TimeAxis axis{{timePointAt(0), steps.boundaries.back()}, 20, 800};
    const CadenceScale scale{Duration(800), Duration(1200)};
    const CadenceGeometry shapes = cadenceGeometry(steps, axis, scale, 9.0, 109.0);
    const double mark = std::floor(axis.xOf(steps.steps[3001].range.begin)) + 0.5;
    for (const double beside : {-4.0, 0.0, 4.0}) {
        const auto point = cadencePointAt(shapes, steps, axis, scale, 9.0, 109.0, mark + beside, 12.0);
        QVERIFY(point && point->step == 3001U);
    }
    const auto below = cadencePointAt(shapes, steps, axis, scale, 9.0, 109.0, mark + 4.0, 59.0);
    QVERIFY(below && below->step != 3001U);
    QVERIFY(!cadencePointAt(shapes, steps, axis, scale, 9.0, 109.0, mark + 7.0, 12.0));
}

void TestTimelineGeometry::stepLightCoversTheStep()
{
    const TimeAxis axis{nanoseconds(0, 1000), 100, 1000};
    const QRect area(100, 5, 1000, 40);
    QCOMPARE(stepLight(axis, area, nanoseconds(200, 450), 1.0), QRectF(300, 5, 250, 40));
    QVERIFY(stepLight(axis, area, nanoseconds(1000, 1200), 1.0).isEmpty());
    QVERIFY(stepLight(axis, area, nanoseconds(-50, 0), 1.0).isEmpty());
    const TimeAxis wide{nanoseconds(0, 1'000'000), 100, 1000};
    QCOMPARE(stepLight(wide, area, nanoseconds(5000, 5100), 2.0), QRectF(105, 5, 0.5, 40)); // never nothing
    const QRectF beyond = stepLight(axis, area, nanoseconds(-500, 5000), 1.0);
    QVERIFY(beyond.left() < 100 && beyond.left() > 90 && beyond.right() > 1100 && beyond.right() < 1110);
}

void TestTimelineGeometry::cadenceScaleHidesNoSpread()
{
    DurationSpread spread;
    spread.p10 = Duration(12'960'000);
    spread.median = Duration(13'100'000);
    spread.p90 = Duration(13'310'000);
    const CadenceScale scale = cadenceScale({Duration(13'000'000), Duration(13'200'000)}, spread, {});
    QVERIFY(scale.low < spread.p10 && scale.high > spread.p90);
    QVERIFY(scale.positionOf(spread.median) > 0.2 && scale.positionOf(spread.median) < 0.8);
    // A long prefill phase elsewhere does not flatten the strip.
    const CadenceScale bounded = cadenceScale({Duration(13'000'000), Duration(900'000'000)}, spread, {});
    QVERIFY(bounded.high < spread.median * 2);
    QVERIFY(cadenceScale({}, {}, {}).isEmpty());
}

/// Steps of 4 and of 8 ms in turn, 13 among the longer and 6.5 among the shorter ones.
StepIndex twoKinds()
{
    std::vector<std::int64_t> cadences;
    for (int i = 0; i < 100; ++i)
        cadences.push_back((i % 2 == 0 ? 4'000'000 : 8'000'000) + i * 100);
    cadences[20] = 6'500'000;
    cadences[51] = 13'000'000;
    return stepsOf(cadences);
}

void TestTimelineGeometry::cadenceScaleShowsBothKinds()
{
    const StepIndex steps = twoKinds();
    QVERIFY(steps.mixture);
    // A window on one kind alone does not hide the other one.
    for (const std::int64_t only : {4'000'000, 8'000'000}) {
        DurationSpread window;
        window.p10 = window.median = window.p90 = Duration(only);
        const CadenceScale scale = cadenceScale(usualCadences(steps), window, steps.mixture);
        for (const Duration kind : {Duration(4'000'000), Duration(8'000'000)})
            QVERIFY(scale.positionOf(kind) > 0.1 && scale.positionOf(kind) < 0.9);
    }
    // Without one the longer steps are what they were: beyond 1.5 medians.
    DurationSpread window;
    window.p10 = window.median = window.p90 = Duration(4'000'000);
    QVERIFY(cadenceScale(usualCadences(steps), window, {}).high < Duration(8'000'000));
}

void TestTimelineGeometry::outliersAreOfTheirOwnKind()
{
    StepIndex steps = twoKinds();
    const TimeAxis wide{{timePointAt(0), steps.boundaries.back()}, 0, 1000};
    const CadenceScale scale{Duration(1'000'000), Duration(15'000'000)};
    const TimeAxis narrow{wide.range, 0, 60};
    const auto outliers = [&](const TimeAxis& axis) {
        const CadenceGeometry shapes = cadenceGeometry(steps, axis, scale, 0.0, 100.0);
        return std::count_if(shapes.points.begin(), shapes.points.end(),
                             [](const CadencePoint& point) { return point.isOutlier; }) +
               std::count_if(shapes.columns.begin(), shapes.columns.end(),
                             [](const CadenceColumn& column) { return column.hasOutlier; });
    };
    const auto expected = std::count_if(steps.steps.begin(), steps.steps.end(), [&](const Step& step) {
        return isOutlier(step.range.duration(), steps.medianCadence, steps.mixture);
    });
    QVERIFY(expected == 1 || expected == 2);
    QCOMPARE(outliers(wide), expected);
    QCOMPARE(outliers(narrow), expected);
    // By one median for all, half of the steps would be outliers.
    steps.mixture.reset();
    steps.medianCadence = Duration(4'000'000);
    QVERIFY(outliers(wide) >= 50);
}

void TestTimelineGeometry::boundariesNeedRoom()
{
    const StepIndex steps = stepsOf(std::vector<std::int64_t>(100, 1000));
    const TimeRange all = nanoseconds(0, 100'000);
    QCOMPARE(visibleBoundaries(steps, {all, 0, 500}).size(), 101U);
    QCOMPARE(visibleBoundaries(steps, {all, 0, 300}).size(), 0U);
    QCOMPARE(visibleBoundaries(steps, {nanoseconds(10'500, 13'500), 0, 300}).size(), 3U);
}

QTEST_APPLESS_MAIN(TestTimelineGeometry)
#include "tst_timelinegeometry.moc"
