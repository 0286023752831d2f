#pragma once

#include "core/columnfile/columnfilereader.h"
#include "core/columnfile/columnfilewriter.h"
#include "core/columnfile/tracefacts.h"
#include "core/report/budgetreport.h"
#include "core/trace/trace.h"
#include "core/trace/tracepreviewof.h"
#include "tests/golden/tracedump.h"

#include <string>

namespace stepscope::test {

/// In what two traces differ; empty where they are the same to the last byte and the last accessor.
inline std::string differenceOf(const Trace& a, const Trace& b)
{
    const auto facts = [](const Trace& trace) {
        std::vector<ColumnInfo> none;
        ArchiveWriter archive;
        transferFacts(archive, const_cast<Trace&>(trace), none);
        return archive.bytes();
    };
    if (facts(a) != facts(b))
        return "facts";
    if (a.names().size() != b.names().size())
        return "number of names";
    for (std::size_t name = 0; name < a.names().size(); ++name) {
        if (a.name(NameId(name)) != b.name(NameId(name)) ||
            b.names().find(a.name(NameId(name))) != NameId(name))
            return "names";
    }
    for (std::size_t device = 0; device < a.devices().size(); ++device) {
        const ActivityTable& left = a.devices()[device].activities;
        const ActivityTable& right = b.devices()[device].activities;
        if (left.size() != right.size())
            return "number of operations";
        for (std::size_t row = 0; row < left.size(); ++row) {
            const Activity x = left.row(row);
            const Activity y = right.row(row);
            if (x.range() != y.range() || x.name != y.name || x.process != y.process ||
                x.launch != y.launch || x.correlation != y.correlation || x.stream != y.stream ||
                x.bytes != y.bytes || x.graph != y.graph || x.graphNode != y.graphNode || x.kind != y.kind ||
                x.copy != y.copy)
                return "operations";
        }
    }
    if (a.calls().size() != b.calls().size() || a.cpuEvents().size() != b.cpuEvents().size() ||
        a.ranges().size() != b.ranges().size())
        return "number of rows";
    for (std::size_t row = 0; row < a.calls().size(); ++row) {
        const ApiCallTable& x = a.calls();
        const ApiCallTable& y = b.calls();
        if (x.range(row) != y.range(row) || x.name(row) != y.name(row) || x.thread(row) != y.thread(row) ||
            x.correlation(row) != y.correlation(row) || x.kind(row) != y.kind(row))
            return "calls";
    }
    for (std::size_t row = 0; row < a.cpuEvents().size(); ++row) {
        const CpuEventTable& x = a.cpuEvents();
        const CpuEventTable& y = b.cpuEvents();
        if (x.range(row) != y.range(row) || x.name(row) != y.name(row) || x.thread(row) != y.thread(row) ||
            x.kind(row) != y.kind(row) || x.parent(row) != y.parent(row))
            return "CPU events";
    }
    for (std::size_t thread = 0; thread < a.threads().size(); ++thread) {
        if (a.cpuEvents().rowsOf(ThreadId(thread)) != b.cpuEvents().rowsOf(ThreadId(thread)))
            return "threads of CPU events";
    }
    for (std::size_t row = 0; row < a.ranges().size(); ++row) {
        const HostRange& x = a.ranges()[row];
        const HostRange& y = b.ranges()[row];
        if (x.range() != y.range() || x.name != y.name || x.thread != y.thread || x.kind != y.kind ||
            x.file != y.file)
            return "ranges";
    }
    return a.activityCount() < 5000 && dumpTrace(a) != dumpTrace(b) ? "dump" : "";
}

inline TracePreview previewOf(const Trace& trace)
{
    return tracePreviewOf(trace, [&trace](DeviceId device) { return deviceLabel(trace, device); });
}

inline bool isSamePreview(const TracePreview& a, const TracePreview& b)
{
    const auto bytes = [](TracePreview preview) {
        ArchiveWriter archive;
        archive(preview);
        return archive.bytes();
    };
    return bytes(a) == bytes(b);
}

} // namespace stepscope::test
