#include "core/lod/spankinds.h"

#include <QTest>

#include <random>

using namespace stepscope;

class TestSpanKinds : public QObject {
    Q_OBJECT

private slots:
    void anyComeBack();
    void oneKindTakesNoRoom();
    void readsAColumn();
};

void TestSpanKinds::anyComeBack()
{
    std::mt19937 random(3);
    for (const std::size_t size : {1U, 2U, 3U, 1'001U}) {
        std::vector<SpanKind> kinds;
        for (std::size_t id = 0; id < size; ++id)
            kinds.push_back(static_cast<SpanKind>(random() % spanKindCount));
        const SpanKinds kept(size, [&kinds](std::uint32_t id) { return kinds[id]; });
        for (std::size_t id = 0; id < size; ++id)
            QCOMPARE(kept[static_cast<std::uint32_t>(id)], kinds[id]);
        QVERIFY(kept.memoryBytes() <= (size + 1) / 2);
    }
}

void TestSpanKinds::oneKindTakesNoRoom()
{
    QCOMPARE(SpanKinds(SpanKind::Graph)[7], SpanKind::Graph);
    const SpanKinds kept(100, [](std::uint32_t) { return SpanKind::Comm; });
    QCOMPARE(kept[99], SpanKind::Comm);
    QCOMPARE(kept.memoryBytes(), 0U);
}

void TestSpanKinds::readsAColumn()
{
    enum class Letter : std::uint8_t { A, B, C };
    const std::vector<Letter> column = {Letter::C, Letter::A, Letter::B, Letter::C};
    const SpanKinds kept(std::span<const Letter>(column), [](Letter letter) {
        return letter == Letter::C ? SpanKind::Synchronize : SpanKind::Copy;
    });
    QCOMPARE(kept[0], SpanKind::Synchronize);
    QCOMPARE(kept[1], SpanKind::Copy);
    QCOMPARE(kept[2], SpanKind::Copy);
    QCOMPARE(kept[3], SpanKind::Synchronize);
    QCOMPARE(kept.memoryBytes(), 0U);
}

QTEST_APPLESS_MAIN(TestSpanKinds)
#include "tst_spankinds.moc"
