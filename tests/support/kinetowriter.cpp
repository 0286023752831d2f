#include "tests/support/kinetowriter.h"

#include "tests/support/apinames.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace stepscope::testsupport {

namespace {

constexpr std::size_t flushSize = 1 << 16;
constexpr int rocmFirstAgent = 2; // ROCm counts HSA agents, and CPUs come first (formats.md 2.8)
constexpr int cudaNullStream = 7;

std::string_view copyName(CopyKind kind)
{
    switch (kind) {
    case CopyKind::HostToDevice:
        return "HtoD";
    case CopyKind::DeviceToHost:
        return "DtoH";
    case CopyKind::DeviceToDevice:
        return "DtoD";
    case CopyKind::None:
        break;
    }
    return "Unknown";
}

const char* gpuCategory(GpuOpKind kind, bool legacy)
{
    switch (kind) {
    case GpuOpKind::Kernel:
        return legacy ? "Kernel" : "kernel";
    case GpuOpKind::Memcpy:
        return legacy ? "Memcpy" : "gpu_memcpy";
    case GpuOpKind::Memset:
        return legacy ? "Memset" : "gpu_memset";
    }
    return "";
}

// Shapes are decoration, but steady: the same kernel has the same shape in every step.
struct LaunchShape {
    explicit LaunchShape(NameId name)
        : gridX(1 + name * 37 % 512), gridY(1 + name % 3), blockX(32 * (1 + name % 12))
    {}
    std::uint32_t gridX, gridY, blockX;
    std::uint32_t blocks() const { return gridX * gridY; }
};

void appendDecimal(std::string& out, double value, const char* format)
{
    std::array<char, 40> digits{};
    const int size = std::snprintf(digits.data(), digits.size(), format, value);
    out.append(digits.data(), static_cast<std::size_t>(size));
}

void appendTriple(std::string& out, const char* key, std::uint32_t x, std::uint32_t y)
{
    out += key;
    out += '[';
    appendNumber(out, x);
    out += ", ";
    appendNumber(out, y);
    out += ", 1]";
}

} // namespace

KinetoWriter::KinetoWriter(const std::string& path, const TraceHeader& header, const NameTable& names,
                           const KinetoOptions& options)
    : m_names(names), m_options(options), m_frame(header, options),
      m_file(path, {options.gzip, options.gzipLevel, options.cutJsonAt, options.cutFileAt}),
      m_text(m_frame.head()), m_smCount(header.devices.empty() ? 132 : header.devices.front().smCount)
{
    for (const ProcessInfo& process : m_frame.processes())
        m_pids.insert(process.pid);
}

void KinetoWriter::finish()
{
    m_text += m_frame.closingEvents(m_end + milliseconds(1));
    m_text += m_frame.tail();
    m_file.write(m_text);
    m_file.close();
}

void KinetoWriter::add(const GpuOp& row)
{
    if (!isSelected(row.pid))
        return;
    const bool legacy = m_options.style == KinetoStyle::Legacy2021;
    const bool rocm = m_options.style == KinetoStyle::Rocm;
    std::string name = m_names.text(row.name);
    if (row.kind == GpuOpKind::Memcpy) {
        constexpr std::array<const char*, 3> places{"Pageable", "Pinned", "Device"};
        name = "Memcpy " + std::string(copyName(row.copy)) + " (" +
               places[static_cast<std::size_t>(row.source)] + " -> " +
               places[static_cast<std::size_t>(row.target)] + ")";
    } else if (row.kind == GpuOpKind::Memset) {
        name = "Memset (Device)";
    }
    const int device = rocm ? row.device + rocmFirstAgent : row.device;
    const int stream = rocm ? row.stream - cudaNullStream : row.stream;
    beginEvent(gpuCategory(row.kind, legacy), name);
    appendPlace(device, stream, true);
    m_text += ",\n    \"ts\": ";
    if (row.fault == RowFault::ZeroStart)
        m_frame.clock().appendZero(m_text);
    else
        m_frame.clock().appendTime(m_text, row.begin);
    m_text += ", \"dur\": ";
    m_frame.clock().appendDuration(m_text, row.begin, row.end);
    m_text += ",\n    \"args\": {\n";
    if (row.kind == GpuOpKind::Kernel)
        appendKernelArguments(row);
    else
        appendCopyArguments(row);
    m_text += "\n    }\n  }";
    endEvent();
    if (m_options.flows)
        appendFlow('f', row.correlation, device, stream, row.begin, true);
    if (row.fault == RowFault::None)
        m_end = std::max(m_end, row.end);
}

void KinetoWriter::appendKernelArguments(const GpuOp& row)
{
    const bool rocm = m_options.style == KinetoStyle::Rocm;
    const LaunchShape shape(row.name);
    appendExternalId(row.externalId);
    if (rocm) {
        appendField("      \"device\": ", row.device + rocmFirstAgent);
        appendField(", \"stream\": ", row.stream - cudaNullStream);
        appendField(", \"correlation\": ", row.correlation);
        m_text += row.graphId != 0 ? ", \"kind\": \"Dispatch Task\"" : ", \"kind\": \"Dispatch Kernel\"";
        if (row.graphId == 0) {
            appendTriple(m_text, ", \"grid\": ", shape.gridX, shape.gridY);
            appendTriple(m_text, ", \"block\": ", shape.blockX, 1);
        }
        return;
    }
    const double blocksPerSm = static_cast<double>(shape.blocks()) / m_smCount;
    appendField("      \"queued\": 0, \"device\": ", row.device);
    appendField(", \"context\": 1,      \"stream\": ", row.stream);
    appendField(", \"correlation\": ", row.correlation);
    appendField(",      \"registers per thread\": ", 16 + 8 * (row.name % 20));
    appendField(",      \"shared memory\": ", row.name % 4 == 0 ? 0 : 16384);
    m_text += ",      \"blocks per SM\": ";
    appendDecimal(m_text, blocksPerSm, "%.6f");
    m_text += ",      \"warps per SM\": ";
    appendDecimal(m_text, blocksPerSm * (shape.blockX / 32), "%.6f");
    appendTriple(m_text, ",      \"grid\": ", shape.gridX, shape.gridY);
    appendTriple(m_text, ",      \"block\": ", shape.blockX, 1);
    m_text += ",      \"est. achieved occupancy %\": 0";
    if (m_options.graphNodeIds) {
        appendField(",      \"graph id\": ", row.graphId);
        appendField(",      \"graph node id\": ", row.graphNodeId);
    }
}

void KinetoWriter::appendCopyArguments(const GpuOp& row)
{
    const Nanos duration = row.end - row.begin;
    appendExternalId(row.externalId);
    if (m_options.style == KinetoStyle::Rocm) {
        appendField("      \"device\": ", row.device + rocmFirstAgent);
        appendField(", \"stream\": ", row.stream - cudaNullStream);
        appendField(", \"correlation\": ", row.correlation);
        m_text += ", \"kind\": \"" + std::string(copyName(row.copy)) + "\"";
    } else {
        appendField("      \"device\": ", row.device);
        appendField(", \"context\": 1,      \"stream\": ", row.stream);
        appendField(", \"correlation\": ", row.correlation);
    }
    appendField(",      \"bytes\": ", row.bytes);
    m_text += ", \"memory bandwidth (GB/s)\": ";
    if (duration > 0)
        appendDecimal(m_text, static_cast<double>(row.bytes) / static_cast<double>(duration), "%.16g");
    else
        m_text += "\"N/A\"";
}

void KinetoWriter::add(const ApiCall& row)
{
    if (!m_options.hostRows || !isSelected(row.pid))
        return;
    const std::string& plain = m_names.text(row.name);
    const ApiSpelling spelling = apiSpelling(plain);
    const bool legacy = m_options.style == KinetoStyle::Legacy2021;
    const bool rocm = m_options.style == KinetoStyle::Rocm;
    const char* category = isDriverCall(plain) && !rocm ? "cuda_driver" : "cuda_runtime";
    beginEvent(legacy ? "Runtime" : category, rocm ? spelling.hip : spelling.plain);
    appendPlace(row.pid, row.tid, false);
    appendTimes(row.begin, row.end);
    m_text += "    \"args\": {\n";
    appendExternalId(row.externalId);
    appendField(rocm ? "      \"cid\": " : "      \"cbid\": ", rocm ? spelling.cid : spelling.cbid);
    appendField(", \"correlation\": ", row.correlation);
    m_text += "\n    }\n  }";
    endEvent();
    if (m_options.flows && row.isLaunch)
        appendFlow('s', row.correlation, row.pid, row.tid, row.begin, false);
    m_end = std::max(m_end, row.end);
}

void KinetoWriter::add(const HostRange& row)
{
    if (!m_options.hostRows || !isSelected(row.pid))
        return;
    const bool legacy = m_options.style == KinetoStyle::Legacy2021;
    beginEvent(legacy ? "Operator" : "user_annotation", row.name);
    appendPlace(row.pid, row.tid, false);
    appendTimes(row.begin, row.end);
    appendOperationArguments(row.pid, row.externalId);
    endEvent();
    m_end = std::max(m_end, row.end);
    const bool mirrored = m_options.gpuAnnotations && m_options.style == KinetoStyle::Modern;
    if (!mirrored || row.gpuEnd <= row.gpuBegin)
        return;
    // The profiler starts the mirror 1 ns early and makes it 2 ns longer, to have the kernels inside.
    beginEvent("gpu_user_annotation", row.name);
    appendPlace(row.device, row.stream, true);
    appendTimes(row.gpuBegin - 1, row.gpuEnd + 1);
    appendField("    \"args\": {\n      \"External id\": ", row.externalId);
    m_text += "\n    }\n  }";
    endEvent();
}

void KinetoWriter::add(const CpuOp& row)
{
    if (!m_options.hostRows || !isSelected(row.pid))
        return;
    const bool legacy = m_options.style == KinetoStyle::Legacy2021;
    beginEvent(legacy ? "Operator" : "cpu_op", row.name);
    appendPlace(row.pid, row.tid, false);
    appendTimes(row.begin, row.end);
    appendOperationArguments(row.pid, row.externalId);
    endEvent();
    m_end = std::max(m_end, row.end);
}

void KinetoWriter::add(const OverheadRow& row)
{
    if (!m_options.hostRows || !isSelected(row.pid))
        return;
    beginEvent("overhead", row.name);
    appendPlace(-1, 0, false);
    m_text += ",\n    \"ts\": ";
    m_frame.clock().appendTime(m_text, row.begin);
    m_text += ", \"dur\": ";
    m_frame.clock().appendDuration(m_text, row.begin, row.end);
    m_text += "\n  }";
    endEvent();
    m_end = std::max(m_end, row.end);
}

void KinetoWriter::beginEvent(const char* category, NameId name)
{
    beginEvent(category, m_names.text(name));
}

void KinetoWriter::beginEvent(const char* category, std::string_view name)
{
    m_text += "  {\n    \"ph\": \"X\", \"cat\": \"";
    m_text += category;
    m_text += m_options.style == KinetoStyle::Legacy2021 ? "\", \n    \"name\": " : "\", \"name\": ";
    appendQuoted(m_text, name);
}

void KinetoWriter::endEvent()
{
    m_text += ",\n";
    if (m_text.size() < flushSize)
        return;
    m_file.write(m_text);
    m_text.clear();
}

void KinetoWriter::appendPlace(std::int64_t pid, std::int64_t tid, bool isGpu)
{
    appendField(", \"pid\": ", pid);
    if (m_options.style != KinetoStyle::Legacy2021) {
        appendField(", \"tid\": ", tid);
        return;
    }
    appendField(isGpu ? ", \"tid\": \"stream " : ", \"tid\": \"", tid);
    m_text += '"';
}

void KinetoWriter::appendTimes(Nanos begin, Nanos end)
{
    m_text += ",\n    \"ts\": ";
    m_frame.clock().appendTime(m_text, begin);
    m_text += ", \"dur\": ";
    m_frame.clock().appendDuration(m_text, begin, end);
    m_text += ",\n";
}

void KinetoWriter::appendOperationArguments(int pid, std::int64_t externalId)
{
    if (m_options.style == KinetoStyle::Legacy2021) {
        appendField("    \"args\": {\n      \"Device\": ", pid);
        appendField(", \"External id\": ", externalId);
        m_text += ",\n      \"Trace name\": \"PyTorch Profiler\", \"Trace iteration\": 0 ";
    } else {
        appendField("    \"args\": {\n      \"External id\": ", externalId);
        appendField(",\"Record function id\": 0, \"Ev Idx\": ", m_eventIndex++);
    }
    m_text += "\n    }\n  }";
}

void KinetoWriter::appendExternalId(std::int64_t id)
{
    m_text += "      ";
    if (id == 0)
        return;
    const bool legacy = m_options.style == KinetoStyle::Legacy2021;
    appendField(legacy ? "\"external id\": " : "\"External id\": ", id);
    m_text += ',';
}

void KinetoWriter::appendField(const char* key, std::int64_t value)
{
    m_text += key;
    appendNumber(m_text, value);
}

void KinetoWriter::appendFlow(char phase, std::int64_t id, std::int64_t pid, std::int64_t tid, Nanos time,
                              bool isGpu)
{
    const bool legacy = m_options.style == KinetoStyle::Legacy2021;
    m_text += "  {\n    \"ph\": \"";
    m_text += phase;
    appendField("\", \"id\": ", id);
    if (isGpu) {
        appendPlace(pid, tid, true);
    } else { // a number even where tid is a text elsewhere
        appendField(", \"pid\": ", pid);
        appendField(", \"tid\": ", tid);
    }
    m_text += ", \"ts\": ";
    m_frame.clock().appendTime(m_text, time);
    m_text += legacy ? ",\n    \"cat\": \"async\", \"name\": \"launch\""
                     : ",\n    \"cat\": \"ac2g\", \"name\": \"ac2g\"";
    m_text += isGpu ? ", \"bp\": \"e\"\n  }" : "\n  }";
    endEvent();
}

void writeKineto(const GeneratedTrace& trace, const std::string& path, const KinetoOptions& options)
{
    KinetoWriter writer(path, trace.header, trace.names, options);
    trace.replayInto(writer);
    writer.finish();
}

std::vector<std::string> writeKinetoRanks(const GeneratedTrace& trace, const std::string& path,
                                          const KinetoOptions& options)
{
    std::vector<std::string> paths;
    for (const ProcessInfo& process : trace.header.processes) {
        KinetoOptions ofRank = options;
        ofRank.rank = process.rank;
        paths.push_back(kinetoRankPath(path, process.rank));
        writeKineto(trace, paths.back(), ofRank);
    }
    return paths;
}

std::string kinetoRankPath(const std::string& path, int rank)
{
    const std::size_t folder = path.find_last_of('/');
    const std::size_t fileName = folder == std::string::npos ? 0 : folder + 1;
    const std::size_t extension = std::min(path.find(".json", fileName), path.size());
    return path.substr(0, extension) + "-rank-" + std::to_string(rank) + path.substr(extension);
}

} // namespace stepscope::testsupport
