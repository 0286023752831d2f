#include "core/gates/statedcontext.h"

#include "core/import/contextfilereader.h"
#include "core/report/contextfile.h"

#include <QTest>

#include <limits>

using namespace stepscope;

/// What a user states of a trace: typed, taken back, kept in a file.
class TestStatedContext : public QObject {
    Q_OBJECT

private slots:
    void aFieldIsStatedOnceAndTakenBack()
    {
        AssessmentInput input;
        stateField(input, "tp", "4");
        stateField(input, "model", "GLM");
        stateField(input, "tp", "8");
        QCOMPARE(input.context.size(), std::size_t{2});
        QCOMPARE(*statedField(input, "tp"), std::string("8"));
        stateField(input, "tp", "");
        QVERIFY(!statedField(input, "tp") && statedField(input, "model"));
        stateField(input, "rank", "3"); // measured, not stated
        stateField(input, "no such field", "3");
        QCOMPARE(input.context.size(), std::size_t{1});
    }

    void thresholdsHaveBounds()
    {
        QVERIFY(!thresholdFault("host", 0.0) && !thresholdFault("host", 1.0));
        QVERIFY(thresholdFault("host", 1.01) == ThresholdFault::NotAShare);
        QVERIFY(thresholdFault("leaning", -0.1) == ThresholdFault::NotAShare);
        QVERIFY(!thresholdFault("slowdown", 1.0) && !thresholdFault("assumed_slowdown", 7.5));
        QVERIFY(thresholdFault("assumed_slowdown_stacks", 0.9) == ThresholdFault::BelowOne);
        QVERIFY(thresholdFault("host", std::numeric_limits<double>::quiet_NaN()) ==
                ThresholdFault::NotFinite);
        QVERIFY(thresholdFault("slowdown", std::numeric_limits<double>::infinity()) ==
                ThresholdFault::NotFinite);
    }

    void aFileGivesBackWhatWasStated()
    {
        AssessmentInput input;
        stateField(input, "model", "\"GLM\" \\ <5.1> ünï");
        stateField(input, "tp", "8");
        stateField(input, "same_node", "true");
        input.thresholds.host = 0.1 + 0.2;
        input.thresholds.assumedSlowdown = 1.45;
        const std::string text = contextFileText(input);
        const Result<ContextStatement> read = parseContextFile(text);
        QVERIFY2(read, text.c_str());
        AssessmentInput other;
        stateField(other, "baseline", "gone");
        other.thresholds.comm = 0.9;
        other.driver.clean.tpotMilliseconds = 6.21;
        const Result<AssessmentInput> taken = withStatement(other, *read);
        QVERIFY(taken);
        QCOMPARE(taken->context.size(), input.context.size());
        for (const ContextValue& field : input.context)
            QCOMPARE(*statedField(*taken, field.key), field.value);
        QVERIFY(taken->thresholds == input.thresholds);
        QCOMPARE(taken->driver.clean.tpotMilliseconds, std::optional(6.21)); // the rest stays
        QCOMPARE(contextFileText(*taken), text);
        QCOMPARE(contextFileText({}), std::string("{}\n"));
    }

    void aFileThatStatesWhatThereIsNotIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("field") << QByteArray(R"({"modle": "GLM"})") << QByteArray("modle");
        QTest::newRow("measured") << QByteArray(R"({"rank": 3})") << QByteArray("rank");
        QTest::newRow("threshold") << QByteArray(R"({"thresholds": {"hots": 0.4}})") << QByteArray("hots");
        QTest::newRow("share") << QByteArray(R"({"thresholds": {"host": 40}})") << QByteArray("host");
        QTest::newRow("slowdown") << QByteArray(R"({"thresholds": {"slowdown": 0.4}})")
                                  << QByteArray("slowdown");
    }
    void aFileThatStatesWhatThereIsNotIsRefused()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, named);
        const Result<ContextStatement> read = parseContextFile(json.toStdString());
        QVERIFY(read);
        const Result<AssessmentInput> taken = withStatement({}, *read);
        QVERIFY(!taken);
        QVERIFY(taken.error().code == ErrorCode::NotAContextFile);
        QVERIFY2(taken.error().detail.find(named.toStdString()) != std::string::npos,
                 taken.error().detail.c_str());
    }
};

QTEST_GUILESS_MAIN(TestStatedContext)
#include "tst_statedcontext.moc"
