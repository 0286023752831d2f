#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/trace/activitykind.h"
#include "core/trace/columnlength.h"
#include "core/trace/narrowcolumn.h"

#include <cstdint>
#include <span>
#include <vector>

namespace stepscope {

struct ApiCall {
    TimePoint begin{};
    TimePoint end{};
    NameId name; ///< as in the file, with its version suffix
    ThreadId thread;
    std::int64_t correlation = 0; ///< unique per process; 0 means none
    ApiCallKind kind = ApiCallKind::Other;

    TimeRange range() const { return {begin, end}; }
};

/// The host's CUDA or HIP calls in columns, sorted by begin, then longer first (a runtime call before the
/// driver call inside it), then order in the file. Immutable inside a Trace; safe to read from any thread.
class ApiCallTable {
public:
    static constexpr std::size_t bytesOfRow = 29;

    std::size_t size() const { return m_begin.size(); }
    bool isEmpty() const { return m_begin.empty(); }

    TimePoint begin(std::size_t row) const { return m_begin[row]; }
    TimePoint end(std::size_t row) const { return m_end[row]; }
    TimeRange range(std::size_t row) const { return {m_begin[row], m_end[row]}; }
    NameId name(std::size_t row) const { return m_name[row]; }
    ThreadId thread(std::size_t row) const { return m_thread[row]; }
    std::int64_t correlation(std::size_t row) const { return m_correlation[row]; }
    ApiCallKind kind(std::size_t row) const { return m_kind[row]; }
    std::span<const TimePoint> begins() const { return m_begin; }
    std::span<const TimePoint> ends() const { return m_end; }
    std::span<const ApiCallKind> kinds() const { return m_kind; }

    void append(const ApiCall& call);
    /// Moves the rows from `first` on to an axis that begins at `origin`.
    void rebase(Duration origin, std::size_t first = 0);
    void sort();

private:
    friend class TraceColumns;
    template <class Table, class Visit> static void visitColumns(Table& table, Visit&& visit)
    {
        visit("begin", table.m_begin, ColumnLength::Rows);
        visit("end", table.m_end, ColumnLength::Rows);
        visit("name", table.m_name, ColumnLength::Rows);
        visit("thread", table.m_thread, ColumnLength::Rows);
        table.m_correlation.visitColumns(table.m_correlation, "correlation", visit);
        visit("kind", table.m_kind, ColumnLength::Rows);
    }
    /// Whether columns that come from a file give each row its values. O(1).
    bool isSound() const { return m_correlation.isSound(size()); }

    std::vector<TimePoint> m_begin;
    std::vector<TimePoint> m_end;
    std::vector<NameId> m_name;
    std::vector<ThreadId> m_thread;
    NarrowColumn<std::int32_t, std::int64_t> m_correlation;
    std::vector<ApiCallKind> m_kind;
};

} // namespace stepscope
