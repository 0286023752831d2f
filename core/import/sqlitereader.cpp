#include "core/import/sqlitereader.h"

#include "core/base/foreigndatabase.h"
#include "core/import/cutdatabase.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <limits>
#include <utility>

#include <sqlite3.h>

namespace stepscope {

namespace {

constexpr DatabaseLimits mostOfAnExport = {
    .valueBytes = 64 << 20,
    .statementBytes = 1 << 20,
    .columns = 200,
    .expressionDepth = 50,
    .operations = 25'000,
    .compoundSelects = 8,
};
constexpr int operationsBetweenPolls = 1000;
constexpr std::uint64_t fewestBytesOfRow = 6; // a cell of 4 and the pointer to it
constexpr const char* tooManyRows = "more rows than the file can hold";

int isQueryCancelled(void* progress)
{
    return static_cast<Progress*>(progress)->isCancelled() ? 1 : 0;
}

/// Reading, counting, comparing; nothing else.
int authorizeReading(void*, int action, const char* first, const char* second, const char*, const char*)
{
    const auto isOneOf = [](const char* word, std::initializer_list<std::string_view> words) {
        for (const std::string_view known : words) {
            if (word && known == word)
                return true;
        }
        return false;
    };
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return isOneOf(second, {"count", "like"}) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA:
        return isOneOf(first, {"table_xinfo"}) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

/// The next word of a statement, in capitals; comments in between are skipped, as SQLite does.
std::string takeWord(std::string_view& sql)
{
    for (;;) {
        sql.remove_prefix(std::min(sql.size(), sql.find_first_not_of(" \t\n\f\r")));
        const bool isBlock = sql.starts_with("/*");
        if (!isBlock && !sql.starts_with("--"))
            break;
        const std::size_t end = isBlock ? sql.find("*/", 2) : sql.find('\n');
        sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + (isBlock ? 2 : 1));
    }
    std::string word;
    for (; !sql.empty() && std::isalpha(static_cast<unsigned char>(sql.front())) != 0; sql.remove_prefix(1))
        word += static_cast<char>(std::toupper(static_cast<unsigned char>(sql.front())));
    return word;
}

bool isVirtual(std::string_view sql)
{
    return takeWord(sql) == "CREATE" && takeWord(sql) == "VIRTUAL";
}

} // namespace

void SqliteRows::Finalizer::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

SqliteRows::Step SqliteRows::next()
{
    switch (const int status = sqlite3_step(m_statement.get()); status & 0xff) {
    case SQLITE_ROW:
        if (m_rows++ < m_mostRows)
            return Step::Row;
        m_fault = tooManyRows;
        return Step::Damaged;
    case SQLITE_DONE:
        return Step::Done;
    case SQLITE_INTERRUPT:
        return Step::Cancelled;
    default: // SQLITE_NOMEM, too: values end at 64 MiB, so that it is a damaged length that asks for too much
        m_fault = sqlite3_errmsg(m_database);
        return Step::Damaged;
    }
}

int SqliteRows::columns() const
{
    return sqlite3_column_count(m_statement.get());
}

bool SqliteRows::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::optional<std::int64_t> SqliteRows::integer(int column) const
{
    // Quicker than sqlite3_column_*(); as good where a connection has one thread (SQLITE_OPEN_NOMUTEX).
    sqlite3_value* const value = sqlite3_column_value(m_statement.get(), column);
    if (sqlite3_value_type(value) != SQLITE_INTEGER)
        return std::nullopt;
    return sqlite3_value_int64(value);
}

std::optional<std::string_view> SqliteRows::text(int column) const
{
    if (sqlite3_column_type(m_statement.get(), column) != SQLITE_TEXT)
        return std::nullopt;
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    if (!bytes)
        throw std::bad_alloc();
    return std::string_view(bytes, static_cast<std::size_t>(size));
}

void SqliteRows::bind(int parameter, std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), parameter, value);
}

void SqliteRows::reset()
{
    sqlite3_reset(m_statement.get());
    m_rows = 0;
}

SqliteReader::SqliteReader(sqlite3* database, std::string path, const DatabaseLength& length)
    : m_database(database), m_path(std::move(path)), m_length(length),
      m_mostRows(length.fileBytes / fewestBytesOfRow)
{}

void SqliteReader::Closer::operator()(sqlite3* database) const
{
    sqlite3_close_v2(database);
}

Result<SqliteReader> SqliteReader::open(const std::string& path, Progress& progress)
{
    std::error_code fault;
    const std::string absolute = std::filesystem::absolute(path, fault).string();
    if (fault)
        return Error{ErrorCode::FileNotReadable, fault.message()};
    const Result<DatabaseLength> length = databaseLength(path);
    if (!length)
        return length.error();
    // immutable: an export has no journal, and a plain read-only open writes -shm and -wal beside the file.
    std::string parameters;
    if (length->isCut())
        parameters = "&whole=" + std::to_string(length->wholeBytes()) +
                     "&all=" + std::to_string(length->pages * length->pageBytes);
    sqlite3* database = nullptr;
    const int status = sqlite3_open_v2(readOnlyAddress(absolute, parameters).c_str(), &database,
                                       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                                       length->isCut() ? cutDatabaseVfs() : nullptr);
    if (!database)
        throw std::bad_alloc();
    SqliteReader reader(database, absolute, *length);
    if (status == SQLITE_CORRUPT && length->isCut())
        return Error{ErrorCode::DamagedDatabase, length->whereCut()};
    if (status != SQLITE_OK)
        return Error{ErrorCode::FileNotReadable, sqlite3_errmsg(database)};
    harden(database, mostOfAnExport);
    sqlite3_progress_handler(database, operationsBetweenPolls, isQueryCancelled, &progress);
    sqlite3_set_authorizer(database, authorizeReading, nullptr);
    return reader;
}

Result<SqliteRows> SqliteReader::query(const std::string& sql)
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(m_database.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
        return Error{ErrorCode::DamagedDatabase, sqlite3_errmsg(m_database.get())};
    return SqliteRows(m_database.get(), statement, m_mostRows);
}

Result<std::uint64_t> SqliteReader::countRows(const std::string& table)
{
    // A plain count(*) neither hears of a cancel nor ends where a page is linked to from itself.
    Result<SqliteRows> rows = query("SELECT count(*) FROM (SELECT 1 FROM " + quoted(table) + " LIMIT " +
                                    std::to_string(m_mostRows + 1) + ")");
    if (!rows)
        return rows.error();
    const SqliteRows::Step step = rows->next();
    if (step == SqliteRows::Step::Cancelled)
        return Error{ErrorCode::Cancelled, {}};
    if (step != SqliteRows::Step::Row)
        return Error{ErrorCode::DamagedDatabase, rows->fault()};
    const auto count = static_cast<std::uint64_t>(rows->integer(0).value_or(0));
    return count <= m_mostRows ? Result<std::uint64_t>(count)
                               : Error{ErrorCode::DamagedDatabase, tooManyRows};
}

Result<std::vector<SqliteReader::Object>> SqliteReader::objects()
{
    Result<SqliteRows> rows =
        query("SELECT name, type, sql FROM sqlite_schema WHERE type IN ('table', 'view')");
    if (!rows)
        return rows.error();
    std::vector<Object> found;
    for (;;) {
        switch (rows->next()) {
        case SqliteRows::Step::Row: {
            const bool isTable =
                rows->text(1) == "table" && !isVirtual(rows->text(2).value_or(std::string_view()));
            found.push_back({std::string(rows->text(0).value_or(std::string_view())), isTable});
            break;
        }
        case SqliteRows::Step::Done:
            return found;
        case SqliteRows::Step::Cancelled:
            return Error{ErrorCode::Cancelled, {}};
        case SqliteRows::Step::Damaged:
            return Error{ErrorCode::DamagedDatabase, rows->fault()};
        }
    }
}

std::vector<SqliteReader::Column> SqliteReader::columns(const std::string& table)
{
    enum Answer : int { Name = 1, Type = 2, Key = 5, Hidden = 6 };
    constexpr std::int64_t computed = 2; // when it is read; 3 when it was written
    std::vector<Column> found;
    Result<SqliteRows> rows = query("PRAGMA table_xinfo(" + quoted(table) + ")");
    while (rows && rows->next() == SqliteRows::Step::Row)
        found.push_back({std::string(rows->text(Name).value_or(std::string_view())),
                         std::string(rows->text(Type).value_or(std::string_view())),
                         rows->integer(Hidden) != computed, rows->integer(Key) == 1});
    return found;
}

std::optional<std::uint32_t> SqliteReader::rootPage(const std::string& table)
{
    Result<SqliteRows> rows = query("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'");
    while (rows && rows->next() == SqliteRows::Step::Row) {
        const std::string name(rows->text(0).value_or(std::string_view()));
        const std::int64_t page = rows->integer(1).value_or(0);
        if (sqlite3_stricmp(name.c_str(), table.c_str()) == 0)
            return page > 0 && page <= std::numeric_limits<std::uint32_t>::max()
                       ? std::optional(static_cast<std::uint32_t>(page))
                       : std::nullopt;
    }
    return std::nullopt;
}

std::uint64_t SqliteReader::lastRow(const std::string& table)
{
    Result<SqliteRows> rows = query("SELECT rowid FROM " + quoted(table) + " ORDER BY rowid DESC LIMIT 1");
    if (!rows || rows->next() != SqliteRows::Step::Row)
        return 0;
    const auto last = static_cast<std::uint64_t>(std::max<std::int64_t>(0, rows->integer(0).value_or(0)));
    return std::min(last, m_mostRows);
}

std::string SqliteReader::quoted(std::string_view name)
{
    std::string text = "\"";
    for (const char c : name) {
        text += c;
        if (c == '"')
            text += c;
    }
    return text + '"';
}

} // namespace stepscope
