#include "core/analysis/traceindex.h"
#include "core/import/traceimporter.h"
#include "core/trace/tracebuilder.h"

#include <QDir>
#include <QTest>

#include <algorithm>

using namespace stepscope;

namespace {

std::shared_ptr<const Trace> openReal(const QString& name)
{
    NoProgress progress;
    auto imported = importTrace(
        QStringLiteral(STEPSCOPE_SHARED_DATA "/traces/real/%1").arg(name).toStdString(), progress);
    return imported ? std::make_shared<const Trace>(std::move(*imported)) : nullptr;
}

enum class Use { All, CallStack, Operations };

StepIndex stepsOf(std::shared_ptr<const Trace> trace, Use use)
{
    NoProgress progress;
    StepOptions options;
    options.useAnnotations = use == Use::All;
    options.useCallStack = use != Use::Operations;
    const auto index = TraceIndex::build(std::move(trace), KernelClassifier::standard(), progress, options);
    return (*index)->devices().front().steps;
}

/// The rows of the trace's first device and their calls, `times` times over, each with a gap like that of a
/// host between steps. Correlations stay unique; annotations are left out.
Trace repeated(const Trace& trace, std::int64_t times)
{
    TraceBuilder builder(TraceFormat::NsysSqlite);
    const ProcessId process = builder.process(1);
    const ThreadId thread = builder.thread(process, 1);
    const DeviceId device = builder.device(process, 0);
    const ActivityTable& work = trace.devices().front().activities;
    const ApiCallTable& calls = trace.calls();
    std::int64_t largest = 0;
    TimePoint firstCall = TimePoint::max();
    for (std::size_t row = 0; row < work.size(); ++row) {
        largest = std::max(largest, work.correlation(row));
        if (work.launch(row).isValid())
            firstCall = std::min(firstCall, calls.begin(work.launch(row).value()));
    }
    const Duration length =
        trace.gpuExtent().end - std::min(firstCall, trace.gpuExtent().begin) + std::chrono::milliseconds(2);
    std::vector<bool> isCopied(calls.size(), false);
    for (std::int64_t time = 0; time < times; ++time) {
        std::fill(isCopied.begin(), isCopied.end(), false);
        for (std::size_t row = 0; row < work.size(); ++row) {
            Activity activity = work.row(row);
            activity.begin += time * length;
            activity.end += time * length;
            activity.name = builder.intern(trace.name(activity.name));
            activity.process = process;
            activity.correlation += activity.correlation == 0 ? 0 : time * largest;
            const CallId launch = activity.launch;
            activity.launch = CallId();
            builder.addActivity(device, activity);
            if (!launch.isValid() || isCopied[launch.value()])
                continue;
            isCopied[launch.value()] = true;
            ApiCall call;
            call.begin = calls.begin(launch.value()) + time * length;
            call.end = calls.end(launch.value()) + time * length;
            call.name = builder.intern(trace.name(calls.name(launch.value())));
            call.thread = thread;
            call.correlation = activity.correlation;
            builder.addCall(call);
        }
    }
    return builder.build();
}

} // namespace

/// Steps of other people's traces: those their annotations imply, and never another number without them.
class TestRealSteps : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!QDir(QStringLiteral(STEPSCOPE_SHARED_DATA "/traces/real")).exists())
            QSKIP("the real traces (../shared/traces/real) are not on this machine");
    }

    void followsAnnotations_data()
    {
        QTest::addColumn<int>("steps");
        QTest::newRow("kineto_vllm_mi300_piecewise_graphs.json.gz") << 1;
        QTest::newRow("kineto_sglang_b300_qwen3_decode.json.gz") << 1;
        QTest::newRow("kineto_mi300_qwen15.json.gz") << 1;
        QTest::newRow("kineto_mi250_rocm62.json.gz") << 1;
        QTest::newRow("kineto_b200_eager_nccl.json.gz") << 1;
        QTest::newRow("kineto_trace_diff_test_graphs.json.gz") << 6;
        QTest::newRow("kineto_2021_resnet_w0_a.json.gz") << 6;
    }
    void followsAnnotations()
    {
        QFETCH(int, steps);
        const auto trace = openReal(QLatin1String(QTest::currentDataTag()));
        QVERIFY(trace);
        const StepIndex annotated = stepsOf(trace, Use::All);
        QCOMPARE(annotated.source, StepSource::Annotation);
        QCOMPARE(annotated.boundaries.size(), static_cast<std::size_t>(steps));
        QCOMPARE(annotated.isSingle, steps == 1);

        // Nothing in these files recurs evenly with the steps: none is right, another number is not.
        const StepIndex bare = stepsOf(trace, Use::Operations);
        QVERIFY(bare.source == StepSource::None || bare.boundaries.size() == annotated.boundaries.size());
    }

    /// With the annotations removed, the Python frames of engine or model imply the same steps, to the ns.
    void callStackGivesTheSameSteps_data()
    {
        QTest::addColumn<bool>("hasFrames");
        QTest::newRow("kineto_vllm_mi300_piecewise_graphs.json.gz") << true;
        QTest::newRow("kineto_sglang_b300_qwen3_decode.json.gz") << true;
        QTest::newRow("kineto_mi300_qwen15.json.gz") << true;
        QTest::newRow("kineto_mi250_rocm62.json.gz") << false;
        QTest::newRow("kineto_b200_eager_nccl.json.gz") << true;
        QTest::newRow("kineto_trace_diff_test_graphs.json.gz") << false;
        QTest::newRow("kineto_2021_resnet_w0_a.json.gz") << false;
    }
    void callStackGivesTheSameSteps()
    {
        QFETCH(bool, hasFrames);
        const auto trace = openReal(QLatin1String(QTest::currentDataTag()));
        QVERIFY(trace);
        const StepIndex bare = stepsOf(trace, Use::CallStack);
        QCOMPARE(bare.source == StepSource::CallStack, hasFrames);
        if (!hasFrames)
            return;
        const StepIndex annotated = stepsOf(trace, Use::All);
        QCOMPARE(bare.isSingle, annotated.isSingle);
        QVERIFY(bare.boundaries == annotated.boundaries);
        QVERIFY(bare.steps.front().range == annotated.steps.front().range);
    }

    /// A file with one step shows no period; the same step over and over does.
    void findsTheStepRepeated_data()
    {
        QTest::addColumn<int>("source");
        QTest::newRow("kineto_vllm_mi300_piecewise_graphs.json.gz") << static_cast<int>(StepSource::Graph);
        QTest::newRow("kineto_sglang_b300_qwen3_decode.json.gz") << static_cast<int>(StepSource::Operation);
    }
    void findsTheStepRepeated()
    {
        QFETCH(int, source);
        const auto trace = openReal(QLatin1String(QTest::currentDataTag()));
        QVERIFY(trace);
        for (const std::int64_t times : {9, 40}) {
            const StepIndex steps =
                stepsOf(std::make_shared<const Trace>(repeated(*trace, times)), Use::Operations);
            QCOMPARE(static_cast<int>(steps.source), source);
            QCOMPARE(steps.boundaries.size(), static_cast<std::size_t>(times));
        }
    }
};

QTEST_APPLESS_MAIN(TestRealSteps)
#include "tst_realsteps.moc"
