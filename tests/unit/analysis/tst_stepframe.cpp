#include "core/analysis/stepframe.h"
#include "core/analysis/traceindex.h"
#include "core/trace/tracebuilder.h"

#include <QTest>

#include <string>

using namespace stepscope;

namespace {

constexpr std::int64_t period = 1'000'000; // ns
constexpr int firstOperation = 20'000;     // after the step's frame began on the host

struct Call {
    const char* frame;
    std::int64_t from = 0;
    std::int64_t until = 0; // inside the step's period
    int kernels = 0;        // launched from it
};

/// `steps` times the same calls; each kernel is another one, so that no operation tells a step.
std::shared_ptr<const TraceIndex> loopOf(int steps, const std::vector<Call>& calls, bool callsOnOtherThread)
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    const ProcessId process = builder.process(100);
    const ThreadId python = builder.thread(process, 1);
    const ThreadId launching = callsOnOtherThread ? builder.thread(process, 2) : python;
    const DeviceId device = builder.device(process, 0);
    std::int64_t correlation = 0;
    for (int step = 0; step < steps; ++step) {
        for (const Call& call : calls) {
            const std::int64_t begin = 1'000'000 + step * period + call.from;
            CpuEvent event;
            event.kind = CpuEventKind::PythonFunction;
            event.begin = timePointAt(begin);
            event.end = timePointAt(1'000'000 + step * period + call.until);
            event.name = builder.intern(call.frame);
            event.thread = python;
            builder.addCpuEvent(event);
            for (int kernel = 0; kernel < call.kernels; ++kernel) {
                ApiCall launch;
                launch.begin = timePointAt(begin + firstOperation + kernel * 10'000);
                launch.end = launch.begin + Duration(4'000);
                launch.name = builder.intern("cudaLaunchKernel");
                launch.thread = launching;
                launch.correlation = ++correlation;
                builder.addCall(launch);
                Activity work;
                work.process = process;
                work.stream = 7;
                work.name = builder.intern("kernel_" + std::to_string(correlation));
                work.correlation = correlation;
                work.begin = launch.end + Duration(2'000);
                work.end = work.begin + Duration(3'000);
                builder.addActivity(device, work);
            }
        }
    }
    NoProgress progress;
    return *TraceIndex::build(std::make_shared<const Trace>(builder.build()), KernelClassifier::standard(),
                              progress);
}

const char* const executeModel = "vllm/v1/worker/gpu_model_runner.py(3380): execute_model";
const char* const model = "nn.Module: LlamaForCausalLM_0";
const char* const backbone = "nn.Module: LlamaModel_0";
const char* const draftModel = "nn.Module: EagleLlamaForCausalLM_0";

} // namespace

/// Steps of traces without annotations, by the Python frames that run one.
class TestStepFrame : public QObject {
    Q_OBJECT

private slots:
    void readsNames_data()
    {
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, StepFrameKind kind) {
            QTest::newRow(name) << static_cast<int>(kind);
        };
        row(executeModel, StepFrameKind::VllmExecute);
        row("/opt/(a) b/vllm/worker/model_runner.py(1702): execute_model", StepFrameKind::VllmExecute);
        row("/sgl-workspace/sglang/python/sglang/srt/managers/scheduler.py(2996): run_batch",
            StepFrameKind::SglangRunBatch);
        row("tensorrt_llm/_torch/pyexecutor/py_executor.py(1410): _forward_step",
            StepFrameKind::TrtllmForward);
        row(model, StepFrameKind::Model);
        row("nn.Module: Qwen2_5_VLForConditionalGeneration_12", StepFrameKind::Model);
        row("nn.Module: GPT2LMHeadModel_0", StepFrameKind::Model);
        row("nn.Module: Qwen2Model_0", StepFrameKind::Model);
        for (const char* name :
             {"execute_model", "vllm/v1/worker/gpu_worker.py(610): execute_model",
              "vllm/v1/worker/gpu_model_runner.py(3102): _model_forward", "scheduler.py(12): run_batch",
              "nn.Module: LlamaDecoderLayer_0", "nn.Module: LlamaForCausalLM",
              "nn.Module: LlamaForCausalLM_x", "nn.Module: ", "): run_batch", "(1): execute_model", ""})
            QTest::newRow(*name != '\0' ? name : "(empty)") << -1;
    }
    void readsNames()
    {
        QFETCH(int, kind);
        const QByteArray tag = QTest::currentDataTag();
        const auto read = parseStepFrame(tag == "(empty)" ? "" : tag.constData());
        QCOMPARE(read ? static_cast<int>(*read) : -1, kind);
    }

    void findsSteps_data()
    {
        QTest::addColumn<int>("shape");
        QTest::addColumn<int>("steps");
        QTest::addColumn<bool>("callsOnOtherThread");
        for (const int steps : {1, 2, 30}) {
            QTest::addRow("execute_model, %d", steps) << 0 << steps << false;
            QTest::addRow("model with a draft model, %d", steps) << 1 << steps << false;
            QTest::addRow("launches on another thread, %d", steps) << 0 << steps << true;
        }
    }
    /// One step a call of it, whatever runs beside it, even where nothing repeats.
    void findsSteps()
    {
        QFETCH(int, shape);
        QFETCH(int, steps);
        QFETCH(bool, callsOnOtherThread);
        std::vector<Call> calls = {{model, 100'000, 600'000, 12},
                                   {backbone, 110'000, 500'000, 0},
                                   {draftModel, 700'000, 760'000, 3},
                                   {draftModel, 780'000, 840'000, 3}};
        if (shape == 0)
            calls.insert(calls.begin(), {executeModel, 0, 650'000, 2});
        const auto index = loopOf(steps, calls, callsOnOtherThread);
        const StepIndex& found = index->device(DeviceId(0)).steps;
        QCOMPARE(found.source, StepSource::CallStack);
        QVERIFY(!found.isWeak);
        QCOMPARE(found.isSingle, steps == 1);
        QCOMPARE(found.boundaries.size(), static_cast<std::size_t>(steps));
        const std::int64_t begin = 1'000'000 + calls.front().from + firstOperation + 4'000 + 2'000;
        for (int step = 0; step < steps; ++step) {
            // Rebased to the trace's own origin: the first step is where it is.
            const Duration apart =
                found.boundaries[static_cast<std::size_t>(step)] - found.boundaries.front();
            QCOMPARE(apart.count(), step * period);
        }
        const Trace& trace = index->trace();
        QCOMPARE((found.boundaries.front() - trace.cpuEvents().begin(0)).count(),
                 begin - 1'000'000 - calls.front().from);
    }

    void canBeLeftOut()
    {
        const auto index = loopOf(30, {{model, 100'000, 600'000, 12}}, false);
        StepOptions options;
        options.useCallStack = false;
        const DeviceIndex& device = index->device(DeviceId(0));
        std::vector<KernelClass> classes;
        for (std::size_t name = 0; name < index->trace().names().size(); ++name)
            classes.push_back(index->kernelClass(NameId(name)));
        const StepIndex without = findSteps(index->trace(), DeviceId(0), device.occupancy, classes, options);
        QVERIFY(without.source != StepSource::CallStack);
    }
};

QTEST_APPLESS_MAIN(TestStepFrame)
#include "tst_stepframe.moc"
