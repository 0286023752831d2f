#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/import/nsysschema.h"
#include "core/import/tablescan.h"
#include "core/trace/tracebuilder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// Reads a table of an export row by row, by the names of its columns. A table that is absent has no rows;
/// a column that is absent reads as NULL. Damage is logged; the rows before it and behind it count.
class NsysTable {
public:
    enum class Need { Needed, Optional };
    struct Column {
        const char* name;
        Need need = Need::Optional;
    };

    NsysTable(SqliteReader& database, const NsysSchema& schema, TraceBuilder& builder, std::string table,
              std::vector<Column> columns, const std::string& condition = {});

    /// BadSchema when a needed column is missing.
    const std::optional<Error>& error() const { return m_error; }
    bool isCancelled() const { return m_isCancelled; }

    /// Goes to the next row that could be read.
    bool next();
    /// Cells by their place in the list of columns. NULL gives the fallback; a cell of another type marks
    /// the row as bad, as does NULL in a needed column.
    std::int64_t integer(std::size_t column, std::int64_t fallback = 0);
    bool isNull(std::size_t column) const { return m_scan->row().isNull(static_cast<int>(column)); }
    /// A time of a needed column; one that cannot be a time marks the row as bad.
    TimePoint time(std::size_t column);
    std::string_view text(std::size_t column);
    /// True once, after all cells were asked for, when one was bad: the row is counted as lost.
    bool isBadRow();

    std::uint64_t rowsRead() const { return m_scan ? m_scan->rowsRead() : 0; }

private:
    void logHoles();
    void noteRows();
    void markBad(std::size_t column);

    TraceBuilder& m_builder;
    std::string m_table;
    std::vector<Column> m_columns;
    std::optional<TableScan> m_scan;
    bool m_isAtEnd = false;
    std::optional<TimePoint> m_lastTime;                 // of the current row
    std::vector<std::optional<TimePoint>> m_timesBefore; // each hole
    std::optional<Error> m_error;
    std::string m_badColumn;
    bool m_isCancelled = false;
};

} // namespace stepscope
