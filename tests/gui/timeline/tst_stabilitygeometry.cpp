#include "widgets/timeline/leftoutmarks.h"
#include "widgets/timeline/stabilitygeometry.h"
#include "widgets/timeline/stepblocks.h"

#include "core/lod/pixelcoverage.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace stepscope;

namespace {

/// Loops with every kind of step, of random lengths, some with a batch.
class RandomLoop {
public:
    explicit RandomLoop(unsigned seed) : m_random(seed) {}

    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    StepIndex steps(int count)
    {
        StepIndex index;
        TimePoint at = timePointAt(pick(0, 5000));
        std::int64_t batch = pick(-1, 4);
        for (int i = 0; i < count; ++i) {
            Step step;
            step.range = {at, at + Duration(pick(0, 9) == 0 ? pick(1, 90'000) : pick(900, 1100))};
            step.kind = pick(0, 7) == 0 ? static_cast<StepKind>(pick(1, 4)) : StepKind::Decode;
            batch = pick(0, 20) == 0 ? pick(-1, 4) : batch;
            if (batch >= 0)
                step.tokens = StepTokens{0, 0, batch, batch};
            step.lastRow = 40;
            at = step.range.end;
            index.byKind[static_cast<std::size_t>(step.kind)].push_back(static_cast<std::uint32_t>(i));
            index.steps.push_back(step);
        }
        index.medianCadence = Duration(1000);
        return index;
    }
    TimeAxis axisOver(const StepIndex& index)
    {
        const std::int64_t end = nanosecondsOf(index.steps.back().range.end) + 2000;
        const std::int64_t length = std::max<std::int64_t>(end / (1LL << pick(0, 9)), 700);
        const std::int64_t begin =
            std::uniform_int_distribution<std::int64_t>(0, std::max<std::int64_t>(end - length, 0))(m_random);
        return {{timePointAt(begin), timePointAt(begin + length)}, 150, pick(20, 900)};
    }

private:
    std::mt19937 m_random;
};

/// From their definition: the steps that touch `range`, one by one.
StabilityBar barOver(const Stability& stability, TimeRange range)
{
    StabilityBar bar;
    for (const StepStability& step : stability.steps) {
        if (step.range.end <= range.begin || step.range.begin >= range.end)
            continue;
        if (step.kind == StepKind::Decode)
            bar.spread = std::max(bar.spread, step.spread);
        if (step.batch >= 0) {
            bar.leastBatch = bar.mostBatch < 0 ? step.batch : std::min(bar.leastBatch, step.batch);
            bar.mostBatch = std::max(bar.mostBatch, step.batch);
        }
    }
    return bar;
}

} // namespace

class TestStabilityGeometry : public QObject {
    Q_OBJECT

private slots:
    void barsEqualBruteForce();
    void blocksHoldEveryStepApart();
    void everyPartIsInOneMark();
    void marksCoverWhatTheSuggestionDoesNot();
    void wordsKeepApart();
    void widerMarksSpeakFirst();
};

void TestStabilityGeometry::barsEqualBruteForce()
{
    RandomLoop loop(7);
    int asColumns = 0;
    for (int round = 0; round < 60; ++round) {
        const StepIndex loopSteps = loop.steps(loop.pick(1, 1500));
        const StabilityRanges shown(stabilityOf(loopSteps));
        const TimeAxis axis = loop.axisOver(loopSteps);
        const std::vector<StabilityBar> bars = stabilityBars(shown, axis);
        QVERIFY(bars.size() <= static_cast<std::size_t>(axis.width));
        const auto [first, last] = shown.touching(axis.range);
        if (last - first <= static_cast<std::size_t>(axis.width)) {
            QCOMPARE(bars.size(), last - first);
            for (std::size_t i = 0; i < bars.size(); ++i) {
                StabilityBar expected = barOver(shown.stability(), loopSteps.steps[first + i].range);
                expected.left = std::max(axis.xOf(loopSteps.steps[first + i].range.begin), double(axis.left));
                expected.right =
                    std::min(axis.xOf(loopSteps.steps[first + i].range.end), double(axis.right()));
                QVERIFY(bars[i] == expected);
            }
            continue;
        }
        ++asColumns;
        auto bar = bars.begin();
        for (int column = 0; column < axis.width; ++column) {
            const TimeRange range = columnRange(axis.range, static_cast<std::size_t>(axis.width),
                                                static_cast<std::size_t>(column));
            StabilityBar expected = barOver(shown.stability(), range);
            expected.left = axis.left + column;
            expected.right = expected.left + 1.0;
            const bool isEmpty =
                std::none_of(loopSteps.steps.begin(), loopSteps.steps.end(), [&](const Step& step) {
                    return step.range.end > range.begin && step.range.begin < range.end;
                });
            if (!isEmpty)
                QVERIFY(*bar++ == expected);
        }
        QVERIFY(bar == bars.end());
    }
    QVERIFY(asColumns > 5);
    QVERIFY(stabilityBars({}, {{timePointAt(0), timePointAt(10)}, 0, 10}).empty());
}

void TestStabilityGeometry::blocksHoldEveryStepApart()
{
    RandomLoop loop(17);
    for (int round = 0; round < 60; ++round) {
        const StepIndex steps = loop.steps(loop.pick(1, 1500));
        const TimeAxis axis = loop.axisOver(steps);
        const std::vector<StepBlock> blocks = stepBlocks(steps, axis);
        QVERIFY(blocks.size() <= 4U * static_cast<std::size_t>(axis.width + 2));
        for (const Step& step : steps.steps) {
            if (step.isClean() || step.range.end <= axis.range.begin || step.range.begin > axis.range.end)
                continue;
            const double left = axis.xOf(step.range.begin);
            const double right = axis.xOf(step.range.end);
            QVERIFY(std::any_of(blocks.begin(), blocks.end(), [&](const StepBlock& block) {
                return block.kind == step.kind && block.left <= left + 1e-6 && block.right >= right - 1e-6;
            }));
        }
    }
}

void TestStabilityGeometry::everyPartIsInOneMark()
{
    RandomLoop loop(23);
    for (int round = 0; round < 60; ++round) {
        const StepIndex steps = loop.steps(loop.pick(1, 1500));
        const TimeRange extent{timePointAt(0), steps.steps.back().range.end + Duration(3000)};
        const SteadyChoice choice = chooseSteady(steps.steps, extent);
        const TimeAxis axis{extent, 150, loop.pick(20, 900)};
        const std::vector<LeftOutMark> marks = leftOutMarks(choice.leftOut, axis);
        std::size_t next = 0;
        for (const LeftOutMark& mark : marks) {
            QCOMPARE(mark.first, next);
            QVERIFY(mark.last > mark.first);
            next = mark.last;
            QVERIFY(mark.right >= mark.left + 1.0);
            QVERIFY(mark.left <= axis.xOf(choice.leftOut[mark.first].range.begin) + 1e-6);
            QVERIFY(mark.right >= axis.xOf(choice.leftOut[mark.last - 1].range.end) - 1e-6);
            if (mark.isFolded())
                QVERIFY(mark.right - mark.left < 1.0 + 1e-6);
        }
        QCOMPARE(next, choice.leftOut.size());
        QVERIFY(marks.size() <= 2U * static_cast<std::size_t>(axis.width) + 2U);
    }
}

void TestStabilityGeometry::marksCoverWhatTheSuggestionDoesNot()
{
    RandomLoop loop(29);
    int withSuggestion = 0;
    for (int round = 0; round < 60; ++round) {
        const StepIndex steps = loop.steps(loop.pick(10, 600));
        const TimeRange extent{timePointAt(0), steps.steps.back().range.end + Duration(3000)};
        const SteadyChoice choice = chooseSteady(steps.steps, extent);
        withSuggestion += choice.suggestion ? 1 : 0;
        const TimeAxis axis{extent, 150, 800};
        const std::vector<LeftOutMark> marks = leftOutMarks(choice.leftOut, axis);
        for (double x = axis.left + 0.5; x < axis.right(); x += 1.0) {
            const bool isMarked = std::any_of(marks.begin(), marks.end(), [x](const LeftOutMark& mark) {
                return mark.left <= x && x < mark.right;
            });
            const bool isIn = choice.suggestion && x >= axis.xOf(choice.suggestion->window.begin) &&
                              x < axis.xOf(choice.suggestion->window.end);
            const LeftOut* part = choice.leftOutAt(axis.timeAt(x));
            QVERIFY(isMarked || isIn);
            QCOMPARE(part != nullptr,
                     !choice.suggestion || !choice.suggestion->window.contains(axis.timeAt(x)));
        }
    }
    QVERIFY(withSuggestion > 20);
}

void TestStabilityGeometry::wordsKeepApart()
{
    RandomLoop loop(31);
    const QRectF row(100.0, 4.0, 800.0, 15.0);
    for (int round = 0; round < 300; ++round) {
        std::vector<MarkLabel> labels;
        for (int i = loop.pick(0, 30); i > 0; --i)
            labels.push_back(
                {double(loop.pick(100, 899)), double(loop.pick(1, 200)), double(loop.pick(20, 80))});
        const std::vector<QRectF> taken{{double(loop.pick(100, 600)), 4.0, 150.0, 15.0}};
        const std::vector<MarkWord> words = placeWords(labels, row, taken, 6.0);
        for (std::size_t i = 0; i < words.size(); ++i) {
            QVERIFY(row.contains(words[i].place));
            QVERIFY(!words[i].place.intersects(taken.front()));
            for (std::size_t k = 0; k < i; ++k)
                QVERIFY(!words[i].place.intersects(words[k].place));
        }
    }
}

void TestStabilityGeometry::widerMarksSpeakFirst()
{
    const QRectF row(0.0, 0.0, 300.0, 10.0);
    const std::vector<MarkLabel> labels{{10.0, 3.0, 50.0}, {20.0, 200.0, 60.0}, {200.0, 2.0, 40.0}};
    const std::vector<MarkWord> words = placeWords(labels, row, {}, 4.0);
    QCOMPARE(words.size(), 2U);
    QCOMPARE(words[0].label, 1U);
    QCOMPARE(words[1].label, 2U); // it runs on past its narrow mark
    // A wide mark says its word where there is room for it.
    const std::vector<MarkWord> moved = placeWords({labels[1]}, row, {QRectF(0.0, 0.0, 100.0, 10.0)}, 4.0);
    QCOMPARE(moved.size(), 1U);
    QCOMPARE(moved[0].place.left(), 104.0);
    QVERIFY(placeWords({labels[1]}, row, {QRectF(0.0, 0.0, 170.0, 10.0)}, 4.0).empty());
}

QTEST_APPLESS_MAIN(TestStabilityGeometry)
#include "tst_stabilitygeometry.moc"
