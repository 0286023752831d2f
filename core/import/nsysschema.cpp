#include "core/import/nsysschema.h"

#include "core/import/sqlitereader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace stepscope {

namespace {

/// All that is read; any other table is only counted.
constexpr std::array<std::string_view, 24> readTables = {
    "StringIds",
    "CUPTI_ACTIVITY_KIND_KERNEL",
    "CUPTI_ACTIVITY_KIND_MEMCPY",
    "CUPTI_ACTIVITY_KIND_MEMSET",
    "CUPTI_ACTIVITY_KIND_GRAPH_TRACE",
    "CUPTI_ACTIVITY_KIND_RUNTIME",
    "CUPTI_ACTIVITY_KIND_DRIVER",
    "CUPTI_ACTIVITY_KIND_OVERHEAD",
    "PROFILER_OVERHEAD",
    "NVTX_EVENTS",
    "DIAGNOSTIC_EVENT",
    "META_DATA_EXPORT",
    "EXPORT_META_DATA",
    "META_DATA_CAPTURE",
    "TARGET_INFO_GPU",
    "TARGET_INFO_CUDA_DEVICE",
    "TARGET_INFO_SESSION_START_TIME",
    "TARGET_INFO_SYSTEM_ENV",
    "ANALYSIS_DETAILS",
    "PROCESSES",
    "ThreadNames",
    "CUDA_GRAPH_EVENTS",
    "CUDA_GRAPH_NODE_EVENTS",
    "OSRT_API",
};

bool isSameName(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

/// The name of the table that is read under this name of the file; SQLite ignores case.
std::optional<std::string_view> readTableNamed(std::string_view name)
{
    const auto known = std::find_if(readTables.begin(), readTables.end(),
                                    [name](std::string_view table) { return isSameName(table, name); });
    return known == readTables.end() ? std::nullopt : std::optional(*known);
}

bool belongsToExport(std::string_view table)
{
    return table.starts_with("CUPTI_ACTIVITY_KIND_") || table.starts_with("TARGET_INFO_") ||
           table == "NVTX_EVENTS" || table == "META_DATA_EXPORT" || table == "EXPORT_META_DATA" ||
           table == "OSRT_API" || table == "ANALYSIS_DETAILS";
}

} // namespace

Result<NsysSchema> NsysSchema::read(SqliteReader& database)
{
    const Result<std::vector<SqliteReader::Object>> objects = database.objects();
    if (!objects)
        return objects.error();
    NsysSchema schema;
    bool isExport = false;
    bool isRocpd = false;
    for (const SqliteReader::Object& object : *objects) {
        const std::optional<std::string_view> wanted = readTableNamed(object.name);
        isExport = isExport || belongsToExport(wanted.value_or(object.name));
        isRocpd = isRocpd || object.name.starts_with("rocpd_");
        if (wanted && !object.isTable)
            return Error{ErrorCode::ViewInsteadOfTable, object.name};
        if (!object.isTable)
            continue;
        schema.m_tables.push_back(object.name);
        if (!wanted)
            continue;
        auto& columns = schema.m_columns[std::string(*wanted)];
        for (const SqliteReader::Column& column : database.columns(object.name)) {
            if (column.isStored)
                columns.insert(column.name);
        }
    }
    if (schema.hasColumn("CUPTI_ACTIVITY_KIND_KERNEL", "_id_"))
        return Error{ErrorCode::OtherExport, "an nvprof database"};
    if (!isExport && isRocpd)
        return Error{ErrorCode::OtherExport, "a rocpd database of rocprofv3"};
    if (!isExport)
        return Error{ErrorCode::NotNsysDatabase,
                     schema.m_tables.empty() ? "no tables" : schema.m_tables.front()};
    return schema;
}

bool NsysSchema::hasTable(std::string_view table) const
{
    return m_columns.find(table) != m_columns.end();
}

bool NsysSchema::hasColumn(std::string_view table, std::string_view column) const
{
    const auto known = m_columns.find(table);
    return known != m_columns.end() && known->second.find(column) != known->second.end();
}

} // namespace stepscope
