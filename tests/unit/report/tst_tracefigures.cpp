#include "core/report/inforeport.h"
#include "core/report/tracefigures.h"
#include "core/trace/tracebuilder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <map>
#include <random>

using namespace stepscope;

namespace {

bool isComm(std::string_view name)
{
    return name.find("nccl") != std::string_view::npos;
}

class Rows {
public:
    explicit Rows(TraceFormat format = TraceFormat::NsysSqlite) : m_builder(format) {}

    void add(ActivityKind kind, std::int64_t begin, std::int64_t end, const char* name = "gemm",
             std::int64_t device = 0, std::int64_t pid = 1, std::int64_t stream = 7,
             std::int64_t correlation = 0, std::uint32_t node = 0)
    {
        Activity activity;
        activity.begin = timePointAt(begin);
        activity.end = timePointAt(end);
        activity.kind = kind;
        activity.name = m_builder.intern(name);
        activity.stream = stream;
        activity.correlation = correlation;
        activity.graphNode = node;
        activity.process = m_builder.process(pid);
        m_builder.addActivity(m_builder.device(activity.process, device), activity);
    }
    void call(const char* name, std::int64_t begin, std::int64_t correlation, std::int64_t pid = 1)
    {
        ApiCall call;
        call.begin = timePointAt(begin);
        call.end = timePointAt(begin + 1);
        call.name = m_builder.intern(name);
        call.correlation = correlation;
        call.thread = m_builder.thread(m_builder.process(pid), 1);
        m_builder.addCall(call);
    }
    Trace build() { return m_builder.build(); }

private:
    TraceBuilder m_builder;
};

} // namespace

class TestTraceFigures : public QObject {
    Q_OBJECT

private slots:
    void handCounted();
    void lanesOfOneNumberAreUnited();
    void graphKernels();
    void launches();
    void onlyMemsets();
    void emptyTrace();
    void bruteForceOnRandomRows();
};

void TestTraceFigures::handCounted()
{
    Rows rows;
    rows.add(ActivityKind::Kernel, 1'000'000, 1'020'000);
    rows.add(ActivityKind::Kernel, 1'010'000, 1'030'000, "nccl_reduce", 0, 1, 20);
    rows.add(ActivityKind::Memcpy, 1'030'000, 1'040'000);     // touches
    rows.add(ActivityKind::GraphTrace, 1'050'000, 1'060'000); // gap of exactly 10 µs
    rows.add(ActivityKind::Memset, 1'055'000, 1'065'000);
    rows.add(ActivityKind::Kernel, 1'070'001, 1'070'001); // empty
    rows.add(ActivityKind::Kernel, 1'080'001, 1'090'000); // gap of 20 µs and 1 ns
    rows.add(ActivityKind::Kernel, 2'090'001, 2'090'002); // gap of 1 ms and 1 ns
    rows.add(ActivityKind::Kernel, 1'095'000, 1'094'000); // backwards
    const TraceFigures figures = traceFigures(rows.build(), isComm);
    QCOMPARE(figures.devices.size(), std::size_t{1});
    const DeviceFigures& device = figures.devices.at(0);
    QCOMPARE(device.kernels, 6U);
    QCOMPARE(device.memcpy, 1U);
    QCOMPARE(device.memset, 1U);
    QCOMPARE(device.graphTraces, 1U);
    QCOMPARE(device.zeroLength, 1U);
    QCOMPARE(device.negativeLength, 1U);
    QCOMPARE(device.kernelSum.count(), 20'000 + 20'000 + 9'999 + 1);
    QCOMPARE(device.kernelUnion.count(), 30'000 + 9'999 + 1);
    QCOMPARE(device.busyUnion.count(), 40'000 + 10'000 + 9'999 + 1);
    QCOMPARE(device.busyMemsetUnion.count(), 40'000 + 15'000 + 9'999 + 1);
    QCOMPARE(device.span.duration().count(), 2'090'002 - 1'000'000);
    QCOMPARE(device.gapCount, 3U);
    QCOMPARE((device.gapSum + device.busyUnion).count(), device.span.duration().count());
    QCOMPARE(device.gapsOver10Microseconds, 2U);
    QCOMPARE(device.gapsOver100Microseconds, 1U);
    QCOMPARE(device.gapsOver1Millisecond, 1U);
    QCOMPARE(device.largestGap.duration().count(), 1'000'001);
    QCOMPARE(device.commKernels, 1U);
    QCOMPARE(device.commUnion.count(), 20'000);
    QCOMPARE(device.exposedComm.count(), 10'000);
    QCOMPARE(device.streams, (std::set<std::int64_t>{7, 20}));
}

void TestTraceFigures::lanesOfOneNumberAreUnited()
{
    Rows rows;
    rows.add(ActivityKind::Kernel, 100, 200, "gemm", 0, 1);
    rows.add(ActivityKind::Kernel, 150, 250, "gemm", 0, 2);
    rows.add(ActivityKind::Kernel, 100, 120, "gemm", 3, 2);
    const Trace trace = rows.build();
    QCOMPARE(trace.devices().size(), std::size_t{3});
    const TraceFigures figures = traceFigures(trace, isComm);
    QCOMPARE(figures.devices.size(), std::size_t{2});
    QCOMPARE(figures.devices.at(0).kernels, 2U);
    QCOMPARE(figures.devices.at(0).busyUnion.count(), 150);
    QCOMPARE(figures.devices.at(0).pids, (std::set<std::int64_t>{1, 2}));
    QCOMPARE(figures.devices.at(3).busyUnion.count(), 20);
}

void TestTraceFigures::graphKernels()
{
    Rows rows;
    rows.call("cudaGraphLaunch_v10000", 10, 5);
    rows.call("cudaLaunchKernel_v7000", 20, 6);
    rows.add(ActivityKind::Kernel, 100, 110, "a", 0, 1, 7, 5); // shares the launch
    rows.add(ActivityKind::Kernel, 120, 130, "b", 0, 1, 7, 6); // plain
    rows.add(ActivityKind::Kernel, 140, 150, "c", 0, 1, 7, 9,
             3);                                               // has a node, its launch lies before the trace
    rows.add(ActivityKind::Memcpy, 160, 170, "d", 0, 1, 7, 5); // no kernel
    QCOMPARE(traceFigures(rows.build(), isComm).devices.at(0).graphKernels, 2U);
}

void TestTraceFigures::launches()
{
    Rows rows;
    for (const char* name :
         {"cudaLaunchKernel_v7000", "cudaLaunchKernel_ptsz_v7000", "cudaLaunchKernelExC_v11060",
          "cuLaunchKernel", "cudaGraphLaunch_v10000", "hipGraphLaunch", "hipExtModuleLaunchKernel",
          "cudaMemcpyAsync_v3020", "cudaGraphInstantiate_v12000"})
        rows.call(name, 10, 0);
    const TraceFigures figures = traceFigures(rows.build(), isComm);
    QCOMPARE(figures.graphLaunches, 2U);
    QCOMPARE(figures.cudaLaunchKernel, 2U);
    const std::map<std::string, std::uint64_t> expected = {
        {"cuLaunchKernel", 1},      {"cudaGraphLaunch", 1},          {"cudaLaunchKernel", 2},
        {"cudaLaunchKernelExC", 1}, {"hipExtModuleLaunchKernel", 1}, {"hipGraphLaunch", 1}};
    QVERIFY(figures.launchCalls == expected);
}

void TestTraceFigures::onlyMemsets()
{
    Rows rows;
    rows.add(ActivityKind::Memset, 100, 200);
    const Trace trace = rows.build();
    const TraceFigures figures = traceFigures(trace, isComm);
    QCOMPARE(figures.devices.at(0).busyUnion.count(), 0);
    QCOMPARE(figures.devices.at(0).busyMemsetUnion.count(), 100);
    const QJsonObject device = QJsonDocument::fromJson(QByteArray::fromStdString(infoJson(trace, figures)))
                                   .object()[QLatin1String("devices")]
                                   .toObject()[QLatin1String("0")]
                                   .toObject();
    QVERIFY(device[QLatin1String("first_start_ns")].isNull());
    QVERIFY(device[QLatin1String("largest_gap_start_ns")].isNull());
    QVERIFY(!infoText(trace, figures).empty());
}

void TestTraceFigures::emptyTrace()
{
    Rows rows(TraceFormat::KinetoJson);
    const Trace trace = rows.build();
    const TraceFigures figures = traceFigures(trace, isComm);
    QVERIFY(figures.devices.empty());
    const QJsonObject info =
        QJsonDocument::fromJson(QByteArray::fromStdString(infoJson(trace, figures))).object();
    QVERIFY(info[QLatin1String("devices")].toObject().isEmpty());
    QVERIFY(info[QLatin1String("devices")].isObject());
    QVERIFY(QString::fromStdString(infoText(trace, figures)).contains(QStringLiteral("No GPU work.")));
}

void TestTraceFigures::bruteForceOnRandomRows()
{
    std::mt19937 random(17);
    for (int round = 0; round < 50; ++round) {
        Rows rows;
        constexpr std::int64_t length = 400; // ns, counted one by one
        std::array<int, length> busy{};
        std::array<int, length> comm{};
        std::array<int, length> compute{};
        const int count = 1 + static_cast<int>(random() % 30);
        for (int i = 0; i < count; ++i) {
            const auto begin = static_cast<std::int64_t>(random() % (length - 20));
            const auto end = begin + static_cast<std::int64_t>(random() % 20);
            const auto kind = static_cast<ActivityKind>(random() % 4);
            const bool communicates = random() % 3 == 0;
            rows.add(kind, 1000 + begin, 1000 + end, communicates ? "nccl" : "gemm");
            for (std::int64_t at = begin; at < end; ++at) {
                const auto index = static_cast<std::size_t>(at);
                busy[index] |= kind != ActivityKind::Memset;
                comm[index] |= kind == ActivityKind::Kernel && communicates;
                compute[index] |= kind == ActivityKind::Kernel && !communicates;
            }
        }
        const DeviceFigures device = traceFigures(rows.build(), isComm).devices.at(0);
        std::int64_t busySum = 0;
        std::int64_t commSum = 0;
        std::int64_t exposed = 0;
        std::uint64_t gaps = 0;
        bool wasBusy = false;
        for (std::size_t at = 0; at < length; ++at) {
            busySum += busy[at];
            commSum += comm[at];
            exposed += comm[at] && !compute[at];
            gaps += busy[at] && !wasBusy;
            wasBusy = busy[at] != 0;
        }
        QCOMPARE(device.busyUnion.count(), busySum);
        QCOMPARE(device.commUnion.count(), commSum);
        QCOMPARE(device.exposedComm.count(), exposed);
        QCOMPARE(device.gapCount, gaps == 0 ? 0 : gaps - 1);
        QCOMPARE((device.gapSum + device.busyUnion).count(), device.span.duration().count());
    }
}

QTEST_GUILESS_MAIN(TestTraceFigures)
#include "tst_tracefigures.moc"
