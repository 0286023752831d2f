#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/import/cutdatabase.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace stepscope {

/// A running query. Cells are checked one by one: SQLite converts any type into any other without a word.
class SqliteRows {
public:
    enum class Step { Row, Done, Cancelled, Damaged };

    SqliteRows(sqlite3* database, sqlite3_stmt* statement, std::uint64_t mostRows)
        : m_database(database), m_statement(statement), m_mostRows(mostRows)
    {}

    Step next();
    int columns() const;
    bool isNull(int column) const;
    /// nullopt for anything but an integer.
    std::optional<std::int64_t> integer(int column) const;
    /// The bytes of a text, valid until the next step; nullopt for anything but a text.
    std::optional<std::string_view> text(int column) const;
    /// SQLite's word after Damaged.
    const std::string& fault() const { return m_fault; }
    void bind(int parameter, std::int64_t value);
    /// Makes the query ready to run again with other parameters.
    void reset();

private:
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const;
    };
    sqlite3* m_database;
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    std::uint64_t m_mostRows;
    std::uint64_t m_rows = 0;
    std::string m_fault;
};

/// A database opened so that a hostile file can neither run code, nor write, nor hang us, nor make files
/// appear beside it (platform.md §5.2). Read-only; a pending write-ahead log is not read. Not thread-safe.
class SqliteReader {
public:
    struct Object {
        std::string name;
        bool isTable = false; ///< a real table: no view, no virtual table
    };

    struct Column {
        std::string name;
        std::string type;     ///< as it was declared; may be empty
        bool isStored = true; ///< else reading it would run what the file says, functions too
        bool isKey = false;   ///< the first of the primary key: a row is found by it without looking at all
    };

    /// DamagedDatabase or FileNotReadable. `progress` is asked for cancel while queries run.
    static Result<SqliteReader> open(const std::string& path, Progress& progress);

    const std::string& path() const { return m_path; }
    /// Of a cut file the whole pages are read; what reaches into the others reads as damaged.
    const DatabaseLength& length() const { return m_length; }
    /// Tables and views of the file. DamagedDatabase when its schema cannot be read, or Cancelled.
    Result<std::vector<Object>> objects();
    /// Empty when there is no such table.
    std::vector<Column> columns(const std::string& table);
    /// The page that a table begins with; none when there is no such table.
    std::optional<std::uint32_t> rootPage(const std::string& table);
    /// The greatest row id: about how many rows an export has in a table. 0 when nothing says it. O(log
    /// rows).
    std::uint64_t lastRow(const std::string& table);
    /// DamagedDatabase with SQLite's word when the query cannot be prepared.
    Result<SqliteRows> query(const std::string& sql);
    /// Rows of a table. O(rows); DamagedDatabase, also when there are more than the file can hold, or
    /// Cancelled.
    Result<std::uint64_t> countRows(const std::string& table);

    /// More rows than the file can hold are not in a table.
    std::uint64_t mostRows() const { return m_mostRows; }

    /// `name` as an identifier inside a query.
    static std::string quoted(std::string_view name);

private:
    struct Closer {
        void operator()(sqlite3* database) const;
    };
    SqliteReader(sqlite3* database, std::string path, const DatabaseLength& length);

    std::unique_ptr<sqlite3, Closer> m_database;
    std::string m_path;
    DatabaseLength m_length;
    std::uint64_t m_mostRows; // of one table; more show pages that are linked several times
};

} // namespace stepscope
