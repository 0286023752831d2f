#pragma once

#include <string>
#include <vector>

namespace stepscope::testsupport {

/// Generations of the nsys SQLite export (formats.md 1.1).
enum class NsysSchema {
    None2021, ///< no schema number, no meta table, no graph spans
    V2_9_1,
    V3_1_2,
    V3_13_2,
    V3_24_0,
    V3_25_0
};

/// One column and the generations that have it.
struct NsysColumn {
    const char* name;
    const char* type = "INTEGER";
    bool notNull = false;
    const char* references = ""; ///< "StringIds(id)"
    NsysSchema since = NsysSchema::None2021;
    NsysSchema until = NsysSchema::V3_25_0;
};

/// One table with the columns of every generation, in their order.
struct NsysTable {
    const char* name;
    std::vector<NsysColumn> columns;
    NsysSchema since = NsysSchema::None2021;
    NsysSchema until = NsysSchema::V3_25_0;
};

inline bool hasColumn(const NsysColumn& column, NsysSchema schema)
{
    return column.since <= schema && schema <= column.until;
}

inline bool hasTable(const NsysTable& table, NsysSchema schema)
{
    return table.since <= schema && schema <= table.until;
}

/// The CREATE TABLE text in the style of the generation.
std::string createStatement(const NsysTable& table, NsysSchema schema);

/// "3.24.0"; empty for None2021.
std::string schemaVersion(NsysSchema schema);
/// The nsys release that wrote it, "2025.5.2.266".
std::string productVersion(NsysSchema schema);

namespace nsystables {

extern const NsysTable stringIds;
extern const NsysTable kernel;
extern const NsysTable graphTrace;
extern const NsysTable memcpyTable;
extern const NsysTable memsetTable;
extern const NsysTable runtime;
extern const NsysTable synchronization;
extern const NsysTable nvtxEvents;
extern const NsysTable profilerOverhead;
extern const NsysTable graphEvents;
extern const NsysTable graphNodeEvents;    ///< 3.13.2 on
extern const NsysTable oldGraphNodeEvents; ///< before: node events under the name CUDA_GRAPH_EVENTS
extern const NsysTable diagnosticEvent;
extern const NsysTable analysisDetails;
extern const NsysTable sessionStartTime;
extern const NsysTable systemEnvironment;
extern const NsysTable gpuInfo;
extern const NsysTable cudaDevice;
extern const NsysTable contextInfo; ///< 3.13.2 on
extern const NsysTable nullStream;  ///< before
extern const NsysTable cudaStream;
extern const NsysTable processes;
extern const NsysTable threadNames;
extern const NsysTable oldExportMeta; ///< EXPORT_META_DATA, to 3.1.2
extern const NsysTable exportMeta;    ///< META_DATA_EXPORT, from 3.13.2 here
extern const NsysTable captureMeta;

/// All of the above.
const std::vector<const NsysTable*>& all();

} // namespace nsystables

} // namespace stepscope::testsupport
