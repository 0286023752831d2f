#pragma once

#include "tests/support/nsysschema.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace stepscope::testsupport {

/// A value of a row: NULL, an integer or a text. A text must live until the row is inserted.
class SqlValue {
public:
    SqlValue() = default;
    SqlValue(std::nullptr_t) {}
    SqlValue(std::int64_t number) : m_kind(Kind::Number), m_number(number) {}
    SqlValue(int number) : m_kind(Kind::Number), m_number(number) {}
    SqlValue(std::uint32_t number) : m_kind(Kind::Number), m_number(number) {}
    SqlValue(std::string_view text) : m_kind(Kind::Text), m_text(text) {}
    SqlValue(const std::string& text) : m_kind(Kind::Text), m_text(text) {}
    SqlValue(const char* text) : m_kind(Kind::Text), m_text(text) {}

    void bind(sqlite3_stmt* statement, int index) const;

private:
    enum class Kind { Null, Number, Text };
    Kind m_kind = Kind::Null;
    std::int64_t m_number = 0;
    std::string_view m_text;
};

/// A new SQLite file in one of the nsys generations, written in one transaction, without a journal.
/// Every failure throws std::runtime_error.
class SqliteFile {
public:
    /// Replaces `path`. `lazy`: a table exists only if it has a row.
    SqliteFile(const std::string& path, NsysSchema schema, bool lazy);
    ~SqliteFile();
    SqliteFile(const SqliteFile&) = delete;
    SqliteFile& operator=(const SqliteFile&) = delete;

    NsysSchema schema() const { return m_schema; }

    /// `row` has a value for each column of each generation, in the order of `table`; those that this
    /// generation lacks are skipped, and so is the whole row when it lacks the table.
    void insert(const NsysTable& table, std::initializer_list<SqlValue> row);
    void execute(const std::string& sql);
    /// Must be called; a file that was not closed is empty.
    void close();

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };

    struct Insertion {
        sqlite3_stmt* statement = nullptr;
        std::vector<std::size_t> columns;
    };

    Insertion& insertionInto(const NsysTable& table);
    void createTable(const NsysTable& table);
    void check(int result, const char* what) const;

    NsysSchema m_schema;
    std::unique_ptr<sqlite3, Close> m_database; // declared before the statements that need it
    std::map<const NsysTable*, Insertion> m_insertions;
    std::map<std::string, bool> m_created;
};

} // namespace stepscope::testsupport
