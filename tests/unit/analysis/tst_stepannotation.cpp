#include "core/analysis/stepannotation.h"

#include <QTest>

using namespace stepscope;

class TestStepAnnotation : public QObject {
    Q_OBJECT

private slots:
    void readsEveryConvention_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QList<qint64>>("tokens"); // ctx requests, ctx tokens, gen requests, gen tokens
        const int execute = static_cast<int>(AnnotationKind::Execute);
        const int sglang = static_cast<int>(AnnotationKind::SglangStep);
        QTest::newRow("execute_context_0(0)_generation_1(1)") << execute << QList<qint64>{0, 0, 1, 1};
        QTest::newRow("execute_context_2(888)_generation_3(12)") << execute << QList<qint64>{2, 888, 3, 12};
        QTest::newRow("execute_context_1(888_788544)_generation_0(0)")
            << execute << QList<qint64>{1, 888, 0, 0};
        QTest::newRow("execute_17_context_1(sq13sk90sqsq169sqsk1170)_generation_4(sq4sk4000sqsq4sqsk4000)")
            << execute << QList<qint64>{1, 13, 4, 4};
        QTest::newRow("execute_new_1_cached_3") << execute << QList<qint64>{1, 0, 3, 0};
        QTest::newRow("step[DECODE bs=16]") << sglang << QList<qint64>{0, 0, 16, 0};
        QTest::newRow("step[EXTEND bs=15 toks=15360]") << sglang << QList<qint64>{15, 15360, 0, 0};
        QTest::newRow("step[TARGET_VERIFY bs=4]") << sglang << QList<qint64>{0, 0, 4, 0};
        QTest::newRow("ProfilerStep#12") << static_cast<int>(AnnotationKind::ProfilerStep) << QList<qint64>{};
    }
    void readsEveryConvention()
    {
        QFETCH(int, kind);
        QFETCH(QList<qint64>, tokens);
        const auto read = parseStepAnnotation(QTest::currentDataTag());
        QVERIFY(read);
        QCOMPARE(static_cast<int>(read->kind), kind);
        QCOMPARE(read->tokens.has_value(), !tokens.isEmpty());
        if (read->tokens) {
            const StepTokens expected{tokens[0], tokens[1], tokens[2], tokens[3]};
            QVERIFY(*read->tokens == expected);
        }
    }

    void leavesOtherNamesAlone_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"", "execute_", "execute_context_(1)", "execute_context_1(1)_generation_x(1)", "execute_model",
              "execute_context_99999999999999999999(1)_generation_0(0)", "ProfilerStep#", "ProfilerStep#1x",
              "step[DRAFT_LOOP raw_bs=1 bs=1 topk=1]", "step", "capture_16_FULL", "aten::mm"})
            QTest::newRow(*name != '\0' ? name : "(empty)") << QString::fromLatin1(name);
    }
    void leavesOtherNamesAlone()
    {
        QFETCH(QString, name);
        QVERIFY(!parseStepAnnotation(name.toStdString()));
    }
};

QTEST_APPLESS_MAIN(TestStepAnnotation)
#include "tst_stepannotation.moc"
