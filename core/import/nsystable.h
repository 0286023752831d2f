#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/import/nsysschema.h"
#include "core/import/sqlitereader.h"
#include "core/trace/importlog.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepscope {

/// Reads a table of an export row by row, by the names of its columns. A table that is absent has no rows;
/// a column that is absent reads as NULL. Damage ends the table and is logged; rows before it count.
class NsysTable {
public:
    enum class Need { Needed, Optional };
    struct Column {
        const char* name;
        Need need = Need::Optional;
    };

    NsysTable(SqliteReader& database, const NsysSchema& schema, ImportLog& log, std::string table,
              std::vector<Column> columns, const std::string& condition = {});

    /// BadSchema when a needed column is missing.
    const std::optional<Error>& error() const { return m_error; }
    bool isCancelled() const { return m_isCancelled; }

    /// Goes to the next row that could be read.
    bool next();
    /// Cells by their place in the list of columns. NULL gives the fallback; a cell of another type marks
    /// the row as bad, as does NULL in a needed column.
    std::int64_t integer(std::size_t column, std::int64_t fallback = 0);
    bool isNull(std::size_t column) const { return m_rows->isNull(static_cast<int>(column)); }
    /// A time of a needed column; one that cannot be a time marks the row as bad.
    TimePoint time(std::size_t column);
    std::string_view text(std::size_t column);
    /// True once, after all cells were asked for, when one was bad: the row is counted as lost.
    bool isBadRow();

    std::uint64_t rowsRead() const { return m_rowsRead; }

private:
    void markBad(std::size_t column);

    ImportLog& m_log;
    std::string m_table;
    std::vector<Column> m_columns;
    std::optional<SqliteRows> m_rows;
    std::optional<Error> m_error;
    std::string m_badColumn;
    std::uint64_t m_rowsRead = 0;
    bool m_isCancelled = false;
};

} // namespace stepscope
