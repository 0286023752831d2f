#include "core/analysis/cadencemixture.h"
#include "core/analysis/windowanalysis.h"
#include "tests/unit/analysis/importedloop.h"
#include "tests/unit/analysis/stepcorpus.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace stepscope;

namespace {

void addNormal(std::vector<Duration>& cadences, std::mt19937& random, int count, double mean, double sigma)
{
    std::normal_distribution<double> bell(mean, sigma);
    for (int i = 0; i < count; ++i)
        cadences.emplace_back(std::llround(1e6 * bell(random)));
}

} // namespace

class TestCadenceMixture : public QObject {
    Q_OBJECT

private slots:
    void findsTwoKindsOnly()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 200; ++round) {
            std::vector<Duration> one;
            addNormal(one, random, 30 + 3 * round, 5.0, 0.3);
            QVERIFY(!findMixture(one));
            std::vector<Duration> hiccups = one; // too few to be a kind of step
            addNormal(hiccups, random, static_cast<int>(one.size() / 20), 25.0, 1.0);
            QVERIFY(!findMixture(hiccups));
            std::vector<Duration> flat;
            std::uniform_int_distribution<std::int64_t> even(4'000'000, 9'000'000);
            for (std::size_t i = 0; i < one.size(); ++i)
                flat.emplace_back(even(random));
            QVERIFY(!findMixture(flat));

            std::vector<Duration> two = one;
            addNormal(two, random, static_cast<int>(one.size() / 2), 9.0, 0.3);
            two.emplace_back(std::chrono::milliseconds(60)); // and one outlier
            const std::optional<CadenceMixture> mixture = findMixture(two);
            QVERIFY(mixture);
            QVERIFY(std::abs(mixture->shorter.share - 2.0 / 3.0) < 0.03);
            QVERIFY(std::abs(mixture->shorter.share + mixture->longer.share - 1.0) < 1e-9);
            QVERIFY(std::abs(static_cast<double>(mixture->shorter.median.count()) - 5e6) < 5e5);
            QVERIFY(std::abs(static_cast<double>(mixture->longer.median.count()) - 9e6) < 5e5);
        }
        QVERIFY(!findMixture({}));
        QVERIFY(!findMixture(std::vector<Duration>(50, std::chrono::milliseconds(5))));
        // Two plateaus a hair apart are one kind of step.
        std::vector<Duration> near(50, std::chrono::microseconds(7600));
        near.resize(100, std::chrono::microseconds(7620));
        QVERIFY(!findMixture(near));
    }

    void ofAWindow()
    {
        const CadenceMixture mixture{{}, {}, std::chrono::milliseconds(7)};
        const auto among = [&mixture](const std::vector<Duration>& cadences) {
            return mixtureAmong(mixture, StepColumn(cadences), 0, cadences.size());
        };
        const std::optional<CadenceMixture> here =
            among({std::chrono::milliseconds(9), std::chrono::milliseconds(5), std::chrono::milliseconds(5),
                   std::chrono::milliseconds(4)});
        QVERIFY(here);
        QVERIFY(here->shorter.median == std::chrono::milliseconds(5));
        QVERIFY(here->longer.median == std::chrono::milliseconds(9));
        QCOMPARE(here->longer.share, 0.25);
        QVERIFY(!among(std::vector<Duration>(12, std::chrono::milliseconds(5))));
        QVERIFY(!among({}));
    }

    void outliers()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 200; ++round) {
            std::vector<Duration> cadences;
            for (int i = 0; i < 40; ++i)
                cadences.emplace_back(std::uniform_int_distribution<int>(1, 30)(random));
            const StepColumn column(cadences);
            const CadenceMixture kinds{{Duration(4), 0.5}, {Duration(14), 0.5}, Duration(9)};
            for (const std::optional<CadenceMixture>& mixture :
                 {std::optional<CadenceMixture>(), std::optional(kinds)}) {
                const auto isOdd = [&](Duration cadence) {
                    return isOutlier(cadence, Duration(15), mixture);
                };
                QCOMPARE(countOutliers(column, 5, 35, Duration(15), mixture),
                         static_cast<std::size_t>(
                             std::count_if(cadences.begin() + 5, cadences.begin() + 35, isOdd)));
            }
        }
    }

    /// Speculation that switches its depth: the right steps, no outlier, no prefill, one steady stretch.
    void speculationThatSwitches_data()
    {
        QTest::addColumn<int>("few");
        QTest::addColumn<int>("many");
        QTest::addColumn<int>("period");
        QTest::newRow("3 and 5 in turn") << 3 << 5 << 2;
        QTest::newRow("1 and 5 in turn") << 1 << 5 << 2;
        QTest::newRow("1 and 20 in turn") << 1 << 20 << 2;
        QTest::newRow("1 and 20, every third") << 1 << 20 << 3;
        QTest::newRow("1 and 20 at random") << 1 << 20 << 0;
        QTest::newRow("2 and 6 at random") << 2 << 6 << 0;
    }
    void speculationThatSwitches()
    {
        QFETCH(int, few);
        QFETCH(int, many);
        QFETCH(int, period);
        for (const bool graphLevel : {false, true}) {
            testsupport::LoopFacts facts;
            const testsupport::GeneratedTrace rows = testsupport::switchingTrace(few, many, period, facts);
            LoopImport how;
            how.graphLevel = graphLevel;
            NoProgress progress;
            const auto index = *TraceIndex::build(std::make_shared<const Trace>(importLoop(rows, how)),
                                                  KernelClassifier::standard(), progress);
            const DeviceIndex& device = index->devices().front();
            QCOMPARE(device.steps.boundaries.size(), facts.steps.size());
            QVERIFY(!device.steps.isWeak);
            for (std::size_t i = 0; i + 1 < device.steps.steps.size(); ++i)
                QVERIFY(device.steps.steps[i].kind == StepKind::Decode);
            QVERIFY(device.steps.steady.suggestion);
            QCOMPARE(device.steps.steady.suggestion->steps, facts.steps.size() - 2);
            const DeviceWindow window = analyzeDevice(device, device.steps.steady.suggestion->window);
            QVERIFY(window.cadence.mixture);
            QCOMPARE(window.cadence.outliers, std::size_t{0});
            const double share = period == 0 ? 1.0 / 3.0 : 1.0 / period;
            QVERIFY(std::abs(window.cadence.mixture->longer.share - share) < 0.08);
        }
    }
};

QTEST_APPLESS_MAIN(TestCadenceMixture)
#include "tst_cadencemixture.moc"
