#include "core/analysis/steadychoice.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace stepscope;

namespace {

Duration milliseconds(std::int64_t count)
{
    return std::chrono::milliseconds(count);
}

/// Steps one after another from `begin`, made by describing them.
class StepRow {
public:
    explicit StepRow(TimePoint begin) : m_at(begin) {}

    StepRow& add(std::size_t count, StepKind kind = StepKind::Decode, std::uint32_t operations = 40,
                 std::int64_t batch = 1, Duration length = milliseconds(5))
    {
        for (std::size_t i = 0; i < count; ++i) {
            Step step;
            step.range = {m_at, m_at + length};
            step.kind = kind;
            step.lastRow = operations;
            step.tokens = StepTokens{0, 0, batch, batch};
            m_steps.push_back(step);
            m_at += length;
        }
        return *this;
    }
    const std::vector<Step>& steps() const { return m_steps; }
    TimePoint end() const { return m_at; }

private:
    TimePoint m_at;
    std::vector<Step> m_steps;
};

QList<int> reasonsOf(const SteadyChoice& choice)
{
    QList<int> reasons;
    for (const LeftOut& part : choice.leftOut)
        reasons.append(static_cast<int>(part.reason));
    return reasons;
}

QList<int> listOf(std::initializer_list<LeftOutReason> reasons)
{
    QList<int> list;
    for (const LeftOutReason reason : reasons)
        list.append(static_cast<int>(reason));
    return list;
}

} // namespace

class TestSteadyChoice : public QObject {
    Q_OBJECT

private slots:
    void namesEveryReason()
    {
        StepRow row(timePointAt(1'000'000));
        row.add(1, StepKind::Edge, 10).add(20).add(2, StepKind::Prefill).add(30).add(1, StepKind::Lull);
        row.add(10, StepKind::Decode, 40, 4).add(2, StepKind::Decode, 60).add(3, StepKind::Mixed);
        row.add(1, StepKind::Edge);
        const TimeRange extent{timePointAt(0), row.end() + milliseconds(7)};
        const SteadyChoice choice = chooseSteady(row.steps(), extent);
        QVERIFY(choice.suggestion && choice.runnerUp);
        QCOMPARE(choice.suggestion->steps, std::size_t{29});
        QVERIFY(choice.suggestion->window.begin == row.steps()[24].range.begin);
        QCOMPARE(choice.runnerUp->steps, std::size_t{19});
        QVERIFY(choice.runnerUp->window.begin == row.steps()[2].range.begin);
        QCOMPARE(reasonsOf(choice),
                 listOf({LeftOutReason::OutsideWork, LeftOutReason::Edge, LeftOutReason::ShorterRun,
                         LeftOutReason::Prefill, LeftOutReason::FirstOfRun, LeftOutReason::Lull,
                         LeftOutReason::OtherBatch, LeftOutReason::OperationCount, LeftOutReason::Mixed,
                         LeftOutReason::Edge, LeftOutReason::OutsideWork}));
        QCOMPARE(choice.leftOut[2].steps, std::size_t{20});
        QCOMPARE(choice.leftOut[3].steps, std::size_t{2});
    }

    void cutsALongRun()
    {
        StepRow row(timePointAt(0));
        row.add(300, StepKind::Decode, 40, 1, milliseconds(50)); // 15 s
        const SteadyChoice choice = chooseSteady(row.steps(), {timePointAt(0), row.end()});
        QCOMPARE(choice.suggestion->steps, std::size_t{200});
        QVERIFY(choice.suggestion->window.duration() == std::chrono::seconds(10));
        QVERIFY(!choice.runnerUp);
        QCOMPARE(reasonsOf(choice), listOf({LeftOutReason::FirstOfRun, LeftOutReason::CutToLength}));
        QCOMPARE(choice.leftOut.back().steps, std::size_t{99});
    }

    void theEarlierOfEqualRuns()
    {
        StepRow row(timePointAt(0));
        row.add(10).add(1, StepKind::Lull).add(10);
        const SteadyChoice choice = chooseSteady(row.steps(), {timePointAt(0), row.end()});
        QVERIFY(choice.suggestion->window.begin == row.steps()[1].range.begin);
        QVERIFY(choice.runnerUp->window.begin == row.steps()[12].range.begin);
    }

    void tooFewSteps()
    {
        StepRow row(timePointAt(0));
        row.add(3);
        const SteadyChoice choice = chooseSteady(row.steps(), {timePointAt(0), row.end()});
        QVERIFY(!choice.suggestion && !choice.runnerUp);
        QCOMPARE(reasonsOf(choice), listOf({LeftOutReason::ShorterRun}));
        const SteadyChoice none = chooseSteady({}, {timePointAt(0), timePointAt(5)});
        QVERIFY(!none.suggestion);
        QCOMPARE(reasonsOf(none), listOf({LeftOutReason::NoSteps}));
    }

    /// Suggestion and parts cover the extent once, whatever the steps are.
    void coversTheExtent()
    {
        std::mt19937 random(11);
        const auto pick = [&random](int low, int high) {
            return std::uniform_int_distribution<int>(low, high)(random);
        };
        for (int round = 0; round < 2000; ++round) {
            StepRow row(timePointAt(pick(0, 3)));
            for (int part = pick(0, 8); part >= 0; --part)
                row.add(static_cast<std::size_t>(pick(1, 9)), static_cast<StepKind>(pick(0, 4)),
                        static_cast<std::uint32_t>(pick(0, 3) == 0 ? 90 : 40), pick(1, 2),
                        milliseconds(pick(0, 20) == 0 ? 4000 : 3));
            const TimeRange extent{timePointAt(0), row.end() + Duration(pick(0, 2))};
            const SteadyChoice choice = chooseSteady(row.steps(), extent);
            std::vector<TimeRange> parts;
            std::size_t steps = choice.suggestion ? choice.suggestion->steps : 0;
            for (const LeftOut& part : choice.leftOut) {
                parts.push_back(part.range);
                steps += part.steps;
            }
            if (choice.suggestion)
                parts.push_back(choice.suggestion->window);
            std::sort(parts.begin(), parts.end(),
                      [](const TimeRange& a, const TimeRange& b) { return a.begin < b.begin; });
            QCOMPARE(steps, row.steps().size());
            QVERIFY(parts.front().begin == extent.begin && parts.back().end == extent.end);
            for (std::size_t i = 1; i < parts.size(); ++i)
                QVERIFY(parts[i].begin == parts[i - 1].end);
        }
    }
};

QTEST_APPLESS_MAIN(TestSteadyChoice)
#include "tst_steadychoice.moc"
