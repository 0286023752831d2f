#include "tests/gui/timeline/smalltrace.h"
#include "widgets/viewmodel/lanelist.h"
#include "widgets/viewmodel/spanselection.h"

#include <QSignalSpy>
#include <QTest>

using namespace stepscope;

namespace {

QStringList titles(const LaneList& list)
{
    QStringList all;
    for (const Lane& lane : list.lanes())
        all << (lane.isHead() ? lane.title : QStringLiteral("- ") + lane.title);
    return all;
}

/// Two overlapping streams with two graph replays, and a thread that annotates, nested.
std::shared_ptr<const TraceIndex> graphTrace()
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(3);
    const ThreadId thread = builder.thread(process, 31);
    builder.setProcessName(process, "EngineCore");
    const DeviceId device = builder.device(process, 0);
    const auto at = [](std::int64_t micros) { return timePointAt(micros * 1000); };
    for (int step = 0; step < 2; ++step) {
        const std::int64_t begin = 100 + step * 1000;
        ApiCall call;
        call.begin = at(begin - 50);
        call.end = at(begin - 20);
        call.name = builder.intern("cudaGraphLaunch");
        call.thread = thread;
        call.correlation = step + 1;
        builder.addCall(call);
        call.begin = at(begin - 45);
        call.end = at(begin - 25);
        call.name = builder.intern("cuGraphLaunch"); // the driver call inside
        call.correlation = 0;
        builder.addCall(call);
        for (int kernel = 0; kernel < 4; ++kernel) { // of one stream, each overlapping the one before
            Activity activity;
            activity.begin = at(begin + kernel * 20);
            activity.end = at(begin + kernel * 20 + 30);
            activity.name = builder.intern("gemm");
            activity.process = process;
            activity.correlation = step + 1;
            activity.stream = kernel == 3 ? 9 : 7;
            builder.addActivity(device, activity);
        }
        for (const int depth : {0, 1}) {
            HostRange range;
            range.begin = at(begin - 90 + depth * 10);
            range.end = at(begin + 200 - depth * 10);
            range.name = builder.intern(depth == 0 ? "step" : "forward");
            range.thread = thread;
            builder.addRange(range);
        }
    }
    auto trace = std::make_shared<const Trace>(builder.build());
    NoProgress progress;
    auto index = TraceIndex::build(trace, KernelClassifier::standard(), progress);
    return index ? *index : nullptr;
}

} // namespace

class TestLaneList : public QObject {
    Q_OBJECT

private slots:
    void expandsTheReferenceAndItsHost();
    void listsWhatTheTraceHas();
    void togglesGroups();
    void restoresWhatItKnows();
    void anotherTraceStartsOver();
    void findsSpans();
    void packsLargeGroupsInAWorker();
    void selectionIsOfOneTrace();
};

void TestLaneList::expandsTheReferenceAndItsHost()
{
    TraceDocument document;
    LaneList list(&document);
    QVERIFY(list.lanes().empty());
    document.setIndex(testing::smallIndex(3, 30));
    QCOMPARE(list.expandedGroups(), (QStringList{QStringLiteral("device:0"), QStringLiteral("host:0")}));
    QCOMPARE(titles(list),
             (QStringList{QStringLiteral("GPU 0"), QStringLiteral("- compute"), QStringLiteral("- comm"),
                          QStringLiteral("- copies"), QStringLiteral("- stream 7"), QStringLiteral("GPU 1"),
                          QStringLiteral("GPU 2"), QStringLiteral("Host"), QStringLiteral("- API calls"),
                          QStringLiteral("- idle owner"), QStringLiteral("- idle owner"),
                          QStringLiteral("- idle owner")}));
    QCOMPARE(list.lanes()[9].note, QStringLiteral("GPU 0"));
    QCOMPARE(list.lanes()[11].device, DeviceId(2));
    QCOMPARE(list.lanes()[4].note, QStringLiteral("compute"));
    QCOMPARE(list.lanes()[4].spans->size(), 90U);
}

void TestLaneList::listsWhatTheTraceHas()
{
    TraceDocument document;
    LaneList list(&document);
    document.setIndex(graphTrace());
    QVERIFY(document.isOpen());
    QCOMPARE(titles(list), (QStringList{QStringLiteral("GPU 0"), QStringLiteral("- CUDA graphs"),
                                        QStringLiteral("- compute"), QStringLiteral("- stream 7"),
                                        QStringLiteral("- stream 9"), QStringLiteral("Host"),
                                        QStringLiteral("- annotations"), QStringLiteral("- API calls"),
                                        QStringLiteral("- idle owner")}));
    QCOMPARE(list.lanes()[8].note, QString()); // one device needs no name
    QCOMPARE(list.lanes()[1].spans->size(), 2U);
    QCOMPARE(list.lanes()[3].subRows, 2); // they overlap
    QCOMPARE(list.lanes()[4].subRows, 1);
    QCOMPARE(list.lanes()[5].note, QStringLiteral("EngineCore"));
    QCOMPARE(list.lanes()[6].subRows, 2); // nested
    QCOMPARE(list.lanes()[7].subRows, 2);
}

void TestLaneList::togglesGroups()
{
    TraceDocument document;
    LaneList list(&document);
    document.setIndex(testing::smallIndex(2, 30));
    QSignalSpy spy(&list, &LaneList::changed);
    const std::uint64_t revision = list.revision();
    list.toggle(QStringLiteral("device:0"));
    QVERIFY(!list.isExpanded(QStringLiteral("device:0")));
    QCOMPARE(spy.count(), 1);
    QVERIFY(list.revision() != revision);
    list.setExpanded(QStringLiteral("device:0"), false);
    list.setExpanded(QStringLiteral("device:77"), true);
    QCOMPARE(spy.count(), 1);
    list.toggle(QStringLiteral("device:1"));
    QCOMPARE(list.expandedGroups(), (QStringList{QStringLiteral("host:0"), QStringLiteral("device:1")}));
    QCOMPARE(list.lanes()[1].device, DeviceId(1));
    QVERIFY(list.lanes()[1].isHead() && !list.lanes()[2].isHead());
}

void TestLaneList::restoresWhatItKnows()
{
    TraceDocument document;
    LaneList list(&document);
    document.setIndex(testing::smallIndex(2, 30));
    const QStringList known{QStringLiteral("device:1"), QStringLiteral("host:0")};
    list.setExpandedGroups(known + QStringList{QStringLiteral("device:5"), QString(), known.first()});
    QCOMPARE(list.expandedGroups(), known);
    list.setExpandedGroups({});
    QCOMPARE(list.lanes().size(), 3U);
}

void TestLaneList::anotherTraceStartsOver()
{
    TraceDocument document;
    LaneList list(&document);
    document.setIndex(testing::smallIndex(4, 30));
    list.setExpandedGroups({QStringLiteral("device:3")});
    document.setIndex(testing::smallIndex(1, 30));
    QCOMPARE(list.expandedGroups(), (QStringList{QStringLiteral("device:0"), QStringLiteral("host:0")}));
    document.setIndex(nullptr);
    QVERIFY(list.lanes().empty() && list.expandedGroups().isEmpty());
}

void TestLaneList::findsSpans()
{
    TraceDocument document;
    LaneList list(&document);
    const auto index = graphTrace();
    document.setIndex(index);
    std::size_t found = 0;
    const auto expect = [&](SpanRef::Kind kind, DeviceId device, std::size_t count) {
        for (std::uint32_t row = 0; row < count; ++row) {
            const SpanRef span{kind, device, row};
            const auto place = list.placeOf(span);
            QVERIFY(place.has_value());
            const Lane& lane = list.lanes()[place->lane];
            const SpanRow& subRow = lane.spans->rows[place->subRow];
            QVERIFY(subRow.positionOf(row) < subRow.size());
            QCOMPARE(lane.refOf(row), span);
            QCOMPARE(lane.group, list.groupOf(span));
            ++found;
        }
    };
    expect(SpanRef::Kind::Operation, DeviceId(0), 8);
    expect(SpanRef::Kind::Replay, DeviceId(0), 2);
    expect(SpanRef::Kind::Call, {}, 4);
    expect(SpanRef::Kind::Range, {}, 4);
    QCOMPARE(found, 18U);
    QVERIFY(!list.placeOf({}));
    list.setExpandedGroups({});
    QVERIFY(!list.placeOf({SpanRef::Kind::Operation, DeviceId(0), 0}));
    QCOMPARE(list.groupOf({SpanRef::Kind::Call, {}, 0}), QStringLiteral("host:0"));
}

void TestLaneList::packsLargeGroupsInAWorker()
{
    TraceDocument document;
    LaneList list(&document);
    const auto index = testing::smallIndex(1, 70'000);
    document.setIndex(index);
    QVERIFY(list.isPacking());
    QCOMPARE(titles(list), (QStringList{QStringLiteral("GPU 0"), QStringLiteral("Host")}));
    QVERIFY(list.isExpanded(QStringLiteral("device:0")));
    QTRY_VERIFY_WITH_TIMEOUT(!list.isPacking(), 60'000);
    QCOMPARE(list.lanes()[4].spans->size(), 210'000U);
    // Closed while it works, and waited for.
    document.setIndex(nullptr);
    document.setIndex(index);
    document.setIndex(nullptr);
    QTest::qWait(1);
    QVERIFY(list.lanes().empty());
    document.setIndex(index);
    QVERIFY(list.isPacking());
    list.finishPacking();
    QVERIFY(!list.isPacking());
    const std::size_t lanes = list.lanes().size();
    QTest::qWait(10);
    QCOMPARE(list.lanes().size(), lanes);
}

void TestLaneList::selectionIsOfOneTrace()
{
    TraceDocument document;
    SpanSelection selection(document);
    document.setIndex(testing::smallIndex(1, 30));
    QSignalSpy spy(&selection, &SpanSelection::changed);
    const SpanRef span{SpanRef::Kind::Operation, DeviceId(0), 4};
    selection.select(span);
    selection.select(span);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(selection.current(), span);
    document.setIndex(testing::smallIndex(1, 30));
    QVERIFY(selection.current().isNone());
    QCOMPARE(spy.count(), 2);
}

QTEST_GUILESS_MAIN(TestLaneList)
#include "tst_lanelist.moc"
