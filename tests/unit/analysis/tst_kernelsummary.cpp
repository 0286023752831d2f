#include "core/analysis/kernelindex.h"

#include "core/report/stepscsv.h"
#include "tests/unit/analysis/randomtrace.h"
#include "tests/unit/base/cancelledprogress.h"

#include <QTest>

#include <map>
#include <sstream>

using namespace stepscope;

namespace {

/// A loop whose sums are known: every step holds a graph replay of `graphKernels` kernels, one kernel
/// outside of it and one copy; every second step another kernel.
std::shared_ptr<const TraceIndex> graphLoop(int steps, int graphKernels)
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(1);
    const ThreadId thread = builder.thread(process, 1);
    const DeviceId device = builder.device(process, 0);
    std::int64_t correlation = 0;
    const auto launch = [&](const char* name, std::int64_t at) {
        ApiCall call;
        call.name = builder.intern(name);
        call.thread = thread;
        call.correlation = ++correlation;
        call.begin = timePointAt(at);
        call.end = timePointAt(at + 1'000);
        builder.addCall(call);
    };
    const auto work = [&](const char* name, std::int64_t at, std::int64_t length, ActivityKind kind) {
        Activity activity;
        activity.name = builder.intern(name);
        activity.process = process;
        activity.correlation = correlation;
        activity.begin = timePointAt(at);
        activity.end = timePointAt(at + length);
        activity.kind = kind;
        activity.copy = kind == ActivityKind::Memcpy ? CopyKind::DeviceToHost : CopyKind::None;
        builder.addActivity(device, activity);
    };
    for (int step = 0; step < steps; ++step) {
        const std::int64_t at = 1'000'000LL * (step + 1);
        HostRange range;
        range.name = builder.intern("execute_context_0(0)_generation_1(1)");
        range.thread = thread;
        range.begin = timePointAt(at - 10'000);
        range.end = timePointAt(at + 900'000);
        builder.addRange(range);
        launch("cudaGraphLaunch", at - 5'000);
        for (int kernel = 0; kernel < graphKernels; ++kernel)
            work("gemm_kernel", at + 10'000LL * kernel, 8'000, ActivityKind::Kernel);
        launch("cudaLaunchKernel", at + 300'000);
        work("gemm_kernel", at + 310'000, 20'000, ActivityKind::Kernel); // the same name outside the graph
        if (step % 2 == 1) {
            launch("cudaLaunchKernel", at + 400'000);
            work("=cmd_kernel", at + 410'000, 7'000, ActivityKind::Kernel);
        }
        launch("cudaMemcpyAsync", at + 500'000);
        work(step % 2 == 1 ? "Memcpy DtoH (Device -> Pinned)" : "Memcpy DtoH (Device -> Pageable)",
             at + 510'000, 1'000, ActivityKind::Memcpy);
    }
    NoProgress progress;
    auto index = TraceIndex::build(std::make_shared<const Trace>(builder.build()),
                                   KernelClassifier::standard(), progress);
    return *index;
}

KernelSummary summarize(const TraceIndex& index, TimeRange window)
{
    NoProgress progress;
    const Result<KernelIndex> kernels = KernelIndex::build(index, DeviceId(0), progress);
    return kernels->of(window);
}

const KernelRow* rowNamed(const TraceIndex& index, const KernelSummary& summary, std::string_view name)
{
    for (const KernelRow& row : summary.rows) {
        if (kernelRowName(index.trace(), row) == name)
            return &row;
    }
    return nullptr;
}

/// Σ of a column over the rows of a CSV without quoted cells whose `kind` is decode.
std::int64_t decodeSum(const std::string& csv, const std::string& column)
{
    std::istringstream lines(csv);
    std::string line;
    std::vector<std::string> header;
    std::int64_t sum = 0;
    while (std::getline(lines, line)) {
        std::vector<std::string> cells;
        std::istringstream text(line);
        for (std::string cell; std::getline(text, cell, ',');)
            cells.push_back(cell);
        if (header.empty()) {
            header = cells;
            continue;
        }
        const auto at = [&](const std::string& name) {
            return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
        };
        if (cells[at("kind")] == "decode")
            sum += std::stoll(cells[at(column)]);
    }
    return sum;
}

TimeRange randomWindow(const TraceIndex& index, std::mt19937& random)
{
    const auto length = nanosecondsOf(index.trace().extent().end);
    const auto from = std::uniform_int_distribution<std::int64_t>(-5, length)(random);
    return {timePointAt(from),
            timePointAt(std::uniform_int_distribution<std::int64_t>(from, length + 5)(random))};
}

struct Sum {
    std::uint64_t count = 0;
    std::uint64_t inGraph = 0;
    Duration total = Duration::zero();
    Duration longest = Duration::zero();
};

std::string plainName(const Trace& trace, const ActivityTable& work, std::size_t row)
{
    if (work.kind(row) == ActivityKind::Memcpy)
        return "memcpy DtoH"; // the only direction of these traces
    const std::string prefix = work.kind(row) == ActivityKind::GraphTrace ? "graph:" : "";
    return prefix + std::string(trace.name(work.name(row)));
}

/// Every row of the trace is asked whether it begins in a step that counts.
void compareWithBruteForce(const TraceIndex& index, TimeRange window)
{
    const Trace& trace = index.trace();
    const ActivityTable& work = trace.device(DeviceId(0)).activities;
    std::vector<std::uint32_t> rowReplay;
    findReplays(trace, work, &rowReplay);
    std::vector<TimeRange> counted;
    for (const Step& step : index.device(DeviceId(0)).steps.steps) {
        if (step.isClean() && window.contains(step.range))
            counted.push_back(step.range);
    }
    const KernelSummary summary = summarize(index, window);
    QCOMPARE(summary.steps, counted.size());
    if (counted.empty())
        counted.push_back(window);
    std::map<std::string, Sum> sums;
    std::map<std::string, NameId> firstNames;
    Duration total = Duration::zero();
    for (std::size_t row = 0; row < work.size(); ++row) {
        const auto holds = [&](TimeRange range) { return range.contains(work.begin(row)); };
        if (std::none_of(counted.begin(), counted.end(), holds))
            continue;
        Sum& sum = sums[plainName(trace, work, row)];
        firstNames.try_emplace(plainName(trace, work, row), work.name(row));
        const Duration length = work.range(row).duration();
        ++sum.count;
        sum.inGraph += rowReplay[row] != notInGraph ? 1U : 0U;
        sum.total += length;
        sum.longest = std::max(sum.longest, length);
        total += length;
    }
    QCOMPARE(summary.rows.size(), sums.size());
    QCOMPARE(summary.total, total);
    for (std::size_t i = 0; i < summary.rows.size(); ++i) {
        const KernelRow& row = summary.rows[i];
        const std::string prefix = row.kind == ActivityKind::GraphTrace ? "graph:" : "";
        const Sum& sum = sums[prefix + std::string(kernelRowName(trace, row))];
        QCOMPARE(row.name, firstNames[prefix + std::string(kernelRowName(trace, row))]);
        QCOMPARE(row.count, sum.count);
        QCOMPARE(row.inGraph, sum.inGraph);
        QCOMPARE(row.total, sum.total);
        QCOMPARE(row.longest, sum.longest);
        QVERIFY(i == 0 || summary.rows[i - 1].total >= row.total);
    }
}

} // namespace

class TestKernelSummary : public QObject {
    Q_OBJECT

private slots:
    void closedForm()
    {
        const auto index = graphLoop(41, 12);
        const TimeRange window = index->automaticWindow(DeviceId(0));
        const KernelSummary summary = summarize(*index, window);
        const auto [first, last] = index->device(DeviceId(0)).steps.insideOf(window);
        QVERIFY(summary.steps >= 20);
        QCOMPARE(summary.steps, last - first);
        const auto steps = static_cast<std::int64_t>(summary.steps);

        const KernelRow* const gemm = rowNamed(*index, summary, "gemm_kernel");
        QVERIFY(gemm);
        QCOMPARE(gemm->count, std::uint64_t(13 * steps));
        QCOMPARE(gemm->inGraph, std::uint64_t(12 * steps)); // partly: the same name outside
        QCOMPARE(gemm->total, Duration((12 * 8'000 + 20'000) * steps));
        QCOMPARE(gemm->longest, Duration(20'000));
        QVERIFY(gemm->kernelClass == KernelClass::MatrixMultiply);

        const KernelRow* const copies = rowNamed(*index, summary, "memcpy DtoH");
        QVERIFY(copies); // both spellings in one row
        QCOMPARE(copies->count, std::uint64_t(steps));
        QCOMPARE(copies->inGraph, std::uint64_t(0));
        QCOMPARE(copies->total, Duration(1'000 * steps));
        QCOMPARE(summary.rows.size(), std::size_t(3));
        QCOMPARE(summary.rows.front().name, gemm->name); // by total
        QCOMPARE(summary.total, summary.kernelTotal + copies->total);
    }

    void sumsEqualStepsCsv()
    {
        const auto index = graphLoop(30, 5);
        const TimeRange window = index->automaticWindow(DeviceId(0));
        const Assessment assessment = assessWindow(*index, window, DeviceId(0), {});
        const KernelSummary summary = summarize(*index, window);
        QCOMPARE(summary.steps, assessment.analysis.devices.front().budget.steps);
        QVERIFY(summary.kernelTotal > Duration::zero());
        QCOMPARE(summary.kernelTotal.count(), decodeSum(stepsCsv(assessment, *index), "summed_kernel_ns"));
        QCOMPARE(static_cast<std::int64_t>(summary.operations),
                 decodeSum(stepsCsv(assessment, *index), "gpu_ops"));
    }

    void withoutStepsItSumsTheWindow()
    {
        const auto index = graphLoop(30, 5);
        // The trace begins 10 µs before step 0: step k is at k ms + 10 µs.
        const KernelSummary odd = summarize(*index, {timePointAt(5'310'000), timePointAt(5'610'000)});
        QCOMPARE(odd.steps, std::size_t(0));
        QCOMPARE(odd.operations, std::uint64_t(3));
        QCOMPARE(odd.total, Duration(20'000 + 7'000 + 1'000));
        const KernelSummary even = summarize(*index, {timePointAt(6'310'000), timePointAt(6'610'000)});
        QCOMPARE(even.operations, std::uint64_t(2));
        const KernelSummary nothing = summarize(*index, {timePointAt(5'600'000), timePointAt(5'601'000)});
        QVERIFY(nothing.rows.empty());
        QCOMPARE(nothing.total, Duration::zero());
    }

    void randomTracesEqualBruteForce()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 300; ++round) {
            const RandomTrace source = RandomTrace::make(random);
            NoProgress progress;
            const auto index = *TraceIndex::build(std::make_shared<const Trace>(source.build(&random)),
                                                  KernelClassifier::standard(), progress);
            compareWithBruteForce(*index, randomWindow(*index, random));
        }
    }

    void randomWindowsOfALoopEqualBruteForce()
    {
        std::mt19937 random(12);
        const auto index = graphLoop(24, 3);
        std::size_t withSteps = 0;
        for (int round = 0; round < 300; ++round) {
            const TimeRange window = randomWindow(*index, random);
            compareWithBruteForce(*index, window);
            withSteps += summarize(*index, window).steps > 0 ? 1U : 0U;
        }
        QVERIFY(withSteps > 100);
    }

    void stopsWhenAsked()
    {
        const auto index = graphLoop(10, 2);
        test::CancelledProgress progress;
        const Result<KernelIndex> kernels = KernelIndex::build(*index, DeviceId(0), progress);
        QVERIFY(!kernels);
        QVERIFY(kernels.error().code == ErrorCode::Cancelled);
    }

    void knowsRulesAndLaunchedWork()
    {
        const auto index = graphLoop(10, 2);
        const Trace& trace = index->trace();
        const KernelRule* const rule = index->rule(trace.names().find("gemm_kernel"));
        QVERIFY(rule);
        QCOMPARE(QByteArray(rule->subClass.c_str()), QByteArray("gemm"));
        QVERIFY(!index->rule(trace.names().find("=cmd_kernel")));
        QVERIFY(!index->rule(trace.names().find("cudaGraphLaunch"))); // no kernel has that name
        QVERIFY(!index->rule(NameId()));
        const ActivityTable& work = trace.device(DeviceId(0)).activities;
        for (std::size_t row = 0; row < work.size(); ++row) {
            const std::optional<OperationRef> first = index->launchedBy(work.launch(row));
            QVERIFY(first);
            QVERIFY(first->row <= row);
            QCOMPARE(work.correlation(first->row), work.correlation(row));
        }
        QVERIFY(!index->launchedBy(CallId()));
    }
};

QTEST_APPLESS_MAIN(TestKernelSummary)
#include "tst_kernelsummary.moc"
