#pragma once

#include "core/base/result.h"
#include "core/import/sqlitereader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stepscope {

/// Reads a table in the order of its row ids. Behind a damaged place it goes on with the next row that can be
/// reached, and a row that comes twice is damage: a table read so holds no row that the file does not. Of
/// two damaged places close together the rows between may be skipped, at most as many as the first one lost.
class TableScan {
public:
    enum class Step { Row, Done, Cancelled };

    /// Rows that could not be reached.
    struct Hole {
        std::string fault;                 ///< SQLite's word
        std::uint64_t rowsBefore = 0;      ///< read before it
        std::optional<std::int64_t> after; ///< id of the last row before
        std::optional<std::int64_t> next;  ///< id of the first row behind; none: the table ends here
        /// As far as ids are given from 1 on without gaps, which an export does.
        std::optional<std::uint64_t> lostRows{};
    };

    /// `columns` as they stand behind SELECT; the condition may be empty. DamagedDatabase with SQLite's word
    /// when the table cannot be read at all.
    static Result<TableScan> open(SqliteReader& database, const std::string& table,
                                  const std::string& columns, const std::string& condition);

    /// O(1) for a whole table; a hole costs some hundred seeks, and after a thousand holes the scan ends.
    Step next();
    /// The cells of the current row.
    const SqliteRows& row() const { return m_isResumed ? *m_again : m_rows; }
    std::uint64_t rowsRead() const { return m_rowsRead; }
    const std::vector<Hole>& holes() const { return m_holes; }

private:
    enum class Attempt { Row, Done, Damaged, Cancelled };

    TableScan(SqliteReader& database, SqliteRows rows, std::string again)
        : m_database(&database), m_rows(std::move(rows)), m_againSql(std::move(again))
    {}

    std::optional<std::int64_t> id() const;
    Step resume(const std::string& fault);
    Step search(std::optional<std::int64_t> last);
    Attempt seek(std::int64_t bound);
    Step firstBehind(std::int64_t damaged, std::int64_t readable);

    SqliteReader* m_database;
    SqliteRows m_rows;
    std::optional<SqliteRows> m_again; // the rows from an id on
    std::string m_againSql;            // empty: the rows have no ids
    bool m_isResumed = false;
    std::optional<std::int64_t> m_last;
    std::uint64_t m_rowsRead = 0;
    std::vector<Hole> m_holes;
};

} // namespace stepscope
