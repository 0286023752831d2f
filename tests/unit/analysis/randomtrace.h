#pragma once

#include "core/trace/tracebuilder.h"

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

namespace stepscope {

/// A host frame's name and the owner that definitions.md §3.8 gives it, by hand.
struct NamedFrame {
    const char* name;
    enum { Plain, Driver, StepRange, Sampling, Scheduler, Prepare, Draft } meaning;
};

inline constexpr std::array namedFrames = {
    NamedFrame{"aten::linear", NamedFrame::Plain},
    NamedFrame{"loader.py(12): fetch", NamedFrame::Plain},
    NamedFrame{"vllm/v1/worker/gpu_model_runner.py(40): execute_model", NamedFrame::Driver},
    NamedFrame{"torch/nn/modules/module.py(1): __call__", NamedFrame::Driver},
    NamedFrame{"vllm/v1/engine/core.py(9): run_busy_loop", NamedFrame::Driver},
    NamedFrame{"execute_context_0(0)_generation_1(1)", NamedFrame::StepRange},
    NamedFrame{"aten::argmax", NamedFrame::Sampling},
    NamedFrame{"vllm/v1/sample/rejection.py(7): forward", NamedFrame::Sampling},
    NamedFrame{"vllm/v1/core/sched/scheduler.py(3): schedule", NamedFrame::Scheduler},
    NamedFrame{"_prepare_inputs", NamedFrame::Prepare},
    NamedFrame{"build_attn_metadata", NamedFrame::Prepare},
    NamedFrame{"propose_tokens", NamedFrame::Draft},
};

/// A small random trace whose every ns can be looked at one by one: overlapping kernels, communication,
/// copies, graph records and graph replays on one device, with launches that are early, late or missing.
struct RandomTrace {
    struct Row {
        Activity activity;
        bool isComm = false;
        std::string name;
    };

    std::vector<Row> rows;
    struct Frame {
        CpuEvent event;
        std::size_t name = 0; // of namedFrames
    };
    struct HostCall {
        ApiCall call;
        const char* name;
    };

    std::vector<ApiCall> calls;      // by correlation - 1
    std::vector<Frame> frames;       // properly nested, of the launching thread and of another one
    std::vector<HostCall> hostCalls; // that launch nothing
    std::vector<HostRange> overhead;
    std::vector<bool> isGraphLaunch;

    static RandomTrace make(std::mt19937& random)
    {
        const auto pick = [&random](std::int64_t low, std::int64_t high) {
            return std::uniform_int_distribution<std::int64_t>(low, high)(random);
        };
        RandomTrace trace;
        std::int64_t at = 0;
        const std::int64_t count = pick(1, 60);
        for (std::int64_t i = 0; i < count; ++i) {
            // Gaps on both sides of 5 and 8 µs, and overlaps.
            at += pick(0, 3) == 0 ? pick(0, 40'000) : pick(0, 700);
            const bool isGraph = pick(0, 4) == 0;
            const std::int64_t nodes = isGraph ? pick(1, 5) : 1;
            const bool hasCall = pick(0, 9) != 0;
            const std::int64_t correlation = static_cast<std::int64_t>(trace.calls.size()) + 1;
            ApiCall call;
            call.begin = timePointAt(std::max<std::int64_t>(at - pick(-500, 30'000), 0));
            call.end = call.begin + Duration(pick(1, 9'000));
            call.correlation = hasCall ? correlation : 0;
            trace.calls.push_back(call);
            trace.isGraphLaunch.push_back(isGraph);
            std::int64_t nodeAt = at;
            for (std::int64_t node = 0; node < nodes; ++node) {
                Row row;
                row.activity.begin = timePointAt(nodeAt);
                row.activity.end = timePointAt(nodeAt + pick(0, 4'000));
                row.activity.correlation = correlation;
                const std::int64_t kind = isGraph ? 0 : pick(0, 5);
                row.isComm = pick(0, 2) == 0;
                row.name = row.isComm ? "ncclDevKernel_AllReduce" : "gemm_" + std::to_string(pick(0, 3));
                if (kind == 4) {
                    row.activity.kind = ActivityKind::Memcpy;
                    row.activity.copy = CopyKind::DeviceToHost;
                    row.activity.bytes = 4;
                } else if (kind == 5) {
                    row.activity.kind = ActivityKind::GraphTrace;
                    row.activity.graph = 7;
                }
                row.isComm = row.isComm && row.activity.kind == ActivityKind::Kernel;
                trace.rows.push_back(row);
                nodeAt += pick(0, 6'000);
            }
            at = nanosecondsOf(trace.rows.back().activity.begin) + pick(0, 3'000);
        }
        trace.addHost(at, pick);
        return trace;
    }

    template <class Pick> void addHost(std::int64_t length, Pick& pick)
    {
        const auto nest = [&](auto& self, std::int64_t from, std::int64_t until, int depth,
                              int thread) -> void {
            for (std::int64_t at = from; at < until;) {
                const std::int64_t begin = at + pick(0, 9'000);
                const std::int64_t end = std::min(until, begin + pick(1, 40'000 / (depth + 1)));
                if (begin >= end)
                    return;
                const auto name = static_cast<std::size_t>(pick(0, namedFrames.size() - 1));
                CpuEvent event;
                event.begin = timePointAt(begin);
                event.end = timePointAt(end);
                event.thread = ThreadId(thread);
                frames.push_back({event, name});
                if (depth < 4 && pick(0, 2) > 0)
                    self(self, begin, end, depth + 1, thread);
                at = end;
            }
        };
        for (int thread = 0; thread < 2 && pick(0, 5) > 0; ++thread)
            nest(nest, 0, length, 0, thread);
        constexpr std::array names = {"cudaStreamSynchronize", "cudaMemcpy", "cudaMalloc", "cudaEventRecord",
                                      "cudaStreamWaitEvent"};
        for (std::int64_t at = 0; at < length; at += pick(1'000, 60'000)) {
            ApiCall call;
            call.begin = timePointAt(at);
            call.end = timePointAt(at + pick(1, 12'000));
            call.thread = ThreadId(pick(0, 4) == 0 ? 1 : 0);
            hostCalls.push_back({call, names[static_cast<std::size_t>(pick(0, names.size() - 1))]});
        }
        for (std::int64_t i = pick(0, 2); i > 0; --i) {
            HostRange range;
            range.begin = timePointAt(pick(0, length));
            range.end = range.begin + Duration(pick(1, 30'000));
            range.kind = RangeKind::Overhead;
            overhead.push_back(range);
        }
    }

    /// One kernel behind all else, during which the launching thread passes through so many frames, all of
    /// them within one that goes on for a while.
    void addBusyEnd(int moreFrames)
    {
        constexpr Duration frameLength = Duration(300);
        Row row;
        row.name = "gemm_0";
        row.activity.begin = timePointAt(nanosecondsOf(end()) + 20'000);
        row.activity.end = row.activity.begin + moreFrames * frameLength;
        rows.push_back(row);
        const auto addFrame = [this](TimePoint begin, Duration length, std::size_t name) {
            CpuEvent event;
            event.begin = begin;
            event.end = begin + length;
            event.thread = ThreadId(0U);
            frames.push_back({event, name});
        };
        constexpr std::size_t schedule = 8; // of namedFrames
        addFrame(row.activity.begin, row.activity.end - row.activity.begin + Duration(30'000), schedule);
        for (int i = 0; i < moreFrames; ++i)
            addFrame(row.activity.begin + i * frameLength, frameLength,
                     static_cast<std::size_t>(i) % namedFrames.size());
    }

    /// Behind all rows.
    TimePoint end() const
    {
        TimePoint last{};
        for (const Row& row : rows)
            last = std::max(last, row.activity.end);
        for (const ApiCall& call : calls)
            last = std::max(last, call.end);
        for (const Frame& frame : frames)
            last = std::max(last, frame.event.end);
        for (const HostCall& host : hostCalls)
            last = std::max(last, host.call.end);
        for (const HostRange& range : overhead)
            last = std::max(last, range.end);
        return last;
    }

    /// The same again and again, each time `period` later.
    RandomTrace repeated(int times, Duration period) const
    {
        RandomTrace all;
        for (int time = 0; time < times; ++time) {
            const Duration shift = time * period;
            const auto moved = [shift](auto row) {
                row.begin += shift;
                row.end += shift;
                return row;
            };
            const std::int64_t otherIds = static_cast<std::int64_t>(all.calls.size());
            for (Row row : rows) {
                row.activity = moved(row.activity);
                row.activity.correlation += row.activity.correlation == 0 ? 0 : otherIds;
                all.rows.push_back(row);
            }
            for (ApiCall call : calls) {
                call.correlation += call.correlation == 0 ? 0 : otherIds;
                all.calls.push_back(moved(call));
            }
            for (const Frame& frame : frames)
                all.frames.push_back({moved(frame.event), frame.name});
            for (const HostCall& host : hostCalls)
                all.hostCalls.push_back({moved(host.call), host.name});
            for (const HostRange& range : overhead)
                all.overhead.push_back(moved(range));
            all.isGraphLaunch.insert(all.isGraphLaunch.end(), isGraphLaunch.begin(), isGraphLaunch.end());
        }
        return all;
    }

    /// `order` permutes the rows: the answers must not depend on it.
    Trace build(std::mt19937* shuffler = nullptr) const
    {
        TraceBuilder builder(TraceFormat::KinetoJson);
        const ProcessId process = builder.process(1);
        const ThreadId thread = builder.thread(process, 1);
        builder.thread(process, 2);
        const DeviceId device = builder.device(process, 0);
        std::vector<Row> ordered = rows;
        if (shuffler)
            std::shuffle(ordered.begin(), ordered.end(), *shuffler);
        for (Row& row : ordered) {
            row.activity.name = builder.intern(row.name);
            row.activity.process = process;
            builder.addActivity(device, row.activity);
        }
        for (std::size_t i = 0; i < calls.size(); ++i) {
            ApiCall call = calls[i];
            if (call.correlation == 0)
                continue;
            call.thread = thread;
            call.name = builder.intern(isGraphLaunch[i] ? "cudaGraphLaunch" : "cudaLaunchKernel");
            builder.addCall(call);
        }
        for (HostCall host : hostCalls) {
            host.call.name = builder.intern(host.name);
            builder.addCall(host.call);
        }
        std::vector<Frame> orderedFrames = frames;
        if (shuffler)
            std::shuffle(orderedFrames.begin(), orderedFrames.end(), *shuffler);
        for (Frame& frame : orderedFrames) {
            frame.event.name = builder.intern(namedFrames[frame.name].name);
            builder.addCpuEvent(frame.event);
        }
        for (HostRange range : overhead) {
            range.name = builder.intern("overhead");
            builder.addRange(range);
        }
        return builder.build();
    }
};

} // namespace stepscope
