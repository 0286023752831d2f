#pragma once

#include "core/trace/trace.h"
#include "core/trace/tracecolumns.h"

#include <cstdint>
#include <vector>

namespace stepscope {

/// What a trace keeps in other shapes, as columns: its names and its host ranges.
class SideColumns {
public:
    SideColumns() = default;
    explicit SideColumns(const Trace& trace);

    /// False where they are no names and ranges.
    bool putInto(Trace& trace) const;

    /// visit(name, column) for each column of the trace and of these.
    template <class AnyTrace, class Visit>
    static void visitAll(AnyTrace& trace, SideColumns& side, const Visit& visit)
    {
        TraceColumns::visit(
            trace, [&visit](const std::string& name, auto& column, ColumnLength) { visit(name, column); });
        visit("names/text", side.m_text);
        visit("names/end", side.m_textEnd);
        visit("ranges/begin", side.m_begin);
        visit("ranges/end", side.m_end);
        visit("ranges/name", side.m_name);
        visit("ranges/thread", side.m_thread);
        visit("ranges/kind", side.m_kind);
        visit("ranges/file", side.m_file);
    }

private:
    bool putNamesInto(StringPool& names) const;
    bool putRangesInto(RangeTable& ranges) const;

    std::vector<char> m_text;
    std::vector<std::uint64_t> m_textEnd;
    std::vector<TimePoint> m_begin;
    std::vector<TimePoint> m_end;
    std::vector<NameId> m_name;
    std::vector<ThreadId> m_thread;
    std::vector<RangeKind> m_kind;
    std::vector<std::uint32_t> m_file;
};

} // namespace stepscope
