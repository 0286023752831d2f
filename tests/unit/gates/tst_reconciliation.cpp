#include "tests/support/stepbuilder.h"
#include "tests/unit/gates/loopfile.h"

#include <QTest>

#include <cmath>

using namespace stepscope;
namespace support = stepscope::testsupport;

namespace {

constexpr double workedStepTime = 13.11; // ms

DriverRound prefillRound(double tpotWithPrefill, std::optional<double> outputTokens)
{
    DriverRound round;
    round.tpotWithPrefillMilliseconds = tpotWithPrefill;
    round.outputTokens = outputTokens;
    return round;
}

RoundNumbers recorded(const DriverRound& round)
{
    DriverRecord record;
    record.rounds = {round};
    RoundNumbers numbers;
    numbers.record = std::make_shared<const DriverRecord>(record);
    return numbers;
}

} // namespace

/// How cadence and TPOT are brought together (definitions.md §6–8, domain.md §6.3).
class TestReconciliation : public QObject {
    Q_OBJECT

private slots:
    void factors_data()
    {
        QTest::addColumn<double>("ratio"); // cadence / (T · TPOT)
        QTest::addColumn<double>("tokens");
        QTest::addColumn<bool>("isProfiled");
        QTest::addColumn<bool>("hasDrafts");
        QTest::addColumn<int>("factor");
        QTest::addColumn<int>("state");
        const auto row = [](const char* name, double ratio, double tokens, bool isProfiled, bool hasDrafts,
                            ReconcileFactor factor, GateState state) {
            QTest::newRow(name) << ratio << tokens << isProfiled << hasDrafts << static_cast<int>(factor)
                                << static_cast<int>(state);
        };
        using Factor = ReconcileFactor;
        const GateState pass = GateState::Pass;
        const GateState warn = GateState::Warn;
        const GateState fail = GateState::Fail;
        const GateState unknown = GateState::Unknown;
        row("fits", 1.0, 2.11, false, false, Factor::None, pass);
        row("9 % above", 1.09, 2.11, false, false, Factor::None, pass);
        row("9 % below", 0.91, 2.11, false, false, Factor::None, pass);
        row("1 / T", 0.25, 4.0, false, false, Factor::TokensMissing, fail);
        row("T", 3.0, 3.0, false, false, Factor::TokensTwice, fail);
        row("two steps for one", 2.0, 1.0, false, false, Factor::StepsMerged, fail);
        row("near two", 2.15, 1.0, true, false, Factor::StepsMerged, fail);
        row("one step for two", 0.5, 1.0, false, false, Factor::StepsHalved, fail);
        row("drafts", 3.0, 1.0, false, true, Factor::DraftsIgnored, unknown);
        row("more than the drafts", 4.5, 1.0, false, true, Factor::Profiler, unknown);
        row("drafts, profiled", 3.0, 1.0, true, true, Factor::DraftsIgnored, fail);
        row("the profiler", 1.3, 1.0, false, false, Factor::Profiler, unknown);
        row("not the profiler's own round", 1.3, 1.0, true, false, Factor::None, fail);
        row("no profiler is as slow", 7.0, 1.0, false, false, Factor::None, fail);
        row("outside the engine", 0.8, 1.0, false, false, Factor::OutsideEngine, fail);
        row("outside, profiled", 0.87, 1.0, true, false, Factor::OutsideEngine, warn);
    }
    void factors()
    {
        QFETCH(double, ratio);
        QFETCH(double, tokens);
        QFETCH(bool, isProfiled);
        QFETCH(bool, hasDrafts);
        DriverNumbers driver;
        RoundNumbers& round = isProfiled ? driver.profiled : driver.clean;
        round.tpotMilliseconds = workedStepTime / tokens / ratio;
        round.tokensPerStep = tokens;
        const Reconciliation numbers = reconciled(driver, hasDrafts);
        QVERIFY(std::abs(*numbers.captureError - (ratio - 1.0)) < 1e-9);
        QCOMPARE(numbers.isAgainstProfiled, isProfiled);
        QTEST(static_cast<int>(numbers.factor), "factor");
        QTEST(static_cast<int>(numbers.captureState), "state");
        QCOMPARE(numbers.slowdown.has_value(), !isProfiled);
    }

    /// A TPOT that holds the prefill is too long by up to some per cent: a factor of its own.
    void prefillFactor()
    {
        DriverNumbers driver;
        driver.profiled = recorded(prefillRound(workedStepTime / 0.88, 100.0));
        driver.profiled.tokensPerStep = 1.0;
        const Reconciliation numbers = reconciled(driver, false);
        QCOMPARE(numbers.factor, ReconcileFactor::Prefill);
        QCOMPARE(numbers.captureState, GateState::Warn);
        QCOMPARE(*numbers.prefillSpread, 100.0);
        driver.profiled.ttftMilliseconds = workedStepTime / 0.88 * 100.0 - 99.0 * workedStepTime;
        const Reconciliation without = reconciled(driver, false);
        QVERIFY(std::abs(*without.captureError) < 1e-9);
        QCOMPARE(without.captureState, GateState::Pass);
        QVERIFY(!without.prefillSpread);
    }

    /// T and TPOT come from one round.
    void eachRoundItsOwnTokens()
    {
        DriverNumbers driver;
        driver.clean.tpotMilliseconds = workedStepTime / 2.0;
        driver.clean.tokensPerStep = 2.0;
        driver.profiled.tpotMilliseconds = workedStepTime / 2.5;
        driver.profiled.tokensPerStep = 2.5;
        const Reconciliation numbers = reconciled(driver, true);
        QCOMPARE(*numbers.tokens, 2.5);
        QVERIFY(std::abs(*numbers.captureError) < 1e-9);
        QVERIFY(std::abs(*numbers.slowdown - 1.0) < 1e-9);
        QCOMPARE(*numbers.scheduledTokens, 4.0);
        QCOMPARE(numbers.tokensState, GateState::Pass);
        driver.profiled.tokensPerStep = 4.1; // above 1 + K, and more than 2 % of it
        QCOMPARE(reconciled(driver, true).tokensState, GateState::Fail);
        driver.profiled.tokensPerStep = 4.07;
        QCOMPARE(reconciled(driver, true).tokensState, GateState::Pass);
    }

    void takesThePrefillOut_data()
    {
        QTest::addColumn<double>("ttft"); // 0: not known
        QTest::addColumn<double>("tokens");
        QTest::addColumn<double>("tpot");
        QTest::addColumn<double>("spread"); // -1: none
        QTest::newRow("(t − TTFT) / (N − 1)") << 109.0 << 100.0 << 9.0 << -1.0;
        QTest::newRow("no TTFT") << 0.0 << 100.0 << 10.0 << 100.0;
        QTest::newRow("tokens not known") << 109.0 << 0.0 << 10.0 << 0.0;
        QTest::newRow("one token") << 5.0 << 1.0 << 10.0 << 1.0;
        QTest::newRow("longer than the answer") << 1200.0 << 100.0 << 10.0 << 100.0;
    }
    void takesThePrefillOut()
    {
        QFETCH(double, ttft);
        QFETCH(double, tokens);
        RoundNumbers round =
            recorded(prefillRound(10.0, tokens > 0.0 ? std::optional(tokens) : std::nullopt));
        if (ttft > 0.0)
            round.ttftMilliseconds = ttft;
        QTEST(*round.tpot(), "tpot");
        QTEST(round.prefillSpread().value_or(-1.0), "spread");
        round.tpotMilliseconds = 7.0; // typed goes first, and holds no prefill
        QCOMPARE(*round.tpot(), 7.0);
        QVERIFY(!round.prefillSpread());
    }

    void chunks()
    {
        DriverRound measured;
        measured.itlMilliseconds = 12.0;
        QVERIFY(!recorded(measured).chunkTokens());
        measured.tpotMilliseconds = 5.0;
        QCOMPARE(*recorded(measured).chunkTokens(), 2.4);
        measured.tpotMilliseconds = 13.0;
        QCOMPARE(*recorded(measured).chunkTokens(), 1.0);
        QCOMPARE(*recorded(measured).itl(), 12.0);
        QVERIFY(!RoundNumbers{}.itl() && !RoundNumbers{}.tpot() && !RoundNumbers{}.tokens());
    }

private:
    Reconciliation reconciled(const DriverNumbers& driver, bool hasDrafts)
    {
        std::shared_ptr<const TraceIndex>& index = m_index[hasDrafts ? 1 : 0];
        if (!index) {
            support::StepSpec step = support::workedStep();
            if (hasDrafts)
                step.annotation = {support::AnnotationStyle::VllmContext, 0, 0, 1, 4};
            LoopFile file;
            file.loop.ranks = {support::rankLoop(0, {{step, 30, 0, {}}})};
            index = m_files.open(file);
        }
        const WindowAnalysis analysis = analyzeWindow(*index, index->automaticWindow(DeviceId(0)));
        return reconcile(*index, DeviceId(0), analysis.devices.front(), driver);
    }

    LoopFiles m_files;
    std::shared_ptr<const TraceIndex> m_index[2];
};

QTEST_APPLESS_MAIN(TestReconciliation)
#include "tst_reconciliation.moc"
