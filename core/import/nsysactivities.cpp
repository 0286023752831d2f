#include "core/import/nsysactivities.h"

#include "core/base/utf8.h"
#include "core/import/graphplace.h"

#include <limits>

namespace stepscope {

namespace {

using Need = NsysTable::Need;

constexpr std::size_t mostNsysGpus = 1024;
/// CUPTI: the first node of the graph ran on the host.
constexpr std::int64_t hostDevice = std::numeric_limits<std::int32_t>::max();

/// The columns that all four tables begin with in our queries.
enum CommonColumn : std::size_t { Start, End, DeviceNumber, Stream, Correlation, GlobalPid, FirstOwnColumn };

std::vector<NsysTable::Column> withCommonColumns(std::initializer_list<NsysTable::Column> own)
{
    std::vector<NsysTable::Column> columns = {
        {"start", Need::Needed}, {"end", Need::Needed}, {"deviceId", Need::Needed}, {"streamId"},
        {"correlationId"},       {"globalPid"},
    };
    columns.insert(columns.end(), own.begin(), own.end());
    return columns;
}

CopyKind copyKindOfNumber(std::int64_t number)
{
    switch (number) { // ENUM_CUDA_MEMCPY_OPER; 11 to 13 are the unified-memory forms
    case 1:
    case 11:
        return CopyKind::HostToDevice;
    case 2:
    case 12:
        return CopyKind::DeviceToHost;
    case 8:
    case 13:
        return CopyKind::DeviceToDevice;
    case 9:
        return CopyKind::HostToHost;
    case 10:
        return CopyKind::PeerToPeer;
    default:
        return CopyKind::Other;
    }
}

std::string_view copyName(CopyKind kind)
{
    switch (kind) {
    case CopyKind::HostToDevice:
        return "Memcpy HtoD";
    case CopyKind::DeviceToHost:
        return "Memcpy DtoH";
    case CopyKind::DeviceToDevice:
        return "Memcpy DtoD";
    case CopyKind::HostToHost:
        return "Memcpy HtoH";
    case CopyKind::PeerToPeer:
        return "Memcpy PtoP";
    default:
        return "Memcpy";
    }
}

std::string_view memoryWord(std::int64_t kind)
{
    switch (kind) { // ENUM_CUDA_MEM_KIND
    case 0:
        return "Pageable";
    case 1:
        return "Pinned";
    case 2:
        return "Device";
    case 3:
        return "Array";
    case 4:
        return "Managed";
    case 5:
        return "Device Static";
    case 6:
        return "Managed Static";
    default:
        return "Unknown";
    }
}

/// As kineto names copies: "Memcpy DtoH (Device -> Pageable)". A pageable copy blocks the host, which is why
/// the kind of memory is told.
std::string copyNameBetween(CopyKind copy, std::int64_t from, std::int64_t to)
{
    return std::string(copyName(copy)) + " (" + std::string(memoryWord(from)) + " -> " +
           std::string(memoryWord(to)) + ")";
}

} // namespace

std::optional<Error> NsysActivities::read()
{
    for (const auto part : {&NsysActivities::readKernels, &NsysActivities::readGraphs,
                            &NsysActivities::readCopies, &NsysActivities::readMemsets}) {
        if (const std::optional<Error> error = (this->*part)())
            return error;
    }
    return std::nullopt;
}

std::optional<Error> NsysActivities::readKernels()
{
    constexpr const char* name = "CUPTI_ACTIVITY_KIND_KERNEL";
    const bool hasLongNames = m_source.schema().hasColumn(name, "demangledName");
    NsysTable table = m_source.numbers(
        name,
        withCommonColumns(
            {{hasLongNames ? "demangledName" : "shortName", Need::Needed}, {"graphId"}, {"graphNodeId"}}));
    return readRows(table, ActivityKind::Kernel);
}

std::optional<Error> NsysActivities::readGraphs()
{
    NsysTable table =
        m_source.numbers("CUPTI_ACTIVITY_KIND_GRAPH_TRACE", withCommonColumns({{"graphId", Need::Needed}}));
    return readRows(table, ActivityKind::GraphTrace);
}

std::optional<Error> NsysActivities::readCopies()
{
    NsysTable table = m_source.numbers(
        "CUPTI_ACTIVITY_KIND_MEMCPY",
        withCommonColumns({{"copyKind"}, {"bytes"}, {"graphId"}, {"graphNodeId"}, {"srcKind"}, {"dstKind"}}));
    return readRows(table, ActivityKind::Memcpy);
}

std::optional<Error> NsysActivities::readMemsets()
{
    NsysTable table = m_source.numbers("CUPTI_ACTIVITY_KIND_MEMSET",
                                       withCommonColumns({{"bytes"}, {"graphId"}, {"graphNodeId"}}));
    return readRows(table, ActivityKind::Memset);
}

std::optional<Error> NsysActivities::readRows(NsysTable& table, ActivityKind kind)
{
    while (table.next()) {
        if (!m_source.countRow())
            break;
        Activity activity;
        activity.kind = kind;
        activity.begin = table.time(Start);
        activity.end = table.time(End);
        activity.stream = table.integer(Stream);
        activity.correlation = table.integer(Correlation);
        const std::int64_t device = table.integer(DeviceNumber);
        const std::int64_t globalPid = table.integer(GlobalPid);
        std::size_t column = FirstOwnColumn;
        std::int64_t nameOrKind = 0;
        if (kind == ActivityKind::Kernel || kind == ActivityKind::Memcpy)
            nameOrKind = table.integer(column++);
        if (kind == ActivityKind::Memcpy || kind == ActivityKind::Memset)
            activity.bytes = table.integer(column++);
        const std::int64_t graphId = table.integer(column++);
        const std::int64_t nodeId = kind == ActivityKind::GraphTrace ? 0 : table.integer(column);
        const bool hasMemory =
            kind == ActivityKind::Memcpy && !table.isNull(column + 1) && !table.isNull(column + 2);
        const std::int64_t from = hasMemory ? table.integer(column + 1) : 0;
        const std::int64_t to = hasMemory ? table.integer(column + 2) : 0;
        if (table.isBadRow())
            continue;
        const GraphPlace place = graphPlace(graphId, nodeId);
        activity.graph = place.graph;
        activity.graphNode = place.node;

        if (kind == ActivityKind::GraphTrace) {
            const bool hasNoTime = nanosecondsOf(activity.begin) == 0 && nanosecondsOf(activity.end) == 0;
            if (hasNoTime || device == hostDevice) {
                m_source.builder().log().add(ImportCode::NoTimeCollected, "graph " + std::to_string(graphId));
                continue;
            }
            activity.name = m_source.builder().intern("CUDA graph " + std::to_string(graphId));
        } else if (kind == ActivityKind::Kernel) {
            activity.name = m_source.name(nameOrKind);
        } else if (kind == ActivityKind::Memcpy) {
            activity.copy = copyKindOfNumber(nameOrKind);
            activity.name = hasMemory ? m_source.builder().intern(copyNameBetween(activity.copy, from, to))
                                      : m_source.builder().intern(copyName(activity.copy));
        } else {
            activity.name = m_source.builder().intern("Memset");
        }
        add(globalPid, device, activity);
    }
    if (table.isCancelled() || m_source.isCancelled())
        return Error{ErrorCode::Cancelled, {}};
    return table.error();
}

void NsysActivities::add(std::int64_t globalPid, std::int64_t deviceId, Activity activity)
{
    const std::int64_t pid = NsysSource::pidOf(globalPid);
    const DeviceId device = deviceOf(pid, deviceId);
    activity.process = m_source.process(pid);
    if (!m_source.hasProcess(pid))
        activity.correlation = 0; // ids of a process: among the others it would find another's call
    m_source.builder().addActivity(device, activity);
}

DeviceId NsysActivities::deviceOf(std::int64_t pid, std::int64_t number)
{
    const std::pair key(pid, number);
    if (m_lastDevice.second.isValid() && m_lastDevice.first == key)
        return m_lastDevice.second;
    if (const auto known = m_devices.find(key); known != m_devices.end()) {
        m_lastDevice = *known;
        return known->second;
    }
    TraceBuilder& builder = m_source.builder();
    if (m_devices.size() < mostNsysGpus) {
        m_pids.insert(pid);
        const DeviceId device = builder.device(m_source.process(pid), number);
        if (m_devices.empty()) // as a rule the only one
            builder.expectActivities(device, m_source.expectedGpuRows());
        return m_devices.emplace(key, device).first->second;
    }
    builder.log().add(ImportCode::FoldedLanes, "GPU " + std::to_string(number));
    if (!m_otherDevices.isValid()) {
        m_otherDevices = builder.device(m_source.process(pid), -1);
        builder.describeDevice(m_otherDevices, "other GPUs", {});
    }
    return m_otherDevices;
}

void NsysActivities::describeDevices()
{
    std::map<std::int64_t, Hardware> ofGpu; // by TARGET_INFO_GPU.id
    std::map<std::int64_t, Hardware>
        ofOrdinal; // by its CUDA ordinal: right only without CUDA_VISIBLE_DEVICES
    NsysTable gpus = m_source.table("TARGET_INFO_GPU", {{"id"}, {"name"}, {"uuid"}, {"cuDevice"}});
    while (gpus.next()) {
        const Hardware hardware{validUtf8(gpus.text(1)).text, validUtf8(gpus.text(2)).text};
        const std::int64_t id = gpus.integer(0, -1);
        const std::int64_t ordinal = gpus.integer(3, -1);
        if (gpus.isBadRow())
            continue;
        ofGpu[id] = hardware;
        ofOrdinal[ordinal] = hardware;
    }
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> gpuOf; // by pid and deviceId
    NsysTable mapping =
        m_source.table("TARGET_INFO_CUDA_DEVICE",
                       {{"gpuId", Need::Needed}, {"cudaId", Need::Needed}, {"pid", Need::Needed}});
    while (mapping.next()) {
        const std::int64_t gpu = mapping.integer(0);
        const std::pair key(mapping.integer(2), mapping.integer(1));
        if (!mapping.isBadRow())
            gpuOf[key] = gpu;
    }
    for (const auto& [key, device] : m_devices) {
        if (const auto gpu = gpuOf.find(key); gpu != gpuOf.end() && ofGpu.contains(gpu->second)) {
            const Hardware& hardware = ofGpu[gpu->second];
            m_source.builder().describeDevice(device, hardware.name, hardware.uuid);
        } else if (const auto same = ofOrdinal.find(key.second); same != ofOrdinal.end()) {
            // The ordinal of one process proves nothing about another's: no UUID, which would join lanes.
            m_source.builder().describeDevice(device, same->second.name,
                                              m_pids.size() == 1 ? same->second.uuid : std::string());
        }
    }
}

} // namespace stepscope
