#pragma once

#include "core/analysis/traceindex.h"
#include "core/trace/tracebuilder.h"

#include <memory>

namespace stepscope::testing {

/// A decode loop with times known by heart, in microseconds: a host call at 0, then step k of each device
/// begins at 1000 · (k + 1) and is busy for 300 (a kernel of 200, communication 80, a copy of 20), then idle
/// to the next step. All rows have launches on one host thread. Device d is d µs late. After step
/// `pauseAfter` nothing runs for 20 ms.
inline std::shared_ptr<const TraceIndex> smallIndex(int devices, int steps, const FileHash& sha256 = {},
                                                    int pauseAfter = -1)
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    builder.capture().sha256 = sha256;
    const ProcessId process = builder.process(7);
    const ThreadId thread = builder.thread(process, 7);
    const NameId kernelName = builder.intern("gemm_kernel");
    const NameId commName = builder.intern("ncclDevKernel_AllReduce_Sum_f16_RING_LL");
    const NameId copyName = builder.intern("Memcpy DtoH (Device -> Pinned)");
    const NameId launchName = builder.intern("cudaLaunchKernel");
    const NameId copyCallName = builder.intern("cudaMemcpyAsync");
    const auto at = [](std::int64_t micros) { return timePointAt(micros * 1000); };
    ApiCall first;
    first.end = at(1);
    first.name = builder.intern("cudaGetDevice");
    first.thread = thread;
    builder.addCall(first);
    std::int64_t correlation = 0;
    for (int d = 0; d < devices; ++d) {
        const DeviceId device = builder.device(process, d);
        builder.describeDevice(device, "NVIDIA H100 80GB HBM3", "GPU-" + std::to_string(d));
        for (int step = 0; step < steps; ++step) {
            const std::int64_t pause = pauseAfter >= 0 && step > pauseAfter ? 20'000 : 0;
            const std::int64_t begin = 1000LL * (step + 1) + d + pause;
            const auto add = [&](std::int64_t from, std::int64_t to, NameId name, ActivityKind kind) {
                Activity activity;
                activity.begin = at(begin + from);
                activity.end = at(begin + to);
                activity.name = name;
                activity.process = process;
                activity.correlation = ++correlation;
                activity.stream = 7;
                activity.kind = kind;
                if (kind == ActivityKind::Memcpy) {
                    activity.copy = CopyKind::DeviceToHost;
                    activity.bytes = 64;
                }
                builder.addActivity(device, activity);
                ApiCall call;
                call.begin = at(begin + from) - std::chrono::microseconds(6);
                call.end = at(begin + from) - std::chrono::microseconds(3);
                call.name = kind == ActivityKind::Memcpy ? copyCallName : launchName;
                call.thread = thread;
                call.correlation = correlation;
                builder.addCall(call);
            };
            add(0, 200, kernelName, ActivityKind::Kernel);
            add(200, 280, commName, ActivityKind::Kernel);
            add(280, 300, copyName, ActivityKind::Memcpy);
        }
    }
    auto trace = std::make_shared<const Trace>(builder.build());
    const KernelClassifier classifier = KernelClassifier::standard();
    NoProgress progress;
    auto index = TraceIndex::build(trace, classifier, progress);
    return index ? *index : nullptr;
}

} // namespace stepscope::testing
