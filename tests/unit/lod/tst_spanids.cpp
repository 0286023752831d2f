#include "core/lod/spanids.h"

#include <QTest>

#include <random>

using namespace stepscope;

class TestSpanIds : public QObject {
    Q_OBJECT

private slots:
    void consecutiveTakeNoRoom();
    void anyComeBack_data();
    void anyComeBack();
};

void TestSpanIds::consecutiveTakeNoRoom()
{
    QCOMPARE(SpanIds().size(), 0U);
    const std::vector<std::uint32_t> ids = {7, 8, 9, 10};
    const SpanIds kept(ids);
    QCOMPARE(kept.size(), 4U);
    for (std::size_t position = 0; position < ids.size(); ++position)
        QCOMPARE(kept[position], ids[position]);
    QCOMPARE(kept.memoryBytes(), 0U);
}

void TestSpanIds::anyComeBack_data()
{
    QTest::addColumn<int>("longest");
    QTest::addColumn<double>("shareOfLong");
    QTest::newRow("every second or so") << 3 << 1.0;
    QTest::newRow("about the most of two bytes") << 4'200 << 1.0;
    QTest::newRow("far apart") << 100'000 << 1.0;
    QTest::newRow("far apart at times") << 3'000'000 << 0.01;
}

void TestSpanIds::anyComeBack()
{
    QFETCH(int, longest);
    QFETCH(double, shareOfLong);
    std::mt19937 random(11);
    std::uniform_int_distribution<std::uint32_t> anyStep(1, static_cast<std::uint32_t>(longest));
    std::bernoulli_distribution isLong(shareOfLong);
    for (const std::size_t size : {1U, 2U, 31U, 32U, 33U, 1'000U, 20'000U}) {
        std::vector<std::uint32_t> ids;
        for (std::uint32_t id = 5; ids.size() < size; id += isLong(random) ? anyStep(random) : 1)
            ids.push_back(id);
        const SpanIds kept(ids);
        QCOMPARE(kept.size(), size);
        for (std::size_t position = 0; position < size; ++position)
            QCOMPARE(kept[position], ids[position]);
        // Two bytes each, where they are not as rare as one in some thousand.
        if (ids.back() / size < 1'000)
            QVERIFY(kept.memoryBytes() <= 2 * size + size / 4 + 16);
    }
}

QTEST_APPLESS_MAIN(TestSpanIds)
#include "tst_spanids.moc"
