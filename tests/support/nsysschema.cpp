#include "tests/support/nsysschema.h"

namespace stepscope::testsupport {

namespace {

constexpr auto first = NsysSchema::None2021;
constexpr auto v291 = NsysSchema::V2_9_1;
constexpr auto v312 = NsysSchema::V3_1_2;
constexpr auto v3132 = NsysSchema::V3_13_2;
constexpr auto v3240 = NsysSchema::V3_24_0;
constexpr auto v3250 = NsysSchema::V3_25_0;
constexpr const char* strings = "StringIds(id)";

NsysColumn number(const char* name, NsysSchema since = first, NsysSchema until = v3250)
{
    return {name, "INTEGER", false, "", since, until};
}

NsysColumn required(const char* name, NsysSchema since = first, NsysSchema until = v3250)
{
    return {name, "INTEGER", true, "", since, until};
}

NsysColumn nameColumn(const char* name, bool notNull = true, NsysSchema since = first)
{
    return {name, "INTEGER", notNull, strings, since};
}

NsysColumn text(const char* name, bool notNull = false, NsysSchema since = first)
{
    return {name, "TEXT", notNull, "", since};
}

NsysColumn real(const char* name)
{
    return {name, "REAL"};
}

} // namespace

std::string createStatement(const NsysTable& table, NsysSchema schema)
{
    const bool hasComments = schema >= v312;
    std::string statement = std::string("CREATE TABLE ") + table.name + " (";
    std::string comment;
    const char* separator = "";
    for (const NsysColumn& column : table.columns) {
        if (!hasColumn(column, schema))
            continue;
        statement += separator;
        statement += comment + (hasComments ? "\n    " : *separator ? " " : "");
        statement += std::string(column.name) + " " + column.type;
        if (column.notNull)
            statement += " NOT NULL";
        if (std::string_view(column.name) == "id" && std::string_view(table.name) == "StringIds")
            statement += " PRIMARY KEY";
        comment.clear();
        if (*column.references) // spelled out until 2.9.1, a comment since
            (hasComments ? comment : statement) +=
                std::string(hasComments ? " -- " : " ") + "REFERENCES " + column.references;
        separator = ",";
    }
    return statement + comment + (hasComments ? "\n)" : ")");
}

std::string schemaVersion(NsysSchema schema)
{
    switch (schema) {
    case NsysSchema::None2021:
        return "";
    case NsysSchema::V2_9_1:
        return "2.9.1";
    case NsysSchema::V3_1_2:
        return "3.1.2";
    case NsysSchema::V3_13_2:
        return "3.13.2";
    case NsysSchema::V3_24_0:
        return "3.24.0";
    case NsysSchema::V3_25_0:
        return "3.25.0";
    }
    return "";
}

std::string productVersion(NsysSchema schema)
{
    switch (schema) {
    case NsysSchema::None2021:
        return "";
    case NsysSchema::V2_9_1:
        return "2022.2.1.31";
    case NsysSchema::V3_1_2:
        return "2023.1.2.43";
    case NsysSchema::V3_13_2:
        return "2024.5.1.113";
    case NsysSchema::V3_24_0:
        return "2025.5.2.266";
    case NsysSchema::V3_25_0:
        return "2026.2.1.210";
    }
    return "";
}

namespace nsystables {

const NsysTable stringIds{"StringIds", {required("id"), text("value", true)}};

const NsysTable kernel{"CUPTI_ACTIVITY_KIND_KERNEL",
                       {required("start"),
                        required("end"),
                        required("deviceId"),
                        required("contextId"),
                        number("greenContextId", v3132),
                        required("streamId"),
                        number("correlationId"),
                        number("globalPid"),
                        nameColumn("demangledName"),
                        nameColumn("shortName"),
                        nameColumn("mangledName", false, v291),
                        number("launchType"),
                        number("cacheConfig"),
                        required("registersPerThread"),
                        required("gridX"),
                        required("gridY"),
                        required("gridZ"),
                        required("blockX"),
                        required("blockY"),
                        required("blockZ"),
                        required("staticSharedMemory"),
                        required("dynamicSharedMemory"),
                        required("localMemoryPerThread"),
                        required("localMemoryTotal"),
                        required("gridId"),
                        number("sharedMemoryExecuted"),
                        number("graphNodeId"),
                        number("sharedMemoryLimitConfig"),
                        number("qmdBulkReleaseDone", v3240),
                        number("qmdPreexitDone", v3240),
                        number("qmdLastCtaDone", v3240),
                        number("graphId", v3240),
                        number("clusterX", v3240),
                        number("clusterY", v3240),
                        number("clusterZ", v3240),
                        number("clusterSchedulingPolicy", v3240),
                        number("maxPotentialClusterSize", v3240),
                        number("maxActiveClusters", v3240),
                        number("sharedMemoryRequestedPercentage", v3250),
                        text("tensorSizeMinusOneElements", true, v3250)}};

const NsysTable graphTrace{"CUPTI_ACTIVITY_KIND_GRAPH_TRACE",
                           {required("start"), required("end"), required("deviceId"), required("contextId"),
                            number("greenContextId", v3132), required("streamId"), number("correlationId"),
                            number("globalPid"), required("graphId"), required("graphExecId")},
                           v291};

const NsysTable memcpyTable{"CUPTI_ACTIVITY_KIND_MEMCPY",
                            {required("start"),
                             required("end"),
                             required("deviceId"),
                             required("contextId"),
                             number("greenContextId", v3132),
                             required("streamId"),
                             number("correlationId"),
                             number("globalPid"),
                             required("bytes"),
                             required("copyKind"),
                             number("deprecatedSrcId"),
                             number("srcKind"),
                             number("dstKind"),
                             number("srcDeviceId"),
                             number("srcContextId"),
                             number("dstDeviceId"),
                             number("dstContextId"),
                             number("migrationCause"),
                             number("graphNodeId"),
                             number("virtualAddress", v291),
                             number("copyCount", v3240)}};

const NsysTable memsetTable{"CUPTI_ACTIVITY_KIND_MEMSET",
                            {required("start"), required("end"), required("deviceId"), required("contextId"),
                             number("greenContextId", v3250), required("streamId"), number("correlationId"),
                             number("globalPid"), required("value"), required("bytes"), number("graphNodeId"),
                             number("memKind")}};

const NsysTable runtime{"CUPTI_ACTIVITY_KIND_RUNTIME",
                        {required("start"), required("end"), required("eventClass"), number("globalTid"),
                         number("correlationId"), nameColumn("nameId"), required("returnValue"),
                         number("callchainId")}};

const NsysTable synchronization{"CUPTI_ACTIVITY_KIND_SYNCHRONIZATION",
                                {required("start"), required("end"), required("deviceId"),
                                 required("contextId"), number("greenContextId", v3132), required("streamId"),
                                 number("correlationId"), number("globalPid"),
                                 number("deprecatedSyncType", v3240), required("syncType"),
                                 required("eventId"), number("eventSyncId", v3240)}};

const NsysTable nvtxEvents{"NVTX_EVENTS", {required("start"),      number("end"),
                                           required("eventType"),  number("rangeId"),
                                           number("category"),     number("color"),
                                           text("text"),           number("globalTid"),
                                           number("endGlobalTid"), nameColumn("textId", false),
                                           number("domainId"),     number("uint64Value"),
                                           number("int64Value"),   real("doubleValue"),
                                           number("uint32Value"),  number("int32Value"),
                                           real("floatValue"),     number("jsonTextId"),
                                           text("jsonText"),       text("binaryData", false, v3250)}};

const NsysTable profilerOverhead{"PROFILER_OVERHEAD",
                                 {required("start"), required("end"), number("globalTid"),
                                  number("correlationId", first, first), nameColumn("nameId"),
                                  required("returnValue", first, v3132), required("overheadType", v3240)}};

const NsysTable graphEvents{"CUDA_GRAPH_EVENTS",
                            {required("start"), required("end"), required("eventClass"), number("globalTid"),
                             nameColumn("nameId"), number("graphId"), number("originalGraphId"),
                             number("graphExecId")},
                            v3132};

const NsysTable graphNodeEvents{"CUDA_GRAPH_NODE_EVENTS",
                                {required("start"), required("end"), required("eventClass"),
                                 number("globalTid"), nameColumn("nameId"), required("graphNodeId"),
                                 number("originalGraphNodeId")},
                                v3132};

const NsysTable oldGraphNodeEvents{"CUDA_GRAPH_EVENTS", graphNodeEvents.columns, v291, v312};

const NsysTable diagnosticEvent{"DIAGNOSTIC_EVENT",
                                {required("timestamp"), required("timestampType"), required("source"),
                                 required("severity"), text("text", true), number("globalPid")},
                                v3132};

const NsysTable analysisDetails{
    "ANALYSIS_DETAILS",
    {required("globalVid"), required("duration"), required("startTime"), required("stopTime")},
    v291};

const NsysTable sessionStartTime{
    "TARGET_INFO_SESSION_START_TIME",
    {number("utcEpochNs"), text("utcTime"), text("localTime"), number("systemClockNs", v3250)},
    v291};

const NsysTable systemEnvironment{"TARGET_INFO_SYSTEM_ENV",
                                  {number("globalVid"), text("devStateName", true), text("name", true),
                                   required("nameEnum"), text("value", true)},
                                  v291};

const NsysTable gpuInfo{
    "TARGET_INFO_GPU",
    {required("vmId"),     required("id"),           text("name"),           text("busLocation"),
     number("isDiscrete"), number("l2CacheSize"),    number("totalMemory"),  number("memoryBandwidth"),
     number("clockRate"),  number("smCount"),        number("pwGpuId"),      text("uuid"),
     number("luid"),       text("chipName"),         number("cuDevice"),     text("ctxswDevPath"),
     text("ctrlDevPath"),  number("revision"),       number("nodeMask"),     number("constantMemory"),
     number("maxIPC"),     number("threadsPerWarp"), number("computeMajor"), number("computeMinor"),
     number("smMajor"),    number("smMinor")}};

const NsysTable cudaDevice{"TARGET_INFO_CUDA_DEVICE",
                           {number("gpuId"), required("cudaId"), required("pid"), text("uuid", false, v3250),
                            number("numMultiprocessors", v3250)},
                           v3240};

const NsysTable contextInfo{"TARGET_INFO_CUDA_CONTEXT_INFO",
                            {required("nullStreamId"), required("hwId"), required("vmId"),
                             required("processId"), required("deviceId"), required("contextId"),
                             number("parentContextId"), number("isGreenContext")},
                            v3132};

const NsysTable nullStream{"TARGET_INFO_CUDA_NULL_STREAM",
                           {required("streamId"), required("hwId"), required("vmId"), required("processId"),
                            required("deviceId"), required("contextId")},
                           first,
                           v312};

const NsysTable cudaStream{"TARGET_INFO_CUDA_STREAM",
                           {required("streamId"), required("hwId"), required("vmId"), required("processId"),
                            required("contextId"), required("priority"), required("flag")}};

const NsysTable processes{"PROCESSES", {number("globalPid"), number("pid"), text("name")}, v291};

const NsysTable threadNames{"ThreadNames", {nameColumn("nameId"), number("priority"), number("globalTid")}};

const NsysTable oldExportMeta{"EXPORT_META_DATA", {text("name", true), text("value")}, v291, v312};
const NsysTable exportMeta{"META_DATA_EXPORT", {text("name", true), text("value")}, v3132};
const NsysTable captureMeta{"META_DATA_CAPTURE", {text("name", true), text("value")}, v3132};

const std::vector<const NsysTable*>& all()
{
    static const std::vector<const NsysTable*> tables{
        &stringIds,        &kernel,          &graphTrace,       &memcpyTable,
        &memsetTable,      &runtime,         &synchronization,  &nvtxEvents,
        &profilerOverhead, &graphEvents,     &graphNodeEvents,  &oldGraphNodeEvents,
        &diagnosticEvent,  &analysisDetails, &sessionStartTime, &systemEnvironment,
        &gpuInfo,          &cudaDevice,      &contextInfo,      &nullStream,
        &cudaStream,       &processes,       &threadNames,      &oldExportMeta,
        &exportMeta,       &captureMeta};
    return tables;
}

} // namespace nsystables

} // namespace stepscope::testsupport
