#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/trace/activitykind.h"

#include <cstdint>
#include <vector>

namespace stepscope {

/// A named interval on a host thread. `thread` is invalid where the file names none.
struct HostRange {
    TimePoint begin{};
    TimePoint end{};
    NameId name;
    ThreadId thread;
    RangeKind kind = RangeKind::Annotation;
    std::uint32_t file = 0; ///< as Process::file; filled in by TraceBuilder

    TimeRange range() const { return {begin, end}; }
};

/// Host ranges sorted by begin, then longer first (a parent before its children). Hundreds to some
/// hundred thousand rows: kept as rows, not columns.
class RangeTable {
public:
    std::size_t size() const { return m_rows.size(); }
    bool isEmpty() const { return m_rows.empty(); }
    const HostRange& operator[](std::size_t row) const { return m_rows[row]; }
    auto begin() const { return m_rows.begin(); }
    auto end() const { return m_rows.end(); }

    void append(const HostRange& range) { m_rows.push_back(range); }
    /// Moves the rows from `first` on to an axis that begins at `origin`.
    void rebase(Duration origin, std::size_t first = 0);
    void sort();

private:
    std::vector<HostRange> m_rows;
};

} // namespace stepscope
