#include "tests/gui/timeline/smalltrace.h"
#include "tests/unit/base/cancelledprogress.h"
#include "widgets/viewmodel/spandetails.h"
#include "widgets/viewmodel/spansearch.h"

#include <QTest>

#include <algorithm>
#include <tuple>

using namespace stepscope;

namespace {

QString nameOf(const Trace& trace, const SpanRef& span)
{
    const auto text = [&trace](NameId name) {
        return QString::fromStdString(std::string(trace.name(name))).toLower();
    };
    if (span.kind == SpanRef::Kind::Operation)
        return text(trace.device(span.device).activities.name(span.row));
    if (span.kind == SpanRef::Kind::Call)
        return text(trace.calls().name(span.row));
    return text(trace.ranges()[span.row].name);
}

/// All spans that are searched, by begin, then devices, calls, ranges and their rows.
std::vector<SpanRef> allSpans(const TraceIndex& index)
{
    const Trace& trace = index.trace();
    std::vector<SpanRef> spans;
    for (std::size_t device = 0; device < trace.devices().size(); ++device) {
        for (std::uint32_t row = 0; row < trace.device(DeviceId(device)).activities.size(); ++row)
            spans.push_back({SpanRef::Kind::Operation, DeviceId(device), row});
    }
    for (std::uint32_t row = 0; row < trace.calls().size(); ++row)
        spans.push_back({SpanRef::Kind::Call, {}, row});
    for (std::uint32_t row = 0; row < trace.ranges().size(); ++row)
        spans.push_back({SpanRef::Kind::Range, {}, row});
    std::stable_sort(spans.begin(), spans.end(), [&index](const SpanRef& a, const SpanRef& b) {
        return spanRange(index, a).begin < spanRange(index, b).begin;
    });
    return spans;
}

} // namespace

class TestSpanSearch : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_index = testing::smallIndex(3, 40); }
    void findsWhatALoopFinds_data();
    void findsWhatALoopFinds();
    void beginsAtATime();
    void knowsWhereOtherSpansStand();
    void findsNothing();

private:
    SpanSearch search(const QString& text) const
    {
        NoProgress progress;
        return *SpanSearch::of(m_index, text, progress);
    }

    std::shared_ptr<const TraceIndex> m_index;
};

void TestSpanSearch::findsWhatALoopFinds_data()
{
    QTest::addColumn<QString>("text");
    std::vector<QString> names;
    for (const SpanRef& span : allSpans(*m_index)) {
        const QString name = nameOf(m_index->trace(), span);
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    }
    QVERIFY(names.size() > 2);
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << name.toUpper();
    QTest::newRow("a letter") << QStringLiteral("e");
    QTest::newRow("two words") << QStringLiteral("  launch   CUDA ");
}

void TestSpanSearch::findsWhatALoopFinds()
{
    QFETCH(QString, text);
    const QStringList words = text.toLower().simplified().split(QLatin1Char(' '));
    std::vector<SpanRef> expected;
    QStringList names;
    for (const SpanRef& span : allSpans(*m_index)) {
        const QString name = nameOf(m_index->trace(), span);
        if (!std::all_of(words.begin(), words.end(),
                         [&](const QString& word) { return name.contains(word); }))
            continue;
        expected.push_back(span);
        if (!names.contains(name))
            names << name;
    }
    const SpanSearch found = search(text);
    QVERIFY(!expected.empty());
    QCOMPARE(found.spans(), expected.size());
    QCOMPARE(found.names(), std::size_t(names.size()));
    SpanRef span = found.outermost(Neighbour::Next);
    for (std::size_t k = 0; k < expected.size(); ++k) {
        QVERIFY(span == expected[k]);
        QVERIFY(found.numberOf(span) == k + 1);
        span = found.nextOf(span, Neighbour::Next);
    }
    QVERIFY(span.isNone());
    span = found.outermost(Neighbour::Previous);
    for (std::size_t k = expected.size(); k-- > 0;) {
        QVERIFY(span == expected[k]);
        span = found.nextOf(span, Neighbour::Previous);
    }
    QVERIFY(span.isNone());
}

void TestSpanSearch::beginsAtATime()
{
    const SpanSearch found = search(QStringLiteral("launch"));
    const SpanRef second = found.nextOf(found.outermost(Neighbour::Next), Neighbour::Next);
    const TimePoint begin = spanRange(*m_index, second).begin;
    QVERIFY(found.firstFrom(begin) == second);
    QVERIFY(found.firstFrom(begin - Duration(1)) == second);
    QVERIFY(found.firstFrom(begin + Duration(1)) != second);
    QVERIFY(found.firstFrom(m_index->trace().extent().end + Duration(1)).isNone());
}

void TestSpanSearch::knowsWhereOtherSpansStand()
{
    const SpanSearch found = search(QStringLiteral("launch"));
    const SpanRef kernel{SpanRef::Kind::Operation, DeviceId(1), 7};
    QVERIFY(!found.numberOf(kernel));
    const SpanRef next = found.nextOf(kernel, Neighbour::Next);
    const SpanRef previous = found.nextOf(kernel, Neighbour::Previous);
    QVERIFY(spanRange(*m_index, previous).begin <= spanRange(*m_index, kernel).begin);
    QVERIFY(spanRange(*m_index, next).begin >= spanRange(*m_index, kernel).begin);
    QVERIFY(found.nextOf(previous, Neighbour::Next) == next);
    const SpanRef step{SpanRef::Kind::Step, DeviceId(0), 3};
    QVERIFY(!found.numberOf(step));
    QVERIFY(!found.nextOf(step, Neighbour::Next).isNone());
}

void TestSpanSearch::findsNothing()
{
    for (const QString& text : {QString(), QStringLiteral("  "), QStringLiteral("no such name")}) {
        const SpanSearch found = search(text);
        QCOMPARE(found.spans(), 0U);
        QCOMPARE(found.names(), 0U);
        QVERIFY(found.outermost(Neighbour::Next).isNone());
        QVERIFY(found.outermost(Neighbour::Previous).isNone());
        QVERIFY(found.nextOf({SpanRef::Kind::Operation, DeviceId(0), 0}, Neighbour::Next).isNone());
        QVERIFY(found.firstFrom(TimePoint()).isNone());
    }
    QVERIFY(SpanSearch().index() == nullptr);
    QVERIFY(!SpanSearch::of(m_index, QStringLiteral("e"), test::CancelledProgress()));
}

QTEST_APPLESS_MAIN(TestSpanSearch)
#include "tst_spansearch.moc"
