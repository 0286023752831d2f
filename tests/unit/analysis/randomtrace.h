#pragma once

#include "core/trace/tracebuilder.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace stepscope {

/// A small random trace whose every ns can be looked at one by one: overlapping kernels, communication,
/// copies, graph records and graph replays on one device, with launches that are early, late or missing.
struct RandomTrace {
    struct Row {
        Activity activity;
        bool isComm = false;
        std::string name;
    };

    std::vector<Row> rows;
    std::vector<ApiCall> calls; // by correlation - 1
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
        return trace;
    }

    /// `order` permutes the rows: the answers must not depend on it.
    Trace build(std::mt19937* shuffler = nullptr) const
    {
        TraceBuilder builder(TraceFormat::KinetoJson);
        const ProcessId process = builder.process(1);
        const ThreadId thread = builder.thread(process, 1);
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
        return builder.build();
    }
};

} // namespace stepscope
