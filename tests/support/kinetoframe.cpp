#include "tests/support/kinetoframe.h"

#include <stdexcept>

namespace stepscope::testsupport {

namespace {

constexpr int labelledGpus = 16; // torch names GPU 0 to 15, used or not

Nanos zeroOf(const TraceHeader& header, const KinetoOptions& options)
{
    const bool relative = options.style != KinetoStyle::Legacy2021 && options.time == KinetoTime::Relative;
    return relative ? options.timeZero : header.utcEpoch;
}

KinetoTime formOf(const KinetoOptions& options)
{
    return options.style == KinetoStyle::Legacy2021 ? KinetoTime::WholeMicros : options.time;
}

std::vector<ProcessInfo> selectedProcesses(const TraceHeader& header, const KinetoOptions& options)
{
    std::vector<ProcessInfo> selected;
    for (const ProcessInfo& process : header.processes) {
        if (!options.rank || *options.rank == process.rank)
            selected.push_back(process);
    }
    if (selected.empty())
        throw std::invalid_argument("no process of that rank");
    return selected;
}

void append(std::string& out, std::int64_t number)
{
    appendNumber(out, number);
}

} // namespace

KinetoFrame::KinetoFrame(const TraceHeader& header, const KinetoOptions& options)
    : m_header(header), m_options(options), m_processes(selectedProcesses(header, options)),
      m_clock(formOf(options), zeroOf(header, options), options.trimZeros)
{}

std::string KinetoFrame::head() const
{
    const bool legacy = m_options.style == KinetoStyle::Legacy2021;
    std::string out = legacy ? "\n{\n  \"schemaVersion\": 1,\n" : "\n  {\n    \"schemaVersion\": 1,\n";
    if (m_options.deviceProperties)
        appendDevices(out);
    if (!legacy) {
        out += "      \"trace_id\": \"5C0FE57E95C0FE57E95C0FE57E95C0FE\",\n";
        if (m_options.distributedInfo || m_header.processes.size() > 1)
            appendDistributedInfo(out);
        if (m_options.versions)
            appendVersions(out);
        if (!m_options.baseAfterEvents)
            appendBase(out);
    }
    out += "  \"traceEvents\": [\n";
    return out;
}

std::string KinetoFrame::tail() const
{
    if (m_options.style == KinetoStyle::Legacy2021)
        return "\n]}";
    std::string out = "\n  ],\n";
    if (m_options.baseAfterEvents)
        appendBase(out);
    out += "  \"traceName\": \"stepscope-make-trace.json\"\n}";
    return out;
}

void KinetoFrame::appendDevices(std::string& out) const
{
    const bool rocm = m_options.style == KinetoStyle::Rocm;
    out += "    \"deviceProperties\": [\n";
    for (std::size_t id = 0; id < m_header.devices.size(); ++id) {
        const DeviceInfo& device = m_header.devices[id];
        out += id == 0 ? "    {\n      \"id\": " : ",\n    {\n      \"id\": ";
        append(out, static_cast<std::int64_t>(id));
        out += ", \"name\": ";
        appendQuoted(out, rocm ? "" : device.name);
        out += ", \"totalGlobalMem\": ";
        append(out, device.memoryBytes);
        out += ",\n      \"computeMajor\": ";
        append(out, device.computeMajor);
        out += ", \"computeMinor\": ";
        append(out, device.computeMinor);
        out += ",\n      \"maxThreadsPerBlock\": 1024, \"maxThreadsPerMultiprocessor\": 2048,\n"
               "      \"regsPerBlock\": 65536, \"warpSize\": ";
        append(out, rocm ? 64 : 32);
        out += ",\n      \"sharedMemPerBlock\": 49152, \"numSms\": ";
        append(out, device.smCount);
        out += "\n    , \"regsPerMultiprocessor\": 65536, \"sharedMemPerBlockOptin\": 232448, "
               "\"sharedMemPerMultiprocessor\": 233472\n    }";
    }
    out += "\n    ],\n";
}

void KinetoFrame::appendVersions(std::string& out) const
{
    if (m_options.style == KinetoStyle::Rocm)
        out += "      \"roctracer_version\": 4.1,\n      \"hip_runtime_version\": 70051831,\n"
               "      \"hip_driver_version\": 70051831,\n";
    else
        out += "      \"cuda_driver_version\": 13000,\n      \"cuda_runtime_version\": " +
               std::to_string(m_options.runtimeVersion) + ",\n      \"cupti_version\": 130001,\n";
}

void KinetoFrame::appendDistributedInfo(std::string& out) const
{
    out += "      \"distributedInfo\": {\"backend\": \"nccl\", \"rank\": ";
    append(out, m_processes.front().rank);
    out += ", \"world_size\": ";
    append(out, m_header.worldSize);
    out += ", \"pg_count\": 1, \"pg_config\": [{\"pg_name\": \"0\", \"pg_desc\": \"default_pg\", "
           "\"backend_config\": \"cuda:nccl\", \"pg_size\": ";
    append(out, m_header.worldSize);
    out += ", \"ranks\": [";
    for (int rank = 0; rank < m_header.worldSize; ++rank) {
        out += rank == 0 ? "" : ", ";
        append(out, rank);
    }
    out += "]}], \"nccl_version\": \"2.28.9\"},\n";
}

void KinetoFrame::appendBase(std::string& out) const
{
    if (m_options.time == KinetoTime::WholeMicros)
        return;
    out += "  \"displayTimeUnit\": \"ms\",\n";
    if (m_options.time == KinetoTime::Absolute)
        return;
    out += "  \"baseTimeNanoseconds\": ";
    append(out, m_header.utcEpoch - m_options.timeZero);
    out += ",\n";
}

std::string KinetoFrame::closingEvents(Nanos end) const
{
    std::string out;
    const bool legacy = m_options.style == KinetoStyle::Legacy2021;
    if (m_options.metadataEvents) {
        for (const ProcessInfo& process : m_processes)
            appendProcess(out, process.pid, process.name, "CPU", process.pid);
        for (int gpu = 0; gpu < labelledGpus; ++gpu)
            appendProcess(out, gpu, m_processes.front().name, "GPU " + std::to_string(gpu), 5000000 + gpu);
        for (const ProcessInfo& process : m_processes) {
            const std::string thread = "thread " + std::to_string(process.tid) + " (" + process.name + ")";
            appendMetadata(out, "thread_name", process.pid, process.tid, "\"name\": \"" + thread + "\"");
        }
    }
    out += "  {\n    \"ph\": \"X\", \"cat\": \"Trace\", \"ts\": ";
    m_clock.appendTime(out, 0);
    out += ", \"dur\": ";
    m_clock.appendDuration(out, 0, end);
    out += legacy ? ",\n    \"pid\": \"Traces\"" : ",\n    \"pid\": \"Spans\"";
    out += ", \"tid\": \"PyTorch Profiler\",\n    \"name\": \"PyTorch Profiler (0)\",\n"
           "    \"args\": {\n      \"Op count\": 0\n    }\n  },\n"
           "  {\n    \"name\": \"Iteration Start: PyTorch Profiler\", \"ph\": \"i\", \"s\": \"g\",\n"
           "    \"pid\": \"Traces\", \"tid\": \"Trace PyTorch Profiler\", \"ts\": ";
    m_clock.appendTime(out, 0);
    out += "\n  }";
    if (m_options.windowEnd) {
        out += ",\n  {\n    \"name\": \"Record Window End\", \"ph\": \"i\", \"s\": \"g\",\n"
               "    \"pid\": \"\", \"tid\": \"\", \"ts\": ";
        m_clock.appendTime(out, end);
        out += "\n  }";
    }
    return out;
}

void KinetoFrame::appendProcess(std::string& out, int pid, const std::string& name, const std::string& label,
                                int sortIndex) const
{
    appendMetadata(out, "process_name", pid, 0, "\"name\": \"" + name + "\"");
    appendMetadata(out, "process_labels", pid, 0, "\"labels\": \"" + label + "\"");
    if (m_options.style != KinetoStyle::Legacy2021)
        appendMetadata(out, "process_sort_index", pid, 0, "\"sort_index\": " + std::to_string(sortIndex));
}

void KinetoFrame::appendMetadata(std::string& out, const char* what, int pid, int tid,
                                 const std::string& arguments) const
{
    out += "  {\n    \"name\": \"";
    out += what;
    out += "\", \"ph\": \"M\", \"ts\": ";
    m_clock.appendTime(out, 0);
    out += ", \"pid\": ";
    append(out, pid);
    out += ", \"tid\": ";
    append(out, tid);
    out += ",\n    \"args\": {\n      " + arguments + "\n    }\n  },\n";
}

} // namespace stepscope::testsupport
