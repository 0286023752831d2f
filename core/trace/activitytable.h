#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/trace/activitykind.h"
#include "core/trace/columnlength.h"

#include <cstdint>
#include <span>
#include <vector>

namespace stepscope {

/// One row of GPU work as a value. `correlation` ties it to the host call that launched it (per process);
/// 0 means none was recorded. `graph` is the file's graph id, 0 for none.
struct Activity {
    TimePoint begin{};
    TimePoint end{};
    NameId name;
    ProcessId process;
    CallId launch; ///< the launching call, resolved when the trace is built
    std::int64_t correlation = 0;
    std::int64_t stream = 0;
    std::int64_t bytes = 0; ///< copies and memsets
    std::uint32_t graph = 0;
    std::uint32_t graphNode = 0;
    ActivityKind kind = ActivityKind::Kernel;
    CopyKind copy = CopyKind::None;

    TimeRange range() const { return {begin, end}; }
};

/// The GPU work of one device in columns, sorted by begin, then end, then order in the file. Rows may
/// overlap and may be empty (end == begin). Immutable inside a Trace; safe to read from any thread.
class ActivityTable {
public:
    static constexpr std::size_t bytesOfRow = 62;

    std::size_t size() const { return m_begin.size(); }
    bool isEmpty() const { return m_begin.empty(); }

    TimePoint begin(std::size_t row) const { return m_begin[row]; }
    TimePoint end(std::size_t row) const { return m_end[row]; }
    TimeRange range(std::size_t row) const { return {m_begin[row], m_end[row]}; }
    NameId name(std::size_t row) const { return m_name[row]; }
    ActivityKind kind(std::size_t row) const { return m_kind[row]; }
    CopyKind copy(std::size_t row) const { return m_copy[row]; }
    ProcessId process(std::size_t row) const { return m_process[row]; }
    CallId launch(std::size_t row) const { return m_launch[row]; }
    std::int64_t correlation(std::size_t row) const { return m_correlation[row]; }
    std::int64_t stream(std::size_t row) const { return m_stream[row]; }
    std::int64_t bytes(std::size_t row) const { return m_bytes[row]; }
    std::uint32_t graph(std::size_t row) const { return m_graph[row]; }
    std::uint32_t graphNode(std::size_t row) const { return m_graphNode[row]; }
    Activity row(std::size_t row) const;

    std::span<const TimePoint> begins() const { return m_begin; }
    std::span<const TimePoint> ends() const { return m_end; }
    /// The first row that begins at `time` or later. O(log n).
    std::size_t firstAtOrAfter(TimePoint time) const;

    void append(const Activity& activity);
    void setLaunch(std::size_t row, CallId launch) { m_launch[row] = launch; }
    /// Moves all times by `-origin`.
    void rebase(Duration origin);
    /// Stable, by begin then end. O(n log n), O(n) when sorted already.
    void sort();

private:
    friend class TraceColumns;
    template <class Table, class Visit> static void visitColumns(Table& table, Visit&& visit)
    {
        visit("begin", table.m_begin, ColumnLength::Rows);
        visit("end", table.m_end, ColumnLength::Rows);
        visit("name", table.m_name, ColumnLength::Rows);
        visit("process", table.m_process, ColumnLength::Rows);
        visit("launch", table.m_launch, ColumnLength::Rows);
        visit("correlation", table.m_correlation, ColumnLength::Rows);
        visit("stream", table.m_stream, ColumnLength::Rows);
        visit("bytes", table.m_bytes, ColumnLength::Rows);
        visit("graph", table.m_graph, ColumnLength::Rows);
        visit("graph node", table.m_graphNode, ColumnLength::Rows);
        visit("kind", table.m_kind, ColumnLength::Rows);
        visit("copy", table.m_copy, ColumnLength::Rows);
    }

    std::vector<TimePoint> m_begin;
    std::vector<TimePoint> m_end;
    std::vector<NameId> m_name;
    std::vector<ProcessId> m_process;
    std::vector<CallId> m_launch;
    std::vector<std::int64_t> m_correlation;
    std::vector<std::int64_t> m_stream;
    std::vector<std::int64_t> m_bytes;
    std::vector<std::uint32_t> m_graph;
    std::vector<std::uint32_t> m_graphNode;
    std::vector<ActivityKind> m_kind;
    std::vector<CopyKind> m_copy;
};

} // namespace stepscope
