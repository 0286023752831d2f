#include "core/columnfile/piecereader.h"

#include "core/base/checksum.h"
#include "core/base/foreigndatabase.h"

#include <cstring>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlite3.h>

namespace stepscope {

namespace {

using namespace columnfile;

constexpr DatabaseLimits mostOfAColumnFile = {
    .valueBytes = static_cast<int>(pieceBytes) + 1024,
    .statementBytes = 1024,
    .columns = 8,
    .expressionDepth = 20,
    .operations = 1000,
    .compoundSelects = 2,
};

/// Of a schema with one table, nothing but that.
int authorizeSchemaOnly(void*, int action, const char*, const char*, const char*, const char*)
{
    return action == SQLITE_SELECT || action == SQLITE_READ ? SQLITE_OK : SQLITE_DENY;
}

/// What a query answers where it is one row of that many columns, each as text; empty where it is not.
std::vector<std::string> onlyRow(sqlite3* database, const char* sql)
{
    sqlite3_stmt* prepared = nullptr;
    sqlite3_prepare_v2(database, sql, -1, &prepared, nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> rows(prepared, sqlite3_finalize);
    std::vector<std::string> cells;
    if (!rows || sqlite3_step(rows.get()) != SQLITE_ROW)
        return {};
    for (int column = 0; column < sqlite3_column_count(rows.get()); ++column) {
        const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(rows.get(), column));
        cells.emplace_back(text ? text : "");
    }
    return sqlite3_step(rows.get()) == SQLITE_DONE ? cells : std::vector<std::string>();
}

} // namespace

void PieceReader::Closer::operator()(sqlite3* database) const
{
    sqlite3_close_v2(database);
}

void PieceReader::Closer::operator()(sqlite3_blob* blob) const
{
    sqlite3_blob_close(blob);
}

Result<PieceReader> PieceReader::open(const std::string& path)
{
    std::error_code fault;
    const std::string absolute = std::filesystem::absolute(path, fault).string();
    if (fault || !std::filesystem::is_regular_file(absolute, fault))
        return Error{ErrorCode::FileNotFound, fault.message()};
    sqlite3* database = nullptr;
    const int status = sqlite3_open_v2(readOnlyAddress(absolute).c_str(), &database,
                                       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
    PieceReader reader(database);
    if (status != SQLITE_OK)
        return Error{ErrorCode::FileNotReadable, sqlite3_errstr(status)};
    harden(database, mostOfAColumnFile);
    // Each page is read once: a cache that fits the processor's is the fastest.
    sqlite3_exec(database, "PRAGMA cache_size=-1024", nullptr, nullptr, nullptr);
    if (!reader.isColumnFile())
        return Error{ErrorCode::DamagedDatabase, "no column file of this version"};
    return reader;
}

bool PieceReader::isColumnFile()
{
    sqlite3* const database = m_database.get();
    const auto is = [database](const char* sql, std::int64_t value) {
        return onlyRow(database, sql) == std::vector{std::to_string(value)};
    };
    if (!is("PRAGMA application_id", applicationId) || !is("PRAGMA user_version", formatVersion) ||
        !is("PRAGMA page_size", pageBytes))
        return false;
    sqlite3_set_authorizer(database, authorizeSchemaOnly, nullptr);
    return onlyRow(database, "SELECT type, name, sql FROM sqlite_schema") ==
           std::vector<std::string>{"table", "piece", pieceTable};
}

std::optional<std::size_t> PieceReader::seek(std::int64_t id)
{
    sqlite3_blob* blob = m_blob.release();
    const int status = blob ? sqlite3_blob_reopen(blob, id)
                            : sqlite3_blob_open(m_database.get(), "main", "piece", "bytes", id, 0, &blob);
    m_blob.reset(blob);
    if (status != SQLITE_OK) {
        m_blob.reset();
        return std::nullopt;
    }
    const auto size = static_cast<std::size_t>(sqlite3_blob_bytes(blob));
    return size <= pieceBytes ? std::optional(size) : std::nullopt;
}

bool PieceReader::read(std::int64_t id, const PieceInfo& info, void* to)
{
    return info.bytes <= pieceBytes && seek(id) == info.bytes &&
           sqlite3_blob_read(m_blob.get(), to, static_cast<int>(info.bytes), 0) == SQLITE_OK &&
           checksumOf(to, info.bytes) == info.checksum;
}

std::optional<std::string> PieceReader::readSealed(std::int64_t id)
{
    std::uint64_t checksum = 0;
    const std::optional<std::size_t> size = seek(id);
    if (!size || *size < sizeof checksum)
        return std::nullopt;
    std::string bytes(*size, '\0');
    if (sqlite3_blob_read(m_blob.get(), bytes.data(), static_cast<int>(*size), 0) != SQLITE_OK)
        return std::nullopt;
    const std::size_t length = *size - sizeof checksum;
    std::memcpy(&checksum, bytes.data() + length, sizeof checksum);
    bytes.resize(length);
    return checksum == checksumOf(bytes.data(), length) ? std::optional(std::move(bytes)) : std::nullopt;
}

} // namespace stepscope
