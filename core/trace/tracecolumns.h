#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <string>

namespace stepscope {

/// What a Trace is made of, for storing it and making it again. A table lists its columns in a private
/// `visitColumns`; a change of what a column means, or is called, is a change of the column file's format.
class TraceColumns {
public:
    /// All of a trace that is no column of a table.
    struct Parts {
        StringPool& names;
        std::vector<Process>& processes;
        std::vector<Thread>& threads;
        std::vector<Device>& devices;
        RangeTable& ranges;
        CaptureInfo& capture;
        std::vector<ImportEntry>& log;
        TimeRange& extent;
        TimeRange& gpuExtent;
    };

    static Trace emptyTrace() { return {}; }
    static Parts partsOf(Trace& trace);

    /// visit(name, column, ColumnLength) for each column of the tables, in an order that the devices alone
    /// decide. A column is a vector of values that are copied byte by byte.
    template <class AnyTrace, class Visit> static void visit(AnyTrace& trace, Visit&& visit);

    /// Whether what was put together from a file is a trace: all columns of a table are of one length, all
    /// ids exist, rows are sorted, nothing ends before it begins, times fit the file's clock, texts are
    /// UTF-8 but for paths. Whatever holds may be shown without fear. O(n).
    static bool isTrace(const Trace& trace);

private:
    template <class Table> static bool isEven(const Table& table);
    static bool isDevice(const Trace& trace, const Device& device);
    static bool areCalls(const Trace& trace);
    static bool areCpuEvents(const Trace& trace);
    static bool areRanges(const Trace& trace);
    static bool areFacts(const Trace& trace);
    static bool areTexts(const Trace& trace);
};

template <class AnyTrace, class Visit> void TraceColumns::visit(AnyTrace& trace, Visit&& visit)
{
    const auto visitTable = [&visit](auto& table, const std::string& name) {
        table.visitColumns(table,
                           [&visit, &name](const std::string& column, auto& values, ColumnLength length) {
                               visit(name + '/' + column, values, length);
                           });
    };
    for (std::size_t device = 0; device < trace.m_devices.size(); ++device)
        visitTable(trace.m_devices[device].activities, "device " + std::to_string(device));
    visitTable(trace.m_calls, "calls");
    visitTable(trace.m_cpuEvents, "cpu events");
}

} // namespace stepscope
