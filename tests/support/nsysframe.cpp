#include "tests/support/nsysframe.h"

#include <utility>

namespace stepscope::testsupport {

namespace {

constexpr std::int64_t machine = std::int64_t{1} << 48;
constexpr std::int64_t noProcess = -144115188075855872; // nsys writes this where no process is meant
constexpr Nanos targetClock = 28254349605;              // of the start, on the machine's own clock

std::string uuidOf(const DeviceInfo& device, int index)
{
    return device.uuid.empty() ? "5c0fe57e-0000-0000-0000-00000000000" + std::to_string(index % 10)
                               : device.uuid;
}

} // namespace

std::int64_t globalTid(int pid, int tid)
{
    return machine | (std::int64_t{pid} << 24) | tid;
}

void NsysFrame::writeEnum(const std::string& name, std::initializer_list<std::pair<int, const char*>> values)
{
    m_file.execute("CREATE TABLE " + name + " (id INTEGER NOT NULL PRIMARY KEY, name TEXT, label TEXT)");
    for (const auto& [id, text] : values)
        m_file.execute("INSERT INTO " + name + " VALUES (" + std::to_string(id) + ", '" + text + "', '" +
                       text + "')");
}

void NsysFrame::writeEnums()
{
    const NsysSchema schema = m_options.schema;
    if (!m_options.enumTables || schema < NsysSchema::V3_1_2)
        return;
    writeEnum("ENUM_NSYS_EVENT_TYPE", {{33, "NvtxCategory"},
                                       {34, "NvtxMark"},
                                       {39, "NvtxThread"},
                                       {59, "NvtxPushPopRange"},
                                       {60, "NvtxStartEndRange"},
                                       {75, "NvtxDomainCreate"},
                                       {76, "NvtxDomainDestroy"}});
    writeEnum("ENUM_NSYS_EVENT_CLASS", {{0, "TRACE_PROCESS_EVENT_CUDA_RUNTIME"},
                                        {1, "TRACE_PROCESS_EVENT_CUDA_DRIVER"},
                                        {77, "TRACE_PROCESS_EVENT_CUDA_GRAPH_NODE_CREATION"},
                                        {94, "TRACE_PROCESS_EVENT_CUDA_GRAPHEXEC_CREATION"},
                                        {95, "TRACE_PROCESS_EVENT_CUDA_GRAPH_CREATION"}});
    writeEnum("ENUM_CUDA_MEMCPY_OPER", {{0, "CUDA_MEMCPY_KIND_UNKNOWN"},
                                        {1, "CUDA_MEMCPY_KIND_HTOD"},
                                        {2, "CUDA_MEMCPY_KIND_DTOH"},
                                        {8, "CUDA_MEMCPY_KIND_DTOD"},
                                        {10, "CUDA_MEMCPY_KIND_PTOP"}});
    writeEnum("ENUM_CUDA_MEM_KIND", {{0, "CUDA_MEMOPR_MEMORY_KIND_PAGEABLE"},
                                     {1, "CUDA_MEMOPR_MEMORY_KIND_PINNED"},
                                     {2, "CUDA_MEMOPR_MEMORY_KIND_DEVICE"}});
    writeEnum("ENUM_CUPTI_SYNC_TYPE", {{0, "CUPTI_ACTIVITY_SYNCHRONIZATION_TYPE_UNKNOWN"},
                                       {1, "CUPTI_ACTIVITY_SYNCHRONIZATION_TYPE_EVENT_SYNCHRONIZE"},
                                       {2, "CUPTI_ACTIVITY_SYNCHRONIZATION_TYPE_STREAM_WAIT_EVENT"},
                                       {3, "CUPTI_ACTIVITY_SYNCHRONIZATION_TYPE_STREAM_SYNCHRONIZE"},
                                       {4, "CUPTI_ACTIVITY_SYNCHRONIZATION_TYPE_CONTEXT_SYNCHRONIZE"}});
    // Misspelt by nsys itself in its early 3.x exports.
    writeEnum(schema == NsysSchema::V3_1_2 ? "ENUM_CUDA_KRENEL_LAUNCH_TYPE" : "ENUM_CUDA_KERNEL_LAUNCH_TYPE",
              {{0, "CUDA_KERNEL_LAUNCH_TYPE_UNKNOWN"}, {1, "CUDA_KERNEL_LAUNCH_TYPE_REGULAR"}});
    if (schema < NsysSchema::V3_13_2)
        return;
    writeEnum("ENUM_DIAGNOSTIC_SEVERITY_LEVEL",
              {{0, "UnknownLevel"}, {1, "Info"}, {2, "Warning"}, {3, "Error"}, {4, "Verbose"}});
}

void NsysFrame::writeTargets()
{
    writeDevices();
    for (const ProcessInfo& process : m_header.processes) {
        const std::int64_t globalPid = globalTid(process.pid, 0);
        m_file.insert(nsystables::processes, {globalPid, process.pid, process.name});
        m_file.insert(nsystables::cudaStream, {7, 0, 1, process.pid, 1, 0, 3});
        m_file.insert(nsystables::contextInfo, {7, 0, 1, process.pid, process.device, 1, 0, 0});
        m_file.insert(nsystables::nullStream, {7, 0, 1, process.pid, process.device, 1});
    }
    m_file.insert(nsystables::sessionStartTime,
                  {m_header.utcEpoch, "2026-11-24T03:05:01", "2026-11-24T03:05:01", targetClock});
    const auto environment = [this](const char* name, int key, const std::string& value) {
        m_file.insert(nsystables::systemEnvironment, {machine, "Local (CLI)", name, key, value});
    };
    environment("CpuCores", 1, "16");
    environment("NvDriverVersion", 205, "580.159.04");
    environment("CudaDriverVersion", 611, "13000");
    environment("Hostname", 619, m_header.hostName);
}

void NsysFrame::writeDevices()
{
    int index = 0;
    for (const DeviceInfo& device : m_header.devices) {
        const std::string bus = "0000:0" + std::to_string(1 + index % 9) + ":00.0";
        if (m_options.gpuInfo)
            m_file.insert(nsystables::gpuInfo, {machine,
                                                index,
                                                device.name,
                                                bus,
                                                1,
                                                132644864,
                                                device.memoryBytes,
                                                std::int64_t{7672000000000},
                                                1965000000,
                                                device.smCount,
                                                nullptr,
                                                uuidOf(device, index),
                                                nullptr,
                                                nullptr,
                                                index,
                                                nullptr,
                                                nullptr,
                                                nullptr,
                                                nullptr,
                                                65536,
                                                nullptr,
                                                32,
                                                device.computeMajor,
                                                device.computeMinor,
                                                device.computeMajor,
                                                device.computeMinor});
        ++index;
    }
    if (!m_options.cudaDevice)
        return;
    for (const ProcessInfo& process : m_header.processes) {
        const auto gpu = static_cast<std::size_t>(process.physicalGpu);
        const DeviceInfo& device = m_header.devices.at(gpu);
        m_file.insert(nsystables::cudaDevice, {process.physicalGpu, process.device, process.pid,
                                               uuidOf(device, process.physicalGpu), device.smCount});
    }
}

void NsysFrame::writeMeta()
{
    const NsysSchema schema = m_options.schema;
    if (!m_options.metaTables || schema == NsysSchema::None2021)
        return;
    const std::string version = schemaVersion(schema);
    const std::size_t minor = version.find('.');
    const std::size_t micro = version.rfind('.');
    const std::string product = productVersion(schema);
    const std::pair<const char*, std::string> rows[] = {
        {"EXPORT_PRODUCT_NAME", "NVIDIA Nsight Systems"},
        {"EXPORT_PRODUCT_VERSION", product},
        {"EXPORT_PRODUCT_DATE", product.substr(0, 6)},
        {"EXPORT_SCHEMA_VERSION", version},
        {"EXPORT_SCHEMA_VERSION_MAJOR", version.substr(0, minor)},
        {"EXPORT_SCHEMA_VERSION_MINOR", version.substr(minor + 1, micro - minor - 1)},
        {"EXPORT_SCHEMA_VERSION_MICRO", version.substr(micro + 1)},
        {"EXPORT_PLATFORM", "linux-desktop"},
        {"EXPORT_ARCH", "x64"},
        {"EXPORT_HOST", m_header.hostName},
        {"EXPORT_PARAM_LAZY", m_options.lazyTables ? "true" : "false"},
        {"EXPORT_PARAM_TIME_NORMALIZE", "false"},
        {"EXPORT_PARAM_TIME_SHIFT", "0"},
        {"EXPORT_CONFIG_TIME_SHIFT", "0"},
        {"DERIVED_BY", "stepscope-make-trace (generated, not recorded)"}};
    for (const auto& [name, value] : rows) {
        m_file.insert(nsystables::oldExportMeta, {name, value});
        m_file.insert(nsystables::exportMeta, {name, value});
    }
    const bool perProcess = schema < NsysSchema::V3_25_0; // until 2025.5
    const std::string prefix = perProcess ? "PROCESS_0:" : "";
    const char* mode = m_options.graphLevel == NsysGraphLevel::Graph ? "Graph" : "Node";
    const auto setting = [this](const std::string& name, const std::string& value) {
        m_file.insert(nsystables::captureMeta, {name, value});
    };
    setting("CAPTURE_EVENT_TYPE", "Cuda");
    setting("CAPTURE_EVENT_TYPE", "NvtxEvents");
    setting("START_TRIGGER", "Immediate");
    setting("STOP_TRIGGER", "Delayed");
    setting(prefix + "CUDA_GRAPH_TRACE_OPTIONS:MODE", mode);
    setting(prefix + "CUDA_SKIP_SOME_API_CALLS", "true");
    setting("PROCESS_0:COMMAND", "vllm");
}

void NsysFrame::writeTotals(const NsysTotals& totals)
{
    m_file.insert(nsystables::analysisDetails, {machine, totals.end, targetClock, targetClock + totals.end});
    const std::int64_t process = globalTid(m_header.processes.front().pid, 0);
    if (m_options.diagnostics) {
        const std::string events = std::to_string(totals.gpuRows + totals.apiRows);
        diagnose({0, 3, 1, "Profiling has started."}, noProcess);
        diagnose({18746718, 1, 1, "CUDA injection initialized successfully."}, process);
        diagnose(
            {totals.end - 1, 1, 1, "Number of CUPTI events produced: \t" + events + ", CUPTI buffers: 50."},
            process);
        diagnose({totals.end - 1, 3, 1, "Number of CUDA events collected: \t" + events + "."}, process);
        diagnose({totals.end, 3, 1, "Profiling has stopped."}, noProcess);
    }
    for (const NsysDiagnostic& diagnostic : m_options.moreDiagnostics)
        diagnose(diagnostic, process);
}

void NsysFrame::diagnose(const NsysDiagnostic& diagnostic, std::int64_t globalPid)
{
    m_file.insert(nsystables::diagnosticEvent, {diagnostic.timestamp, 1, diagnostic.source,
                                                diagnostic.severity, diagnostic.text, globalPid});
}

} // namespace stepscope::testsupport
