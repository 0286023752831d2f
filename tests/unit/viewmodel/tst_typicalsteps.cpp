#include "widgets/viewmodel/typicalsteps.h"

#include "tests/gui/timeline/smalltrace.h"
#include "widgets/viewmodel/tracedocument.h"

#include <QTest>

using namespace stepscope;

class TestTypicalSteps : public QObject {
    Q_OBJECT

private slots:
    void liesInTheWindow()
    {
        TraceDocument document;
        document.setIndex(testing::smallIndex(1, 40));
        const auto typical = typicalSteps(*document.index(), *document.assessment(), 3);
        QVERIFY(typical.has_value());
        QCOMPARE(typical->count, std::size_t{3});
        QVERIFY(document.window().contains(typical->range));
        QVERIFY(typical->range.duration() == std::chrono::milliseconds(3)); // all steps last 1 ms
        const auto& steps = document.index()->device(DeviceId(0)).steps.steps;
        const DeviceWindow& window = document.assessment()->referenceWindow();
        QVERIFY(typical->range.begin == steps[window.firstStep + typical->first - 1].range.begin);
    }

    void takesFewerWhereThereAreFewer()
    {
        TraceDocument document;
        document.setIndex(testing::smallIndex(1, 40));
        const Step& step = document.index()->device(DeviceId(0)).steps.steps[10];
        document.setWindow({step.range.begin, step.range.end + std::chrono::microseconds(500)});
        const auto typical = typicalSteps(*document.index(), *document.assessment(), 3);
        QVERIFY(typical.has_value());
        QCOMPARE(typical->count, std::size_t{1});
        QVERIFY(typical->range == step.range);
        document.setWindow({step.range.begin, step.range.begin + std::chrono::microseconds(500)});
        QVERIFY(!typicalSteps(*document.index(), *document.assessment(), 3));
    }
};

QTEST_GUILESS_MAIN(TestTypicalSteps)
#include "tst_typicalsteps.moc"
