#include "core/lod/laneindex.h"

#include "core/trace/tracebuilder.h"

#include <QTest>

#include <numeric>
#include <random>

using namespace stepscope;

namespace {

constexpr int steps = 500;
constexpr int kernelsPerStep = 60;

/// Two devices of one process: work on three streams of each, of which communication and copies run beside
/// the kernels, graph replays, nested calls and annotations of two threads.
std::shared_ptr<const TraceIndex> manyLanes()
{
    TraceBuilder builder(TraceFormat::NsysSqlite);
    std::mt19937 random(3);
    const auto pick = [&random](std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random);
    };
    const ProcessId process = builder.process(100);
    const NameId gemm = builder.intern("nvjet_gemm");
    const NameId attention = builder.intern("flash_fwd_kernel");
    const NameId comm = builder.intern("ncclDevKernel_AllReduce_Sum");
    const NameId copy = builder.intern("Memcpy HtoD (Pinned -> Device)");
    const std::array calls = {builder.intern("cudaGraphLaunch"), builder.intern("cudaLaunchKernel"),
                              builder.intern("cudaMemcpyAsync"), builder.intern("cudaStreamSynchronize"),
                              builder.intern("cudaEventRecord")};
    const NameId annotation = builder.intern("forward");
    std::int64_t correlation = 0;
    for (int d = 0; d < 2; ++d) {
        const DeviceId device = builder.device(process, d);
        const ThreadId thread = builder.thread(process, 1 + d);
        std::int64_t at = 100'000 + 700 * d;
        for (int step = 0; step < steps; ++step) {
            const std::int64_t begin = at;
            const auto add = [&](NameId name, ActivityKind kind, std::int64_t stream, std::int64_t from,
                                 std::int64_t until) {
                Activity row;
                row.process = process;
                row.name = name;
                row.kind = kind;
                row.copy = kind == ActivityKind::Memcpy ? CopyKind::HostToDevice : CopyKind::None;
                row.stream = stream;
                row.begin = timePointAt(from);
                row.end = timePointAt(until);
                row.correlation = ++correlation;
                row.graph = kind == ActivityKind::Kernel && stream == 7 ? 3 : 0;
                builder.addActivity(device, row);
                ApiCall call;
                call.begin = timePointAt(from - 60'000 + pick(0, 900));
                call.end = call.begin + Duration(pick(300, 2'000));
                call.name = calls[static_cast<std::size_t>(pick(0, calls.size() - 1))];
                call.thread = thread;
                call.correlation = correlation;
                builder.addCall(call);
            };
            for (int kernel = 0; kernel < kernelsPerStep; ++kernel) {
                const std::int64_t length = pick(1'000, 9'000);
                add(kernel % 3 == 0 ? attention : gemm, ActivityKind::Kernel, 7, at, at + length);
                if (kernel % 5 == 0)
                    add(comm, ActivityKind::Kernel, 20, at + 200, at + pick(300, 12'000));
                if (kernel % 20 == 0)
                    add(copy, ActivityKind::Memcpy, 30, at + 100, at + pick(200, 900));
                at += length + pick(100, 900);
            }
            HostRange range;
            range.begin = timePointAt(begin - 80'000);
            range.end = timePointAt(begin - 1'000);
            range.name = annotation;
            range.thread = thread;
            builder.addRange(range);
            range.begin += Duration(1'000);
            range.end -= Duration(40'000);
            builder.addRange(range);
            at += pick(20'000, 60'000);
        }
    }
    NoProgress progress;
    return *TraceIndex::build(std::make_shared<const Trace>(builder.build()), KernelClassifier::standard(),
                              progress);
}

/// Which of `size` rows are on the sub-rows, each once, with times that the rows sum up to; -1 for none.
template <class RangeOf>
std::vector<int> rowsOf(const PackedSpans& spans, std::size_t size, RangeOf rangeOf, bool& sumsUp)
{
    std::vector<int> rows(size, -1);
    sumsUp = true;
    for (std::size_t row = 0; row < spans.rows.size(); ++row) {
        Duration sum = Duration::zero();
        for (std::size_t position = 0; position < spans.rows[row].size(); ++position) {
            const std::uint32_t id = spans.rows[row].id(position);
            sumsUp = sumsUp && rows[id] == -1 && spans.rows[row].positionOf(id) == position &&
                     spans.rows[row].range(position) == rangeOf(id);
            rows[id] = static_cast<int>(row);
            sum += rangeOf(id).duration();
            const SpanTimes before = spans.rows[row].timesBefore(position + 1);
            sumsUp = sumsUp && std::accumulate(before.begin(), before.end(), Duration::zero()) == sum;
        }
    }
    return rows;
}

} // namespace

class TestLaneIndex : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_index = manyLanes(); }
    void holdsEveryOperation();
    void holdsEveryCall();
    void takesFourBytesASpan();

private:
    std::shared_ptr<const TraceIndex> m_index;
};

void TestLaneIndex::holdsEveryOperation()
{
    for (std::size_t device = 0; device < 2; ++device) {
        const ActivityTable& work = m_index->trace().device(DeviceId(device)).activities;
        const DeviceSpans spans = packDevice(*m_index, DeviceId(device));
        QCOMPARE(spans.streams.size(), 3U);
        std::vector<int> found(work.size(), 0);
        for (const StreamSpans& stream : spans.streams) {
            bool sumsUp = false;
            const std::vector<int> rows = rowsOf(
                stream.operations, work.size(), [&work](std::uint32_t id) { return work.range(id); }, sumsUp);
            QVERIFY(sumsUp);
            for (std::size_t row = 0; row < work.size(); ++row) {
                QCOMPARE(rows[row] >= 0, work.stream(row) == stream.stream);
                found[row] += rows[row] >= 0 ? 1 : 0;
            }
        }
        QVERIFY(std::all_of(found.begin(), found.end(), [](int times) { return times == 1; }));
    }
}

void TestLaneIndex::holdsEveryCall()
{
    const ApiCallTable& calls = m_index->trace().calls();
    const HostSpans host = packHost(*m_index, ProcessId(0));
    QCOMPARE(host.threads.size(), 2U);
    for (const ThreadSpans& thread : host.threads) {
        bool sumsUp = false;
        const std::vector<int> rows = rowsOf(
            thread.calls, calls.size(), [&calls](std::uint32_t id) { return calls.range(id); }, sumsUp);
        QVERIFY(sumsUp);
        for (std::size_t row = 0; row < calls.size(); ++row)
            QCOMPARE(rows[row] >= 0, calls.thread(row) == thread.thread);
        QVERIFY(thread.ranges.rows.size() > 1);
        QCOMPARE(thread.ranges.size(), std::size_t(2 * steps));
    }
}

void TestLaneIndex::takesFourBytesASpan()
{
    PackedSize all;
    const auto check = [&all](const PackedSize& size, const char* what) {
        const double each = static_cast<double>(size.bytes) / static_cast<double>(size.spans);
        QVERIFY2(each <= 4.0, qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(what)).arg(each)));
        all += size;
    };
    check(packDevice(*m_index, DeviceId(0)).packedSize(), "device 0");
    check(packDevice(*m_index, DeviceId(1)).packedSize(), "device 1");
    check(packHost(*m_index, ProcessId(0)).packedSize(), "host");
    QVERIFY(all.spans > m_index->trace().activityCount() + m_index->trace().calls().size());
    qInfo("%.2f bytes a span", static_cast<double>(all.bytes) / static_cast<double>(all.spans));
}

QTEST_APPLESS_MAIN(TestLaneIndex)
#include "tst_laneindex.moc"
