#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/import/nsysschema.h"
#include "core/import/rowahead.h"
#include "core/import/tablescan.h"
#include "core/trace/tracebuilder.h"

#include <cstdint>
#include <memory>
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

    /// What is known of the table.
    struct Nature {
        std::string condition;     ///< of the rows that are wanted
        bool holdsNumbers = false; ///< text() is not asked: its pages can be read without SQLite
        bool isCounted = true; ///< CaptureInfo::contents says how many rows it has, and not about how many
    };

    NsysTable(SqliteReader& database, const NsysSchema& schema, TraceBuilder& builder, std::string table,
              std::vector<Column> columns, const Nature& nature);

    /// BadSchema when a needed column is missing.
    const std::optional<Error>& error() const { return m_error; }
    bool isCancelled() const { return m_isCancelled; }

    /// Goes to the next row that could be read.
    bool next();
    /// Cells by their place in the list of columns. NULL gives the fallback; a cell of another type marks
    /// the row as bad, as does NULL in a needed column.
    std::int64_t integer(std::size_t column, std::int64_t fallback = 0)
    {
        const bool isPlain = m_ahead && ((m_block.nulls[m_row] | m_block.others[m_row]) >> column & 1U) == 0;
        return isPlain ? m_block.cells[m_row * m_block.columns + column] : checkedInteger(column, fallback);
    }
    bool isNull(std::size_t column) const
    {
        return m_ahead ? (m_block.nulls[m_row] >> column & 1U) != 0
                       : m_scan->row().isNull(static_cast<int>(column));
    }
    /// A time of a needed column; one that cannot be a time marks the row as bad.
    TimePoint time(std::size_t column);
    std::string_view text(std::size_t column);
    /// True once, after all cells were asked for, when one was bad: the row is counted as lost.
    bool isBadRow();

    std::uint64_t rowsRead() const { return m_ahead ? m_rowsAhead : m_scan ? m_scan->rowsRead() : 0; }

private:
    std::int64_t checkedInteger(std::size_t column, std::int64_t fallback);
    void readAhead(const NsysSchema& schema);
    bool nextAhead();
    void end();
    void logHoles();
    void countRows();
    void noteRows();
    void markBad(std::size_t column);

    SqliteReader& m_database;
    TraceBuilder& m_builder;
    std::string m_table;
    std::vector<Column> m_columns;
    bool m_isCounted;
    bool m_isWhole; // no row is left out
    std::optional<TableScan> m_scan;
    std::unique_ptr<RowAhead> m_ahead; // as long as the pages can be read without m_scan
    PageScan::Step m_aheadStep = PageScan::Step::Rows;
    RowBlock m_block;
    std::size_t m_row = 0; // of the block
    std::uint64_t m_rowsAhead = 0;
    bool m_isAtEnd = false;
    std::optional<TimePoint> m_lastTime;                 // of the current row
    std::vector<std::optional<TimePoint>> m_timesBefore; // each hole
    std::optional<Error> m_error;
    std::string m_badColumn;
    bool m_isCancelled = false;
};

} // namespace stepscope
