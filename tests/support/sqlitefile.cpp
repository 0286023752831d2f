#include "tests/support/sqlitefile.h"

#include <cstdio>
#include <sqlite3.h>
#include <stdexcept>

namespace stepscope::testsupport {

void SqliteFile::Close::operator()(sqlite3* database) const
{
    sqlite3_close(database);
}

void SqlValue::bind(sqlite3_stmt* statement, int index) const
{
    switch (m_kind) {
    case Kind::Null:
        sqlite3_bind_null(statement, index);
        break;
    case Kind::Number:
        sqlite3_bind_int64(statement, index, m_number);
        break;
    case Kind::Text:
        sqlite3_bind_text(statement, index, m_text.data(), static_cast<int>(m_text.size()), SQLITE_STATIC);
        break;
    }
}

SqliteFile::SqliteFile(const std::string& path, NsysSchema schema, bool lazy) : m_schema(schema)
{
    std::remove(path.c_str());
    sqlite3* database = nullptr; // there even when opening failed
    const int result = sqlite3_open(path.c_str(), &database);
    m_database.reset(database);
    check(result, path.c_str());
    execute("PRAGMA journal_mode = OFF");
    execute("PRAGMA synchronous = OFF");
    execute("BEGIN");
    for (const NsysTable* table : nsystables::all()) {
        if (!lazy && hasTable(*table, schema))
            createTable(*table);
    }
}

SqliteFile::~SqliteFile()
{
    for (const auto& [table, insertion] : m_insertions)
        sqlite3_finalize(insertion.statement);
}

void SqliteFile::insert(const NsysTable& table, std::initializer_list<SqlValue> row)
{
    if (!hasTable(table, m_schema))
        return;
    if (row.size() != table.columns.size())
        throw std::logic_error(std::string("row does not fit ") + table.name);
    const Insertion& insertion = insertionInto(table);
    int index = 1;
    for (const std::size_t column : insertion.columns)
        row.begin()[column].bind(insertion.statement, index++);
    check(sqlite3_step(insertion.statement), table.name);
    sqlite3_reset(insertion.statement);
}

void SqliteFile::execute(const std::string& sql)
{
    check(sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, nullptr), sql.c_str());
}

void SqliteFile::close()
{
    for (auto& [table, insertion] : m_insertions)
        sqlite3_finalize(insertion.statement);
    m_insertions.clear();
    execute("COMMIT");
    m_database.reset();
}

SqliteFile::Insertion& SqliteFile::insertionInto(const NsysTable& table)
{
    Insertion& insertion = m_insertions[&table];
    if (insertion.statement)
        return insertion;
    createTable(table);
    std::string marks;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        if (!hasColumn(table.columns[column], m_schema))
            continue;
        insertion.columns.push_back(column);
        marks += marks.empty() ? "?" : ",?";
    }
    const std::string sql = std::string("INSERT INTO ") + table.name + " VALUES (" + marks + ")";
    check(sqlite3_prepare_v2(m_database.get(), sql.c_str(), -1, &insertion.statement, nullptr), sql.c_str());
    return insertion;
}

void SqliteFile::createTable(const NsysTable& table)
{
    bool& created = m_created[table.name];
    if (!created)
        execute(createStatement(table, m_schema));
    created = true;
}

void SqliteFile::check(int result, const char* what) const
{
    if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
        throw std::runtime_error(std::string(what) + ": " + sqlite3_errmsg(m_database.get()));
}

} // namespace stepscope::testsupport
