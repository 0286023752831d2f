#include "tests/bench/decodetrace.h"

#include "core/trace/tracebuilder.h"

#include <random>
#include <string>
#include <vector>

namespace stepscope {

namespace {

constexpr int devices = 8;
constexpr int kernelsPerStep = 124;
constexpr int commEvery = 8;
constexpr std::int64_t computeStream = 7;
constexpr std::int64_t commStream = 20;
constexpr std::int64_t copyStream = 30;

} // namespace

std::shared_ptr<const TraceIndex> decodeTrace(std::size_t operations, DecodeLanes lanes)
{
    TraceBuilder builder(TraceFormat::NsysSqlite);
    std::mt19937_64 random(1);
    const std::size_t steps = operations / devices / (kernelsPerStep + 1);
    const auto jitter = [&random](std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(0, most)(random);
    };
    std::vector<NameId> names;
    for (int i = 0; i < 40; ++i)
        names.push_back(builder.intern((i % commEvery == 0 ? "ncclDevKernel_AllReduce_"
                                        : i % 3 == 0       ? "flash_fwd_kernel_"
                                                           : "nvjet_gemm_") +
                                       std::to_string(i)));
    const NameId copy = builder.intern("Memcpy DtoH (Device -> Pinned)");
    const NameId annotation = builder.intern("execute_context_0(0)_generation_1(1)");
    const NameId launchName = builder.intern("cudaGraphLaunch_v10000");
    const NameId copyName = builder.intern("cudaMemcpyAsync_v3020");
    const NameId waitName = builder.intern("cudaStreamSynchronize_v3020");
    for (int device = 0; device < devices; ++device) {
        const ProcessId process = builder.process(100 + device);
        const ThreadId thread = builder.thread(process, 1);
        const DeviceId lane = builder.device(process, device);
        std::int64_t at = 1'000'000 + 1'600 * device;
        std::int64_t correlation = 0;
        const auto call = [&](NameId name, std::int64_t begin, std::int64_t end, std::int64_t id) {
            ApiCall row;
            row.begin = timePointAt(begin);
            row.end = timePointAt(end);
            row.name = name;
            row.thread = thread;
            row.correlation = id;
            builder.addCall(row);
        };
        for (std::size_t step = 0; step < steps; ++step) {
            const std::int64_t begin = at;
            call(launchName, at - 60'000, at - 5'000, ++correlation);
            Activity row;
            row.process = process;
            row.stream = computeStream;
            for (int kernel = 0; kernel < kernelsPerStep; ++kernel) {
                const std::size_t name = static_cast<std::size_t>(kernel) % names.size();
                row.name = names[name];
                row.begin = timePointAt(at);
                at += 8'000 + jitter(6'000);
                row.end = timePointAt(at);
                const bool isBeside = lanes == DecodeLanes::Several && name % commEvery == 0;
                row.stream = isBeside ? commStream : computeStream;
                if (isBeside) // the next kernel does not wait for it
                    at -= 5'000;
                row.correlation = correlation;
                row.graph = 3;
                row.graphNode = static_cast<std::uint32_t>(kernel + 1);
                builder.addActivity(lane, row);
                at += 400 + jitter(600);
            }
            call(copyName, begin, begin + 9'000, ++correlation);
            Activity tokens;
            tokens.process = process;
            tokens.stream = lanes == DecodeLanes::Several ? copyStream : computeStream;
            tokens.kind = ActivityKind::Memcpy;
            tokens.copy = CopyKind::DeviceToHost;
            tokens.bytes = 4;
            tokens.name = copy;
            tokens.correlation = correlation;
            tokens.begin = timePointAt(at + 1'500);
            tokens.end = timePointAt(at + 3'000);
            builder.addActivity(lane, tokens);
            call(waitName, begin + 12'000, at + 9'000, 0);
            HostRange range;
            range.begin = timePointAt(begin - 80'000);
            range.end = timePointAt(begin - 1'000);
            range.name = annotation;
            range.thread = thread;
            builder.addRange(range);
            at += 2'000'000 + jitter(100'000);
        }
    }
    NoProgress progress;
    return *TraceIndex::build(std::make_shared<const Trace>(builder.build()), KernelClassifier::standard(),
                              progress);
}

} // namespace stepscope
