#include "widgets/viewmodel/reconcilecontent.h"

#include "tests/gui/timeline/smalltrace.h"

#include <QLocale>
#include <QTest>

using namespace stepscope;

/// What the reconcile panel says: steps of 1 ms in a small trace without annotations.
class TestReconcileContent : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        m_index = testing::smallIndex(1, 40);
        QVERIFY(m_index);
        m_cadence = assess({}).referenceReconciliation().cadence;
        QVERIFY(m_cadence > 0.0);
    }

    void asksWhatIsMissing()
    {
        const ReconcileContent content = reconcileContent(assess({}));
        QCOMPARE(content.tokens, QStringLiteral("—"));
        QCOMPARE(content.predicted, QStringLiteral("—"));
        QCOMPARE(content.tpot, QStringLiteral("—"));
        QVERIFY(!content.error && content.errorText.isEmpty());
        QVERIFY(content.captureState == GateState::Unknown);
        QVERIFY(content.captureSentence.contains(QStringLiteral("enter the time per output token")));
        QVERIFY(content.serverSentence.contains(QStringLiteral("a round without the profiler")));
        QCOMPARE(content.tokensLines.size(), std::size_t{4});
        for (const TokensLine& line : content.tokensLines)
            QVERIFY(line.value == QStringLiteral("—") && !line.isUsed);
        // A PyTorch trace without TPOT: a slowdown is assumed, and said.
        QVERIFY(content.hostInterval && content.intervalSentence.contains(QStringLiteral("up to 1.3 times")));
    }

    /// A TPOT of the captured round alone: what is missing is the tokens, not the TPOT.
    void asksForTheTokensAlone()
    {
        DriverNumbers driver;
        driver.profiled.tpotMilliseconds = m_cadence / 1.5;
        const ReconcileContent content = reconcileContent(assess(driver));
        QVERIFY2(content.captureSentence.startsWith(QStringLiteral("enter tokens per step")),
                 qPrintable(content.captureSentence));
        QCOMPARE(content.tokensLines.back().value, QStringLiteral("1.50"));
    }

    void tellsTheSumAndTheError()
    {
        DriverNumbers driver;
        driver.clean.tokensPerStep = 2.0;
        driver.clean.tpotMilliseconds = m_cadence / 2.0 / 1.05;    // ρ = 1.05
        driver.profiled.tpotMilliseconds = m_cadence / 2.0 / 0.88; // 12 % too long
        const ReconcileContent content = reconcileContent(assess(driver));
        QCOMPARE(content.tokens, QStringLiteral("2.00"));
        QCOMPARE(content.tpotLabel, QStringLiteral("TPOT, captured round"));
        QCOMPARE(content.errorText, QStringLiteral("−12.0 %"));
        QVERIFY(content.captureState == GateState::Warn);
        QVERIFY(content.captureSentence.contains(QStringLiteral("profiled round")));
        QCOMPARE(content.slowdown, QStringLiteral("1.05"));
        QVERIFY(content.serverState == GateState::Pass);
        const TokensLine& typed = content.tokensLines.front();
        QVERIFY(typed.isUsed && typed.value == QStringLiteral("2.00") &&
                typed.remark == QStringLiteral("used"));
        QCOMPARE(content.tokensLines.back().value, QStringLiteral("2.10")); // inferred, slowdown included
    }

    void namesTheFactor_data()
    {
        QTest::addColumn<double>("ratio"); // predicted TPOT over the driver's
        QTest::addColumn<double>("tokens");
        QTest::addColumn<QString>("said");
        QTest::newRow("two steps for one") << 2.0 << 1.0 << QStringLiteral("two steps may be taken for one");
        QTest::newRow("half a step") << 0.5 << 1.0 << QStringLiteral("a step may be cut in two");
        QTest::newRow("T twice") << 3.0 << 3.0 << QStringLiteral("applied twice");
        QTest::newRow("T missing") << 1.0 / 3.0 << 3.0 << QStringLiteral("not that of a step (ITL)");
        QTest::newRow("less than it") << 0.8 << 1.0 << QStringLiteral("waiting outside the engine");
    }
    void namesTheFactor()
    {
        QFETCH(double, ratio);
        QFETCH(double, tokens);
        QFETCH(QString, said);
        DriverNumbers driver;
        driver.clean.tokensPerStep = tokens;
        driver.clean.tpotMilliseconds = m_cadence / tokens / ratio;
        const ReconcileContent content = reconcileContent(assess(driver));
        QVERIFY(content.captureState == GateState::Fail);
        QVERIFY2(content.captureSentence.contains(said), qPrintable(content.captureSentence));
    }

    void sourcesOfTheTokens()
    {
        DriverRound round;
        round.tpotMilliseconds = m_cadence / 2.0;
        round.itlMilliseconds = m_cadence;
        DriverRecord record;
        record.rounds = {round};
        DriverNumbers driver;
        driver.clean.record = std::make_shared<const DriverRecord>(record);
        const ReconcileContent byChunks = reconcileContent(assess(driver));
        QCOMPARE(byChunks.tokens, QStringLiteral("2.00"));
        QVERIFY(byChunks.tokensLines[2].isUsed); // mean ITL ÷ mean TPOT
        round.tokensPerStep = 1.9;
        record.rounds = {round};
        driver.clean.record = std::make_shared<const DriverRecord>(record);
        const ReconcileContent counted = reconcileContent(assess(driver));
        QCOMPARE(counted.tokens, QStringLiteral("1.90")); // what the server counted goes first
        QVERIFY(counted.tokensLines[0].isUsed && !counted.tokensLines[2].isUsed);
    }

private:
    Assessment assess(const DriverNumbers& driver) const
    {
        return assessWindow(*m_index, m_index->automaticWindow(DeviceId(0)), DeviceId(0), {driver});
    }

    std::shared_ptr<const TraceIndex> m_index;
    double m_cadence = 0.0;
};

QTEST_GUILESS_MAIN(TestReconcileContent)
#include "tst_reconcilecontent.moc"
