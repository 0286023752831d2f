#pragma once

#include "core/trace/tracebuilder.h"
#include "tests/support/generatedtrace.h"

#include <map>
#include <utility>

namespace stepscope {

/// How a generated trace is handed to the core, without a file between.
struct LoopImport {
    bool graphLevel = false; ///< one record for each replay instead of its kernels
    bool graphIds = true;    ///< false: as kineto before 2026, which names no graph
};

/// The Trace an importer would make of `rows`.
inline Trace importLoop(const testsupport::GeneratedTrace& rows, const LoopImport& how = {})
{
    TraceBuilder builder(TraceFormat::NsysSqlite);
    std::map<std::pair<int, std::int64_t>, Activity> records;
    std::map<std::pair<int, std::int64_t>, DeviceId> deviceOfRecord;
    for (const testsupport::GpuOp& op : rows.gpuOps) {
        const ProcessId process = builder.process(op.pid);
        const DeviceId device = builder.device(process, op.device);
        Activity activity;
        activity.begin = timePointAt(op.begin);
        activity.end = timePointAt(op.end);
        activity.name = builder.intern(rows.names.text(op.name));
        activity.process = process;
        activity.correlation = op.correlation;
        activity.stream = op.stream;
        activity.bytes = op.bytes;
        if (op.kind == testsupport::GpuOpKind::Memcpy)
            activity.kind = ActivityKind::Memcpy;
        else if (op.kind == testsupport::GpuOpKind::Memset)
            activity.kind = ActivityKind::Memset;
        if (op.copy == testsupport::CopyKind::HostToDevice)
            activity.copy = CopyKind::HostToDevice;
        else if (op.copy == testsupport::CopyKind::DeviceToHost)
            activity.copy = CopyKind::DeviceToHost;
        else if (op.copy == testsupport::CopyKind::DeviceToDevice)
            activity.copy = CopyKind::DeviceToDevice;
        if (how.graphIds) {
            activity.graph = static_cast<std::uint32_t>(op.graphId);
            activity.graphNode = static_cast<std::uint32_t>(op.graphNodeId);
        }
        if (!how.graphLevel || op.graphId == 0) {
            builder.addActivity(device, activity);
            continue;
        }
        activity.kind = ActivityKind::GraphTrace;
        activity.graphNode = 0;
        activity.name = builder.intern("");
        const auto [record, isNew] = records.try_emplace({op.pid, op.correlation}, activity);
        record->second.begin = std::min(record->second.begin, activity.begin);
        record->second.end = std::max(record->second.end, activity.end);
        deviceOfRecord[record->first] = device;
    }
    for (const auto& [key, record] : records)
        builder.addActivity(deviceOfRecord[key], record);
    for (const testsupport::ApiCall& row : rows.apiCalls) {
        ApiCall call;
        call.begin = timePointAt(row.begin);
        call.end = timePointAt(row.end);
        call.thread = builder.thread(builder.process(row.pid), row.tid);
        call.name = builder.intern(rows.names.text(row.name));
        call.correlation = row.correlation;
        builder.addCall(call);
    }
    return builder.build();
}

} // namespace stepscope
