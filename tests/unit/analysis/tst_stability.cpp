#include "core/analysis/stability.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace stepscope;

namespace {

/// Steps one after another; `cadences` in µs.
StepIndex stepsOf(const std::vector<std::int64_t>& cadences)
{
    StepIndex index;
    TimePoint at{};
    for (const std::int64_t cadence : cadences) {
        Step step;
        step.range = {at, at + std::chrono::microseconds(cadence)};
        at = step.range.end;
        index.steps.push_back(step);
    }
    index.medianCadence = std::chrono::microseconds(5000);
    return index;
}

/// From its definition: type 7 percentiles of the clean steps around.
double spreadAround(const StepIndex& index, std::size_t at)
{
    std::vector<double> values;
    for (std::size_t i = at < 8 ? 0 : at - 8; i < std::min(at + 9, index.steps.size()); ++i) {
        if (index.steps[i].isClean())
            values.push_back(static_cast<double>(index.steps[i].range.duration().count()));
    }
    if (values.size() < 5)
        return -1.0;
    std::sort(values.begin(), values.end());
    const auto percentile = [&values](double share) {
        const double position = share * static_cast<double>(values.size() - 1);
        const auto lower = static_cast<std::size_t>(position);
        const double above = values[std::min(lower + 1, values.size() - 1)];
        return values[lower] + (position - std::floor(position)) * (above - values[lower]);
    };
    return (percentile(0.9) - percentile(0.1)) / percentile(0.5);
}

} // namespace

class TestStability : public QObject {
    Q_OBJECT

private slots:
    void equalsItsDefinition()
    {
        std::mt19937 random(5);
        for (int round = 0; round < 200; ++round) {
            std::vector<std::int64_t> cadences;
            const int count = std::uniform_int_distribution<int>(0, 60)(random);
            for (int i = 0; i < count; ++i) // few values, so that equal ones meet
                cadences.push_back(4000 + 500 * std::uniform_int_distribution<int>(0, 6)(random));
            StepIndex index = stepsOf(cadences);
            for (Step& step : index.steps) {
                if (std::uniform_int_distribution<int>(0, 3)(random) == 0)
                    step.kind = static_cast<StepKind>(std::uniform_int_distribution<int>(1, 4)(random));
            }
            const Stability stability = stabilityOf(index);
            QCOMPARE(stability.steps.size(), index.steps.size());
            std::size_t prefills = 0;
            for (std::size_t i = 0; i < index.steps.size(); ++i) {
                QVERIFY(std::abs(stability.steps[i].spread - spreadAround(index, i)) < 1e-9);
                QVERIFY(stability.steps[i].range == index.steps[i].range);
                const bool isPrefill =
                    index.steps[i].kind == StepKind::Prefill || index.steps[i].kind == StepKind::Mixed;
                if (isPrefill)
                    QVERIFY(stability.prefills.at(prefills++) == index.steps[i].range.begin);
            }
            QCOMPARE(stability.prefills.size(), prefills);
        }
    }

    void showsWhereALoopIsUnsteady()
    {
        std::vector<std::int64_t> cadences(100, 5000);
        for (std::size_t i = 60; i < 80; ++i)
            cadences[i] = i % 2 == 0 ? 4000 : 6000;
        const Stability stability = stabilityOf(stepsOf(cadences));
        QCOMPARE(stability.steps[30].spread, 0.0);
        QVERIFY(stability.steps[70].spread > 0.3);
        QCOMPARE(stability.steps[95].spread, 0.0);
    }

    /// Two kinds of step in turn are steady when each kind is.
    void aMixtureIsSteady()
    {
        std::vector<std::int64_t> cadences;
        for (int i = 0; i < 60; ++i)
            cadences.push_back(i % 2 == 0 ? 4000 : 8000);
        StepIndex index = stepsOf(cadences);
        std::vector<Duration> durations;
        for (const Step& step : index.steps)
            durations.push_back(step.range.duration());
        QVERIFY(stabilityOf(index).steps[30].spread > 0.3);
        index.mixture = findMixture(durations);
        QVERIFY(index.mixture);
        QCOMPARE(stabilityOf(index).steps[30].spread, 0.0);
    }

    void saysTheBatch()
    {
        StepIndex index = stepsOf(std::vector<std::int64_t>(10, 5000));
        index.steps[3].tokens = StepTokens{0, 0, 4, 4};
        const Stability stability = stabilityOf(index);
        QCOMPARE(stability.steps[3].batch, std::int64_t{4});
        QCOMPARE(stability.steps[4].batch, std::int64_t{-1});
        QCOMPARE(stability.largestBatch, std::int64_t{4});
        QCOMPARE(stabilityOf({}).largestBatch, std::int64_t{-1});
    }
};

QTEST_APPLESS_MAIN(TestStability)
#include "tst_stability.moc"
