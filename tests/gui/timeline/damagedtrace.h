#pragma once

#include "core/analysis/traceindex.h"
#include "core/trace/tracebuilder.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepscope::testing {

/// A loop as that of smallIndex(), read from a damaged file: device d has `steps[d]` steps of 1 ms, each busy
/// for its first 300 µs. `damage` tells where; with a part that reaches the end the log says that the text is
/// cut, too.
inline std::shared_ptr<const TraceIndex> damagedIndex(const std::vector<int>& steps,
                                                      std::vector<DamagedPlace> damage)
{
    TraceBuilder builder(TraceFormat::KinetoJson);
    builder.capture().path = "/traces/<b>cut</b>.json";
    const ProcessId process = builder.process(7);
    const ThreadId thread = builder.thread(process, 7);
    std::int64_t correlation = 0;
    std::uint64_t kernels = 0;
    for (std::size_t d = 0; d < steps.size(); ++d) {
        const DeviceId device = builder.device(process, static_cast<std::int64_t>(d));
        for (int step = 0; step < steps[d]; ++step) {
            const auto add = [&](Duration from, Duration length, const char* name, const char* callName) {
                Activity activity;
                activity.begin = timePointAt(1'000'000LL * step + 10'000) + from;
                activity.end = activity.begin + length;
                activity.name = builder.intern(name);
                activity.process = process;
                activity.correlation = ++correlation;
                const bool isCopy = std::string_view(callName) == "cudaMemcpyAsync";
                activity.kind = isCopy ? ActivityKind::Memcpy : ActivityKind::Kernel;
                activity.copy = isCopy ? CopyKind::DeviceToHost : CopyKind::Other;
                activity.bytes = isCopy ? 64 : 0;
                activity.stream = 7;
                builder.addActivity(device, activity);
                ApiCall call;
                call.begin = activity.begin - std::chrono::microseconds(6);
                call.end = activity.begin - std::chrono::microseconds(3);
                call.name = builder.intern(callName);
                call.thread = thread;
                call.correlation = correlation;
                builder.addCall(call);
            };
            add({}, std::chrono::microseconds(280), "gemm_kernel", "cudaLaunchKernel");
            add(std::chrono::microseconds(280), std::chrono::microseconds(20),
                "Memcpy DtoH (Device -> Pinned)", "cudaMemcpyAsync");
            ++kernels;
        }
    }
    builder.capture().contents = {{"kernel", kernels}};
    for (const DamagedPlace& place : damage) {
        if (place.reachesEnd)
            builder.log().add(ImportCode::TruncatedJson, "byte " + std::to_string(place.offset.value_or(0)));
    }
    builder.capture().damage = std::move(damage);
    NoProgress progress;
    auto index = TraceIndex::build(std::make_shared<const Trace>(builder.build()),
                                   KernelClassifier::standard(), progress);
    return index ? *index : nullptr;
}

/// A text that breaks off at byte 1234567.
inline DamagedPlace cutText()
{
    DamagedPlace place;
    place.offset = 1'234'567;
    place.reachesEnd = true;
    return place;
}

} // namespace stepscope::testing
