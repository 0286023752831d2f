#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/trace/activitykind.h"
#include "core/trace/columnlength.h"
#include "core/trace/narrowcolumn.h"
#include "core/trace/sparsecolumn.h"

#include <cstdint>
#include <span>
#include <unordered_map>
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
/// overlap and may be empty (end == begin). What few rows have, or many have in common, takes less room than
/// its values would. Immutable inside a Trace; safe to read from any thread.
class ActivityTable {
public:
    static constexpr std::size_t bytesOfRow = 36; ///< most: within a graph

    std::size_t size() const { return m_begin.size(); }
    bool isEmpty() const { return m_begin.empty(); }

    TimePoint begin(std::size_t row) const { return m_begin[row]; }
    TimePoint end(std::size_t row) const { return m_end[row]; }
    TimeRange range(std::size_t row) const { return {m_begin[row], m_end[row]}; }
    NameId name(std::size_t row) const { return m_name[row]; }
    ActivityKind kind(std::size_t row) const { return m_origins[m_origin[row]].kind; }
    CopyKind copy(std::size_t row) const { return m_origins[m_origin[row]].copy; }
    ProcessId process(std::size_t row) const { return m_origins[m_origin[row]].process; }
    CallId launch(std::size_t row) const { return m_launch[row]; }
    std::int64_t correlation(std::size_t row) const { return m_correlation[row]; }
    std::int64_t stream(std::size_t row) const { return m_origins[m_origin[row]].stream; }
    std::int64_t bytes(std::size_t row) const { return m_bytes[row]; }
    std::uint32_t graph(std::size_t row) const { return m_graph[row]; }
    std::uint32_t graphNode(std::size_t row) const { return m_graphNode[row]; }
    Activity row(std::size_t row) const;

    std::span<const TimePoint> begins() const { return m_begin; }
    std::span<const TimePoint> ends() const { return m_end; }
    /// The first row that begins at `time` or later. O(log n).
    std::size_t firstAtOrAfter(TimePoint time) const;

    /// Room for so many rows in all.
    void reserve(std::size_t rows);
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
        visit("launch", table.m_launch, ColumnLength::Rows);
        table.m_correlation.visitColumns(table.m_correlation, "correlation", visit);
        table.m_origin.visitColumns(table.m_origin, "origin", visit);
        visit("origins", table.m_origins, ColumnLength::Own);
        table.m_bytes.visitColumns(table.m_bytes, "bytes", visit);
        table.m_graph.visitColumns(table.m_graph, "graph", visit);
        table.m_graphNode.visitColumns(table.m_graphNode, "graph node", visit);
    }
    /// Whether columns that come from a file give each row its values. O(n).
    bool isSound() const;

    /// What all the rows of one kind on one stream have in common.
    struct Origin {
        std::int64_t stream = 0;
        ProcessId process;
        ActivityKind kind = ActivityKind::Kernel;
        CopyKind copy = CopyKind::None;
        std::uint16_t unused = 0; // so that no byte of it is left to chance

        friend bool operator==(const Origin&, const Origin&) = default;
    };
    struct OriginHash {
        std::size_t operator()(const Origin& origin) const noexcept;
    };
    std::uint32_t originOf(const Activity& activity);

    std::vector<TimePoint> m_begin;
    std::vector<TimePoint> m_end;
    std::vector<NameId> m_name;
    std::vector<CallId> m_launch;
    NarrowColumn<std::int32_t, std::int64_t> m_correlation;
    NarrowColumn<std::uint16_t, std::uint32_t> m_origin; // of m_origins
    SparseColumn<std::int64_t> m_bytes;
    SparseColumn<std::uint32_t> m_graph;
    SparseColumn<std::uint32_t> m_graphNode;
    std::vector<Origin> m_origins;
    std::unordered_map<Origin, std::uint32_t, OriginHash> m_numberOfOrigin; // while rows are appended
    std::uint32_t m_lastOrigin = 0;
};

} // namespace stepscope
