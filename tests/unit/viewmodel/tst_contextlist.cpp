#include "widgets/viewmodel/contextlist.h"

#include <QSet>
#include <QTest>

using namespace stepscope;

class TestContextList : public QObject {
    Q_OBJECT

private slots:
    void everyFieldHasANameOfItsOwn()
    {
        QSet<QString> names;
        for (const ContextLine& line : contextLines(MeasurementContext())) {
            QVERIFY2(!line.name.contains(QLatin1Char('_')), qPrintable(line.name));
            QVERIFY2(!names.contains(line.name), qPrintable(line.name));
            QCOMPARE(line.source, QStringLiteral("unknown"));
            QVERIFY(line.value.isEmpty());
            names += line.name;
        }
    }

    void onlyFilledFieldsStopMissing()
    {
        MeasurementContext context;
        const std::size_t missing = context.missingCount();
        QVERIFY(contextRemark(context).startsWith(QString::number(missing)));
        context.set("model", "<b>GLM</b>", ContextSource::Trace);
        context.set("tp", "8", ContextSource::Hint);
        QVERIFY(contextRemark(context).startsWith(QString::number(missing - 1)));
        const std::vector<ContextLine> lines = contextLines(context);
        QCOMPARE(lines.front().value, QStringLiteral("<b>GLM</b>"));
        QVERIFY(!lines.front().isMissing);
        for (const ContextLine& line : lines)
            QVERIFY(line.name != QStringLiteral("TP") || line.isMissing);
    }
};

QTEST_GUILESS_MAIN(TestContextList)
#include "tst_contextlist.moc"
