#include "widgets/viewmodel/spandetails.h"

#include "core/trace/tracebuilder.h"
#include "tests/gui/timeline/smalltrace.h"
#include "widgets/viewmodel/rulematch.h"

#include <QLocale>
#include <QTest>

using namespace stepscope;

namespace {

/// One host thread and one device, row by row. Times in ns; the first row of a trace stands at 0.
class SmallTrace {
public:
    explicit SmallTrace(TraceFormat format)
        : m_builder(format), m_process(m_builder.process(4)), m_thread(m_builder.thread(m_process, 1239)),
          m_device(m_builder.device(m_process, 3))
    {}

    void call(const char* name, std::int64_t begin, std::int64_t end, std::int64_t correlation)
    {
        ApiCall call;
        call.name = m_builder.intern(name);
        call.thread = m_thread;
        call.correlation = correlation;
        call.begin = timePointAt(begin);
        call.end = timePointAt(end);
        m_builder.addCall(call);
    }
    Activity operation(const std::string& name, std::int64_t begin, std::int64_t end,
                       std::int64_t correlation)
    {
        Activity activity;
        activity.name = m_builder.intern(name);
        activity.process = m_process;
        activity.correlation = correlation;
        activity.stream = 7;
        activity.begin = timePointAt(begin);
        activity.end = timePointAt(end);
        return activity;
    }
    void add(const Activity& activity) { m_builder.addActivity(m_device, activity); }
    void range(const char* name, std::int64_t begin, std::int64_t end)
    {
        HostRange range;
        range.name = m_builder.intern(name);
        range.thread = m_thread;
        range.begin = timePointAt(begin);
        range.end = timePointAt(end);
        m_builder.addRange(range);
    }
    std::shared_ptr<const TraceIndex> index()
    {
        m_builder.setThreadName(m_thread, "thread 1239 (python3)");
        NoProgress progress;
        return *TraceIndex::build(std::make_shared<const Trace>(m_builder.build()),
                                  KernelClassifier::standard(), progress);
    }

private:
    TraceBuilder m_builder;
    ProcessId m_process;
    ThreadId m_thread;
    DeviceId m_device;
};

SpanRef operationRef(std::uint32_t row)
{
    return {SpanRef::Kind::Operation, DeviceId(0), row};
}

const SpanDetail* lineOf(const SpanDetails& details, const char* label)
{
    for (const SpanDetail& line : details.lines) {
        if (line.label == QLatin1String(label))
            return &line;
    }
    return nullptr;
}

QString valueOf(const SpanDetails& details, const char* label)
{
    const SpanDetail* const line = lineOf(details, label);
    return line ? line->value : QStringLiteral("(no such line)");
}

} // namespace

class TestSpanDetails : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void nothing()
    {
        const auto index = testing::smallIndex(1, 3);
        QVERIFY(spanDetails(*index, {}).lines.empty());
        QVERIFY(spanDetails(*index, {}).name.isEmpty());
        QVERIFY(spanToolTip(*index, {}).isEmpty());
        QVERIFY(spanRange(*index, {}).isEmpty());
    }

    void kernelByItsOwnLaunch()
    {
        const auto index = testing::smallIndex(1, 40);
        const SpanDetails details = spanDetails(*index, operationRef(3)); // step 1: 2000 µs, 200 µs long
        QCOMPARE(details.name, QStringLiteral("gemm_kernel"));
        QCOMPARE(details.kind, QStringLiteral("kernel"));
        QCOMPARE(details.range, (TimeRange{timePointAt(2'000'000), timePointAt(2'200'000)}));
        QCOMPARE(spanRange(*index, operationRef(3)), details.range);
        QCOMPARE(valueOf(details, "class"), QStringLiteral("gemm — rule gemm: gemm"));
        QCOMPARE(valueOf(details, "duration"), QStringLiteral("200 µs · 200,000 ns"));
        QCOMPARE(valueOf(details, "start"), QStringLiteral("0.002000000 s"));
        QCOMPARE(valueOf(details, "end"), QStringLiteral("0.002200000 s"));
        QCOMPARE(valueOf(details, "queue time"), QStringLiteral("3.0 µs · 3,000 ns"));
        QCOMPARE(valueOf(details, "graph"), QStringLiteral("not in a CUDA graph"));
        QVERIFY(valueOf(details, "step").endsWith(QStringLiteral("20.0 % of its 1.00 ms")));
        // There and back.
        const SpanDetail* const launch = lineOf(details, "launch call");
        QVERIFY(launch);
        QCOMPARE(launch->link.kind, SpanRef::Kind::Call);
        const SpanDetails call = spanDetails(*index, launch->link);
        QCOMPARE(call.name, QStringLiteral("cudaLaunchKernel"));
        QCOMPARE(lineOf(call, "launched")->link, operationRef(3));
        QVERIFY(valueOf(call, "launched").endsWith(QStringLiteral("started 3.0 µs after the call returned")));
    }

    void queueTimeOfEarlyAndFaultyStarts()
    {
        SmallTrace trace(TraceFormat::KinetoJson);
        trace.call("cudaGetDevice", 0, 10, 0);
        trace.call("cudaLaunchKernel", 10'000, 20'000, 1);
        trace.add(trace.operation("gemm_kernel", 18'500, 30'000, 1)); // before the call returned
        trace.call("cudaLaunchKernel", 50'000, 60'000, 2);
        trace.add(trace.operation("gemm_kernel", 47'000, 70'000, 2)); // before it was made
        trace.call("cudaLaunchKernel", 80'000, 81'000, 3);
        trace.add(trace.operation("gemm_kernel", 81'000, 82'000, 3)); // at the very end of the call
        const auto index = trace.index();
        QCOMPARE(valueOf(spanDetails(*index, operationRef(0)), "queue time"),
                 QStringLiteral("started 1.5 µs before the call returned"));
        QCOMPARE(valueOf(spanDetails(*index, operationRef(1)), "queue time"),
                 QStringLiteral("began 3.0 µs before its launch call"));
        QCOMPARE(valueOf(spanDetails(*index, operationRef(2)), "queue time"), QStringLiteral("0 ns"));
    }

    void copies()
    {
        SmallTrace trace(TraceFormat::KinetoJson);
        Activity copy = trace.operation("Memcpy HtoD (Pinned -> Device)", 0, 4'000, 0);
        copy.kind = ActivityKind::Memcpy;
        copy.copy = CopyKind::HostToDevice;
        copy.bytes = 100'000;
        trace.add(copy);
        copy.begin = timePointAt(10'000);
        copy.end = copy.begin;
        copy.bytes = 0;
        trace.add(copy);
        const auto index = trace.index();
        const SpanDetails known = spanDetails(*index, operationRef(0));
        QCOMPARE(known.kind, QStringLiteral("copy, host to device"));
        QCOMPARE(valueOf(known, "direction"), QStringLiteral("host to device"));
        QVERIFY(valueOf(known, "size").endsWith(QStringLiteral("100,000 bytes")));
        QCOMPARE(valueOf(known, "bandwidth"), QStringLiteral("25.0 GB/s"));
        QVERIFY(!lineOf(known, "class"));
        const SpanDetails unknown = spanDetails(*index, operationRef(1)); // neither 0 bytes nor 0 GB/s
        QCOMPARE(valueOf(unknown, "size"), QStringLiteral("n/a: not recorded (args.bytes)"));
        QVERIFY(!lineOf(unknown, "bandwidth"));
    }

    void namesWhatTheFileLacks()
    {
        SmallTrace nsys(TraceFormat::NsysSqlite);
        nsys.add(nsys.operation("gemm_kernel", 500, 1'000, 5));
        const auto bare = nsys.index();
        QCOMPARE(valueOf(spanDetails(*bare, operationRef(0)), "launch call"),
                 QStringLiteral("n/a: not recorded (CUPTI_ACTIVITY_KIND_RUNTIME)"));
        SmallTrace kineto(TraceFormat::KinetoJson);
        kineto.call("cudaLaunchKernel", 0, 100, 1);
        kineto.add(kineto.operation("some_kernel_xyz", 200, 1'000, 0));
        kineto.add(kineto.operation("some_kernel_xyz", 2'000, 3'000, 77));
        const auto index = kineto.index();
        const SpanDetails uncorrelated = spanDetails(*index, operationRef(0));
        QCOMPARE(valueOf(uncorrelated, "launch call"),
                 QStringLiteral("n/a: not recorded (args.correlation)"));
        QCOMPARE(valueOf(uncorrelated, "queue time"), QStringLiteral("n/a: without its launch call"));
        QCOMPARE(valueOf(uncorrelated, "class"), QStringLiteral("unknown — no rule matched"));
        QCOMPARE(valueOf(spanDetails(*index, operationRef(1)), "launch call"),
                 QStringLiteral("n/a: not in the file (correlation 77)"));
        // A launch without a record of what it launched.
        QCOMPARE(valueOf(spanDetails(*index, {SpanRef::Kind::Call, {}, 0}), "launched"),
                 QStringLiteral("n/a: the file has no GPU record of it"));
    }

    void graphReplays()
    {
        SmallTrace trace(TraceFormat::KinetoJson);
        trace.call("cudaGraphLaunch", 0, 10'000, 1);
        for (std::uint32_t node = 0; node < 3; ++node) {
            Activity kernel =
                trace.operation("gemm_kernel", 12'000 + 10'000 * node, 20'000 + 10'000 * node, 1);
            kernel.graph = 12;
            kernel.graphNode = node + 1;
            trace.add(kernel);
        }
        // An older file: no ids, only the launch that the operations share.
        trace.call("cudaGraphLaunch", 100'000, 110'000, 2);
        trace.add(trace.operation("attention_kernel", 120'000, 130'000, 2));
        trace.add(trace.operation("attention_kernel", 131'000, 140'000, 2));
        const auto index = trace.index();

        const SpanDetails node = spanDetails(*index, operationRef(1));
        const SpanRef replay{SpanRef::Kind::Replay, DeviceId(0), 0};
        QCOMPARE(valueOf(node, "graph"), QStringLiteral("12 · node 2 · replay of 3 operations"));
        QCOMPARE(lineOf(node, "graph")->link, replay);
        QCOMPARE(valueOf(node, "since graph launch"), QStringLiteral("12.0 µs · 12,000 ns"));
        QVERIFY(!lineOf(node, "queue time"));
        QCOMPARE(valueOf(spanDetails(*index, operationRef(0)), "queue time"),
                 QStringLiteral("2.0 µs · 2,000 ns"));

        const SpanDetails whole = spanDetails(*index, replay);
        QCOMPARE(whole.name, QStringLiteral("CUDA graph 12"));
        QCOMPARE(whole.range, (TimeRange{timePointAt(12'000), timePointAt(40'000)}));
        QCOMPARE(spanRange(*index, replay), whole.range);
        QCOMPARE(valueOf(whole, "operations"), QStringLiteral("3"));
        QCOMPARE(valueOf(whole, "GPU busy in it"), QStringLiteral("24.0 µs · 24,000 ns"));
        QCOMPARE(lineOf(whole, "first operation")->link, operationRef(0));
        const SpanDetail* const launch = lineOf(whole, "launch call");
        QCOMPARE(lineOf(spanDetails(*index, launch->link), "launched")->link, replay);

        const SpanDetails older = spanDetails(*index, operationRef(4));
        QVERIFY(valueOf(older, "graph").contains(QStringLiteral("id not recorded")));
        QCOMPARE(valueOf(older, "graph node"), QStringLiteral("n/a: not recorded (args \"graph node id\")"));
        QCOMPARE(lineOf(older, "graph")->link.row, 1U);
    }

    void graphLevelRecord()
    {
        SmallTrace trace(TraceFormat::NsysSqlite);
        trace.call("cudaGraphLaunch_v10000", 0, 10'000, 1);
        Activity record = trace.operation("CUDA graph 5", 12'000, 60'000, 1);
        record.kind = ActivityKind::GraphTrace;
        record.graph = 5;
        trace.add(record);
        const auto index = trace.index();
        const SpanDetails whole = spanDetails(*index, {SpanRef::Kind::Replay, DeviceId(0), 0});
        QCOMPARE(valueOf(whole, "operations"), QStringLiteral("n/a: not recorded (--cuda-graph-trace=node)"));
        QVERIFY(!lineOf(whole, "GPU busy in it")); // unknown, and not the whole span
        QCOMPARE(spanDetails(*index, operationRef(0)).kind, QStringLiteral("CUDA graph replay"));
    }

    void rangesAndDepth()
    {
        SmallTrace trace(TraceFormat::KinetoJson);
        trace.range("outer", 0, 100'000);
        trace.range("inner", 10'000, 50'000);
        trace.range("innermost", 20'000, 30'000);
        trace.range("later", 60'000, 70'000);
        trace.add(trace.operation("gemm_kernel", 0, 1'000, 0));
        const auto index = trace.index();
        const QStringList depths{QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2"),
                                 QStringLiteral("1")};
        for (std::uint32_t row = 0; row < 4; ++row) {
            const SpanDetails details = spanDetails(*index, {SpanRef::Kind::Range, {}, row});
            QCOMPARE(valueOf(details, "depth"), depths[static_cast<int>(row)]);
            QCOMPARE(valueOf(details, "thread"), QStringLiteral("thread 1239 (python3)"));
            QCOMPARE(details.kind, QStringLiteral("annotation"));
        }
    }

    /// Every span of a trace has a text, and every link leads to a span that exists.
    void linksAreValid()
    {
        const auto index = testing::smallIndex(2, 5);
        const Trace& trace = index->trace();
        std::vector<SpanRef> spans;
        for (std::uint32_t device = 0; device < trace.devices().size(); ++device) {
            for (std::uint32_t row = 0; row < trace.devices()[device].activities.size(); ++row)
                spans.push_back({SpanRef::Kind::Operation, DeviceId(device), row});
        }
        for (std::uint32_t row = 0; row < trace.calls().size(); ++row)
            spans.push_back({SpanRef::Kind::Call, {}, row});
        for (const SpanRef& span : spans) {
            const SpanDetails details = spanDetails(*index, span);
            QVERIFY(!details.name.isEmpty() && !details.kind.isEmpty() && !details.lines.empty());
            QCOMPARE(spanRange(*index, span), details.range);
            for (const SpanDetail& line : details.lines) {
                QVERIFY(!line.label.isEmpty() && !line.value.isEmpty());
                if (!line.link.isNone())
                    QVERIFY(!spanDetails(*index, line.link).lines.empty());
            }
        }
    }

    void toolTipsAreShortAndPlain()
    {
        SmallTrace trace(TraceFormat::KinetoJson);
        trace.add(trace.operation("void f<" + std::string(2000, 'T') + ">(int)::{lambda()#1}", 0, 5'000, 0));
        trace.add(trace.operation("<img src=x>", 6'000, 7'000, 0));
        const auto index = trace.index();
        const QString tip = spanToolTip(*index, operationRef(0));
        QVERIFY(tip.size() < 500);
        for (const QString& line : tip.split(QLatin1Char('\n')))
            QVERIFY2(line.size() < 110, qPrintable(line));
        QVERIFY(tip.startsWith(QStringLiteral("void f<T")));
        QVERIFY(tip.contains(QStringLiteral("{lambda()#1}")));
        QVERIFY(tip.contains(QStringLiteral("kernel · 5.0 µs")));
        QVERIFY(tip.contains(QStringLiteral("class: ")));
        QVERIFY(tip.contains(QStringLiteral("queue time: ")));
        // The whole name stands in the details; markup in a name stays text, to be escaped where it is shown.
        QCOMPARE(spanDetails(*index, operationRef(0)).name.size(), 2000 + 27);
        QVERIFY(spanToolTip(*index, operationRef(1)).startsWith(QStringLiteral("<img src=x>")));
    }

    void ruleAlternatives_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("part");
        const auto add = [](const char* pattern, const char* name, const char* part) {
            QTest::newRow(pattern) << QString::fromUtf8(pattern) << QString::fromUtf8(name)
                                   << QString::fromUtf8(part);
        };
        add("gemm|nvjet|xmma", "NVJET_tst", "nvjet");
        add("(a|b)c|d", "xbc", "(a|b)c");
        add("[|]|x", "a|b", "[|]");
        add("a\\|b|c", "a|b", "a\\|b");
        add("one", "none", "one");
        add("x|(", "nothing", "x|("); // no part of it matches alone
    }

    void ruleAlternatives()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, name);
        QFETCH(QString, part);
        QCOMPARE(matchedAlternative(pattern, name), part);
    }
};

QTEST_GUILESS_MAIN(TestSpanDetails)
#include "tst_spandetails.moc"
