#include "tests/support/nsyswriter.h"

#include "tests/support/apinames.h"

#include <algorithm>
#include <stdexcept>

namespace stepscope::testsupport {

namespace {

constexpr int pushPopRange = 59;
constexpr int graphExecCreation = 94;
constexpr int graphCreation = 95;
constexpr int graphNodeCreation = 77;
constexpr std::int64_t noId = 4294967295;

SqlValue idOrNull(std::int64_t id)
{
    return id == 0 ? SqlValue() : SqlValue(id);
}

// Before 2026 the numbers did not match ENUM_CUPTI_SYNC_TYPE (formats.md 1.4).
int syncType(std::string_view api, NsysSchema schema)
{
    const bool whole = api.find("Device") != std::string_view::npos;
    if (schema < NsysSchema::V3_25_0)
        return whole ? 1 : 2;
    if (whole)
        return 4;
    return api.find("Event") != std::string_view::npos ? 1 : 3;
}

} // namespace

NsysWriter::NsysWriter(const std::string& path, const TraceHeader& header, const NameTable& names,
                       const NsysOptions& options)
    : m_options(options), m_header(header), m_names(names), m_file(path, options.schema, options.lazyTables)
{
    if (options.graphLevel == NsysGraphLevel::Graph && !hasTable(nsystables::graphTrace, options.schema))
        throw std::invalid_argument("this generation has no GRAPH_TRACE");
    m_strings.intern(""); // so that ids start at 1
    NsysFrame frame(m_file, m_header, m_options);
    frame.writeEnums();
    frame.writeTargets();
    frame.writeMeta();
}

void NsysWriter::finish()
{
    addReplays();
    if (m_options.graphTables)
        addGraphRows();
    for (const ProcessInfo& process : m_header.processes)
        m_file.insert(nsystables::threadNames,
                      {stringId(process.name), 10, globalTid(process.pid, process.tid)});
    NsysFrame(m_file, m_header, m_options).writeTotals(m_totals);
    for (std::size_t id = 1; id < m_strings.size(); ++id)
        m_file.insert(nsystables::stringIds,
                      {static_cast<std::int64_t>(id), m_strings.text(static_cast<NameId>(id))});
    m_file.close();
}

void NsysWriter::add(const GpuOp& row)
{
    if (row.fault == RowFault::None)
        see(row.end);
    if (row.graphId != 0 && row.fault == RowFault::None) {
        m_graphNodes[row.graphId].insert(row.graphNodeId);
        if (m_options.graphLevel == NsysGraphLevel::Graph) {
            const ReplayKey key{row.pid, row.device, row.correlation, row.graphId};
            const auto [place, isNew] = m_replays.try_emplace(key, row);
            GpuOp& span = place->second;
            span.begin = std::min(span.begin, row.begin);
            span.end = std::max(span.end, row.end);
            return;
        }
    }
    ++m_totals.gpuRows;
    if (row.kind == GpuOpKind::Kernel)
        addKernel(row);
    else
        addCopy(row);
}

void NsysWriter::addKernel(const GpuOp& row)
{
    if (m_kernelNames.size() <= row.name)
        m_kernelNames.resize(row.name + 1);
    KernelNames& names = m_kernelNames[row.name];
    if (names.demangled == 0) {
        const std::string& text = m_names.text(row.name);
        names = {stringId(text), stringId(shortKernelName(text))};
    }
    const bool isPlain = row.graphId == 0;
    // Shapes are decoration, but steady: the same kernel has the same shape in every step.
    const std::uint32_t gridX = 1 + row.name * 37 % 512;
    const std::uint32_t blockX = 32 * (1 + row.name % 12);
    m_file.insert(nsystables::kernel,
                  {row.begin,
                   row.end,
                   row.device,
                   1,
                   0,
                   row.stream,
                   row.correlation,
                   globalTid(row.pid, 0),
                   names.demangled,
                   names.brief,
                   names.demangled,
                   1,
                   0,
                   16 + 8 * (row.name % 20),
                   gridX,
                   1,
                   1,
                   blockX,
                   1,
                   1,
                   0,
                   0,
                   0,
                   250871808,
                   m_totals.gpuRows,
                   32768,
                   idOrNull(row.graphNodeId),
                   0,
                   nullptr,
                   nullptr,
                   nullptr,
                   isPlain && m_options.schema == NsysSchema::V3_24_0 ? SqlValue(0) : idOrNull(row.graphId),
                   0,
                   0,
                   0,
                   1,
                   0,
                   0,
                   nullptr,
                   "[]"});
}

void NsysWriter::addCopy(const GpuOp& row)
{
    const std::int64_t globalPid = globalTid(row.pid, 0);
    const int target = static_cast<int>(row.target);
    if (row.kind == GpuOpKind::Memset) {
        m_file.insert(nsystables::memsetTable,
                      {row.begin, row.end, row.device, 1, 0, row.stream, row.correlation, globalPid, 0,
                       row.bytes, idOrNull(row.graphNodeId), target});
        return;
    }
    m_file.insert(nsystables::memcpyTable, {row.begin,
                                            row.end,
                                            row.device,
                                            1,
                                            0,
                                            row.stream,
                                            row.correlation,
                                            globalPid,
                                            row.bytes,
                                            static_cast<int>(row.copy),
                                            nullptr,
                                            static_cast<int>(row.source),
                                            target,
                                            nullptr,
                                            nullptr,
                                            nullptr,
                                            nullptr,
                                            nullptr,
                                            idOrNull(row.graphNodeId),
                                            nullptr,
                                            1});
}

void NsysWriter::addReplays()
{
    for (const auto& [key, span] : m_replays) {
        ++m_totals.gpuRows;
        m_file.insert(nsystables::graphTrace,
                      {span.begin, span.end, span.device, 1, 0, span.stream, span.correlation,
                       globalTid(span.pid, 0), span.graphId, span.graphId + 1});
    }
}

// Graphs were captured long before the loop; the rows say so with times near the start.
void NsysWriter::addGraphRows()
{
    const ProcessInfo& process = m_header.processes.front();
    const std::int64_t thread = globalTid(process.pid, process.tid);
    Nanos time = milliseconds(1);
    for (const auto& [graph, nodes] : m_graphNodes) {
        m_file.insert(nsystables::graphEvents, {time, time, graphCreation, thread, stringId("Graph Creation"),
                                                graph, nullptr, nullptr});
        m_file.insert(nsystables::graphEvents, {time + 1000, time + 1000, graphExecCreation, thread,
                                                stringId("GraphExec Creation"), graph, nullptr, graph + 1});
        if (m_options.graphLevel == NsysGraphLevel::Node) {
            for (const std::int64_t node : nodes) {
                const std::int64_t captured = node - (std::int64_t{1} << 32);
                const SqlValue name(stringId("Graph Node Creation"));
                m_file.insert(nsystables::graphNodeEvents,
                              {time, time, graphNodeCreation, thread, name, node, captured});
                m_file.insert(nsystables::oldGraphNodeEvents,
                              {time, time, graphNodeCreation, thread, name, node, captured});
            }
        }
        time += 2000;
    }
}

void NsysWriter::add(const ApiCall& row)
{
    see(row.end);
    if (!m_options.apiCalls)
        return;
    ++m_totals.apiRows;
    const std::string& plain = m_names.text(row.name);
    const ApiSpelling spelling = apiSpelling(plain);
    const std::string name = plain + std::string(spelling.suffix);
    m_file.insert(nsystables::runtime,
                  {row.begin, row.end, isDriverCall(plain) ? 1 : 0, globalTid(row.pid, row.tid),
                   row.correlation, stringId(name), 0, nullptr});
    if (plain.find("Synchronize") != std::string::npos)
        addSynchronization(row, plain);
}

void NsysWriter::addSynchronization(const ApiCall& row, std::string_view name)
{
    const auto process =
        std::find_if(m_header.processes.begin(), m_header.processes.end(),
                     [&row](const ProcessInfo& candidate) { return candidate.pid == row.pid; });
    const int device = process == m_header.processes.end() ? 0 : process->device;
    const bool whole = name.find("Device") != std::string_view::npos;
    m_file.insert(nsystables::synchronization,
                  {row.begin + 500, std::max(row.begin + 500, row.end - 500), device, 1, nullptr,
                   whole ? noId : 7, row.correlation, globalTid(row.pid, 0), nullptr,
                   syncType(name, m_options.schema), noId, 0});
}

void NsysWriter::addRange(Nanos begin, Nanos end, NameId name, int pid, int tid)
{
    see(end);
    if (!m_options.nvtx)
        return;
    m_file.insert(nsystables::nvtxEvents, {begin,
                                           end,
                                           pushPopRange,
                                           nullptr,
                                           nullptr,
                                           nullptr,
                                           m_names.text(name),
                                           globalTid(pid, tid),
                                           nullptr,
                                           nullptr,
                                           0,
                                           nullptr,
                                           nullptr,
                                           nullptr,
                                           nullptr,
                                           nullptr,
                                           nullptr,
                                           nullptr,
                                           nullptr,
                                           nullptr});
}

void NsysWriter::add(const OverheadRow& row)
{
    see(row.end);
    constexpr int bufferFlush = 3;
    m_file.insert(nsystables::profilerOverhead, {row.begin, row.end, globalTid(row.pid, row.tid), nullptr,
                                                 stringId(m_names.text(row.name)), 0, bufferFlush});
}

std::int64_t NsysWriter::stringId(std::string_view text)
{
    return m_strings.intern(text);
}

void NsysWriter::see(Nanos end)
{
    m_totals.end = std::max(m_totals.end, end + milliseconds(1));
}

void writeNsys(const GeneratedTrace& trace, const std::string& path, const NsysOptions& options)
{
    NsysWriter writer(path, trace.header, trace.names, options);
    trace.replayInto(writer);
    writer.finish();
}

std::string shortKernelName(std::string_view demangled)
{
    // The end of the plain name: the first '<' or '(' that does not open "(anonymous namespace)".
    std::string name(demangled);
    constexpr std::string_view anonymous = "(anonymous namespace)::";
    for (std::size_t at = name.find(anonymous); at != std::string::npos; at = name.find(anonymous))
        name.erase(at, anonymous.size());
    name = name.substr(0, name.find_first_of("<("));
    const std::size_t colons = name.rfind("::");
    if (colons != std::string::npos)
        name = name.substr(colons + 2);
    const std::size_t blank = name.rfind(' ');
    return blank == std::string::npos ? name : name.substr(blank + 1);
}

} // namespace stepscope::testsupport
