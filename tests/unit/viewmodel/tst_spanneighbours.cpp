#include "tests/gui/timeline/smalltrace.h"
#include "widgets/viewmodel/spandetails.h"
#include "widgets/viewmodel/spanneighbours.h"

#include <QTest>

using namespace stepscope;
using Kind = SpanRef::Kind;

/// On the loop that smalltrace.h describes: each step is a kernel, communication and a copy.
class TestSpanNeighbours : public QObject {
    Q_OBJECT

private slots:
    void operations();
    void calls();
    void steps();
    void launchAndWork();
    void stepsTellTheirTime();
};

void TestSpanNeighbours::operations()
{
    const auto index = testing::smallIndex(2, 10);
    const SpanRef kernel{Kind::Operation, DeviceId(1), 3};
    QCOMPARE(neighbourOf(*index, kernel, Neighbour::Next), (SpanRef{Kind::Operation, DeviceId(1), 4}));
    QCOMPARE(neighbourOf(*index, kernel, Neighbour::Previous), (SpanRef{Kind::Operation, DeviceId(1), 2}));
    QCOMPARE(nextOfSameName(*index, kernel, Neighbour::Next), (SpanRef{Kind::Operation, DeviceId(1), 6}));
    QCOMPARE(nextOfSameName(*index, kernel, Neighbour::Previous), (SpanRef{Kind::Operation, DeviceId(1), 0}));
    const SpanRef first{Kind::Operation, DeviceId(1), 0};
    const SpanRef last{Kind::Operation, DeviceId(1), 29};
    QVERIFY(neighbourOf(*index, first, Neighbour::Previous).isNone());
    QVERIFY(neighbourOf(*index, last, Neighbour::Next).isNone());
    QVERIFY(nextOfSameName(*index, last, Neighbour::Next).isNone());
    QVERIFY(neighbourOf(*index, {}, Neighbour::Next).isNone());
}

void TestSpanNeighbours::calls()
{
    const auto index = testing::smallIndex(1, 10);
    const SpanRef call{Kind::Call, {}, 4}; // the second step's kernel launch
    QCOMPARE(neighbourOf(*index, call, Neighbour::Next).row, 5U);
    const SpanRef next = nextOfSameName(*index, {Kind::Call, {}, 3}, Neighbour::Next); // the first copy
    QCOMPARE(next.row, 6U);
}

void TestSpanNeighbours::steps()
{
    const auto index = testing::smallIndex(1, 10);
    const SpanRef step{Kind::Step, DeviceId(0), 4};
    QCOMPARE(neighbourOf(*index, step, Neighbour::Next), (SpanRef{Kind::Step, DeviceId(0), 5}));
    QCOMPARE(neighbourOf(*index, step, Neighbour::Previous), (SpanRef{Kind::Step, DeviceId(0), 3}));
}

void TestSpanNeighbours::launchAndWork()
{
    const auto index = testing::smallIndex(1, 10);
    const SpanRef kernel{Kind::Operation, DeviceId(0), 3};
    const SpanRef launch = launchPartner(*index, kernel);
    QCOMPARE(launch, (SpanRef{Kind::Call, {}, 4}));
    QCOMPARE(launchPartner(*index, launch), kernel);
    QVERIFY(launchPartner(*index, {Kind::Call, {}, 0}).isNone()); // cudaGetDevice
    QVERIFY(launchPartner(*index, {Kind::Step, DeviceId(0), 3}).isNone());
}

void TestSpanNeighbours::stepsTellTheirTime()
{
    const auto index = testing::smallIndex(1, 10);
    const std::vector<Step>& all = index->device(DeviceId(0)).steps.steps;
    for (std::uint32_t row = 0; row < all.size(); ++row) {
        const SpanRef step{Kind::Step, DeviceId(0), row};
        QVERIFY(spanRange(*index, step) == all[row].range);
        const SpanDetails details = spanDetails(*index, step);
        QVERIFY(details.range == all[row].range);
        QVERIFY(details.name.contains(QString::number(row)));
        const auto valueOf = [&details](const QString& label) {
            for (const SpanDetail& line : details.lines) {
                if (line.label == label)
                    return line.value;
            }
            return QString();
        };
        if (!all[row].isClean())
            continue;
        QVERIFY(valueOf(QStringLiteral("GPU busy")).startsWith(QStringLiteral("300")));
        QVERIFY(valueOf(QStringLiteral("GPU busy")).contains(QStringLiteral("30 %")));
        QCOMPARE(valueOf(QStringLiteral("GPU operations")), QStringLiteral("3"));
        QVERIFY(valueOf(QStringLiteral("cadence")).contains(QStringLiteral("0.0 %")));
    }
}

QTEST_GUILESS_MAIN(TestSpanNeighbours)
#include "tst_spanneighbours.moc"
