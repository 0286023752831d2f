#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/trace/columnlength.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace stepscope {

enum class CpuEventKind : std::uint8_t {
    Operator,       ///< torch operator (`aten::linear`)
    PythonFunction, ///< a Python frame
    Annotation,     ///< user annotation or NVTX range; also a row of the RangeTable
};

struct CpuEvent {
    TimePoint begin{};
    TimePoint end{};
    NameId name;
    ThreadId thread;
    CpuEventKind kind = CpuEventKind::Operator;

    TimeRange range() const { return {begin, end}; }
};

/// What host threads were doing, in columns: operators, Python frames, annotations. Grouped by thread; of one
/// thread by begin, then longer first (a caller before what it calls). Immutable inside a Trace; safe to read
/// from any thread.
class CpuEventTable {
public:
    static constexpr std::uint32_t noParent = 0xffffffffU;
    static constexpr std::size_t bytesOfRow = 29; ///< before arrange()

    std::size_t size() const { return m_begin.size(); }
    bool isEmpty() const { return m_begin.empty(); }

    TimePoint begin(std::size_t row) const { return m_begin[row]; }
    TimePoint end(std::size_t row) const { return m_end[row]; }
    TimeRange range(std::size_t row) const { return {m_begin[row], m_end[row]}; }
    NameId name(std::size_t row) const { return m_name[row]; }
    ThreadId thread(std::size_t row) const { return m_thread[row]; }
    CpuEventKind kind(std::size_t row) const { return m_kind[row]; }
    /// The event of the same thread that was open when this one began, the latest of them; noParent for none.
    std::uint32_t parent(std::size_t row) const { return m_parent[row]; }

    /// The rows [first, last) of one thread. O(1).
    std::pair<std::size_t, std::size_t> rowsOf(ThreadId thread) const;
    /// The first row of a thread that begins after `time`, or the end of its rows. O(log n).
    std::size_t firstBeginningAfter(ThreadId thread, TimePoint time) const;
    /// The innermost event of a thread that covers `time`; noParent for none. O(log n + depth).
    std::uint32_t innermostAt(ThreadId thread, TimePoint time) const;

    void append(const CpuEvent& event);
    /// Moves the rows from `first` on to an axis that begins at `origin`.
    void rebase(Duration origin, std::size_t first = 0);
    /// Groups, sorts and finds the parents. O(n log n).
    void arrange(std::size_t threads);

private:
    friend class TraceColumns;
    template <class Table, class Visit> static void visitColumns(Table& table, Visit&& visit)
    {
        visit("begin", table.m_begin, ColumnLength::Rows);
        visit("end", table.m_end, ColumnLength::Rows);
        visit("name", table.m_name, ColumnLength::Rows);
        visit("thread", table.m_thread, ColumnLength::Rows);
        visit("kind", table.m_kind, ColumnLength::Rows);
        visit("parent", table.m_parent, ColumnLength::Rows);
        visit("first of thread", table.m_firstOfThread, ColumnLength::Own);
    }
    bool isSound() const { return true; }

    std::vector<TimePoint> m_begin;
    std::vector<TimePoint> m_end;
    std::vector<NameId> m_name;
    std::vector<ThreadId> m_thread;
    std::vector<CpuEventKind> m_kind;
    std::vector<std::uint32_t> m_parent;
    std::vector<std::uint32_t> m_firstOfThread; // one more than threads
};

} // namespace stepscope
