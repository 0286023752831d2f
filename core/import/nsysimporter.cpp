#include "core/import/nsysimporter.h"

#include "core/base/utf8.h"
#include "core/import/nsysactivities.h"
#include "core/import/nsyshostrows.h"
#include "core/import/nsysmetadata.h"
#include "core/import/nsysschema.h"
#include "core/import/nsyssource.h"
#include "core/import/sqlitereader.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace stepscope {

namespace {

constexpr std::uint64_t manyRows = 200'000;
constexpr std::size_t mostCountedTables = 300; // an export that is not lazy has 96

/// Tables that are read from end to end.
bool isRead(std::string_view table)
{
    constexpr std::array<std::string_view, 8> read = {
        "CUPTI_ACTIVITY_KIND_KERNEL",   "CUPTI_ACTIVITY_KIND_GRAPH_TRACE",
        "CUPTI_ACTIVITY_KIND_MEMCPY",   "CUPTI_ACTIVITY_KIND_MEMSET",
        "CUPTI_ACTIVITY_KIND_RUNTIME",  "CUPTI_ACTIVITY_KIND_DRIVER",
        "CUPTI_ACTIVITY_KIND_OVERHEAD", "NVTX_EVENTS"};
    return std::find(read.begin(), read.end(), table) != read.end();
}

/// Rows of each table, as `info` lists them, and the sum of those that will be read. Of a large table that is
/// read its last row says about how many, as counting is a pass over all pages.
std::uint64_t countRows(SqliteReader& database, const NsysSchema& schema, NsysSource& source)
{
    TraceBuilder& builder = source.builder();
    std::uint64_t toRead = 0;
    for (const std::string& table : schema.tables()) {
        const bool isOneOfMany =
            !schema.hasTable(table) && builder.capture().contents.size() >= mostCountedTables;
        if (table.starts_with("ENUM_") || table.starts_with("sqlite_") || isOneOfMany)
            continue;
        const std::uint64_t last = isRead(table) && schema.hasTable(table) ? database.lastRow(table) : 0;
        if (last >= manyRows)
            source.noteUncounted(table);
        const Result<std::uint64_t> count = last >= manyRows ? last : database.countRows(table);
        if (!count) {
            if (count.error().code == ErrorCode::DamagedDatabase && !schema.hasTable(table))
                builder.log().add(ImportCode::DamagedDatabase, table + ": " + count.error().detail);
            continue;
        }
        const std::uint64_t rows = *count;
        if (rows == 0)
            continue; // absent and empty mean the same
        builder.capture().contents.emplace_back(validUtf8(table).text, rows);
        if (table.starts_with("CUPTI_ACTIVITY_KIND_") || table == "NVTX_EVENTS")
            toRead += rows;
        if (table == "CUPTI_ACTIVITY_KIND_MEM_DECOMPRESS")
            builder.log().add(ImportCode::SkippedRows, table, rows);
    }
    return toRead;
}

/// Bytes of the write-ahead log, which lies beside the database and not beside a link to it.
std::uintmax_t pendingLogBytes(const std::string& path)
{
    std::error_code fault;
    const std::filesystem::path file = std::filesystem::canonical(path, fault);
    const std::uintmax_t bytes = std::filesystem::file_size((fault ? path : file.string()) + "-wal", fault);
    return fault ? 0 : bytes;
}

/// A cut may have taken away what the tables are called, or a write-ahead log may hold them.
Error schemaError(const Error& error, const DatabaseLength& length, std::uintmax_t pendingBytes)
{
    if (error.code != ErrorCode::NotNsysDatabase && error.code != ErrorCode::DamagedDatabase)
        return error;
    if (length.isCut())
        return Error{ErrorCode::DamagedDatabase, length.whereCut()};
    if (pendingBytes > 0)
        return Error{error.code, error.detail + "; the -wal file beside it, " + std::to_string(pendingBytes) +
                                     " bytes, was not read"};
    return error;
}

void noteCut(const DatabaseLength& length, TraceBuilder& builder)
{
    if (!length.isCut())
        return;
    DamagedPlace place;
    place.offset = length.wholeBytes();
    place.lostBytes = length.lostBytes();
    place.reachesEnd = true;
    place.holdsGpuWork = false; // that is for the tables to say
    builder.capture().damage.push_back(std::move(place));
    builder.log().add(ImportCode::TruncatedDatabase, length.whereCut());
}

} // namespace

// Nothing to ask of a database so far: its rows are bounded by its bytes, and it holds no Python frames.
Result<Done> NsysImporter::read(const std::string& path, Progress& progress, TraceBuilder& builder,
                                const ImportOptions&)
{
    Result<SqliteReader> database = SqliteReader::open(path, progress);
    if (!database)
        return database.error();
    const Result<NsysSchema> schema = NsysSchema::read(*database);
    if (!schema)
        return schemaError(schema.error(), database->length(), pendingLogBytes(path));

    noteCut(database->length(), builder);
    if (const std::uintmax_t bytes = pendingLogBytes(path); bytes > 0)
        builder.log().add(ImportCode::PendingWal, std::to_string(bytes) + " bytes");
    NsysSource source(*database, *schema, builder, progress);
    source.expectRows(countRows(*database, *schema, source));
    NsysMetadata metadata(source);
    metadata.readSettings();
    NsysActivities activities(source);
    if (const std::optional<Error> error = activities.read())
        return *error;
    activities.describeDevices();
    NsysHostRows hostRows(source);
    if (const std::optional<Error> error = hostRows.read())
        return *error;
    metadata.readDiagnostics([&activities](std::int64_t pid) { return activities.isGpuProcess(pid); },
                             !activities.isEmpty());
    if (builder.log().isDamaged() && activities.isEmpty() && !builder.hasRows()) {
        for (const ImportEntry& entry : builder.log().entries()) {
            if (entry.code == ImportCode::DamagedDatabase || entry.code == ImportCode::TruncatedDatabase)
                return Error{ErrorCode::DamagedDatabase,
                             entry.examples.empty() ? std::string() : entry.examples.front()};
        }
    }
    return Done{};
}

} // namespace stepscope
