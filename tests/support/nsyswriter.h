#pragma once

#include "tests/support/generatedtrace.h"
#include "tests/support/nsysframe.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace stepscope::testsupport {

/// Writes the SQLite export of Nsight Systems in one of its generations. All processes go into one file;
/// correlation ids are written as they are, so equal ids of two processes collide as they do in real files.
/// Rows stream through; a graph-level file keeps one span a replay. Failures throw std::runtime_error,
/// graph level in a generation without GRAPH_TRACE std::invalid_argument.
class NsysWriter final : public TraceSink {
public:
    /// `names` must outlive the writer and may grow while it writes. Replaces `path`.
    NsysWriter(const std::string& path, const TraceHeader& header, const NameTable& names,
               const NsysOptions& options = {});

    void add(const GpuOp& row) override;
    void add(const ApiCall& row) override;
    void add(const HostRange& row) override { addRange(row.begin, row.end, row.name, row.pid, row.tid); }
    void add(const CpuOp& row) override { addRange(row.begin, row.end, row.name, row.pid, row.tid); }
    void add(const OverheadRow& row) override;

    /// Must be called once, after the last row.
    void finish();

private:
    struct KernelNames {
        std::int64_t demangled = 0; ///< 0: not looked up yet; string ids start at 1
        std::int64_t brief = 0;
    };

    using ReplayKey = std::tuple<int, int, std::int64_t, std::int64_t>; // pid, device, correlation, graph

    void addKernel(const GpuOp& row);
    void addCopy(const GpuOp& row);
    void addReplays();
    void addGraphRows();
    void addRange(Nanos begin, Nanos end, NameId name, int pid, int tid);
    void addSynchronization(const ApiCall& row, std::string_view name);
    std::int64_t stringId(std::string_view text);
    void see(Nanos end);

    NsysOptions m_options;
    TraceHeader m_header;
    const NameTable& m_names;
    SqliteFile m_file;
    NameTable m_strings;
    std::vector<KernelNames> m_kernelNames;
    std::map<ReplayKey, GpuOp> m_replays;                        // the first row, stretched over all
    std::map<std::int64_t, std::set<std::int64_t>> m_graphNodes; // graph id -> node ids
    NsysTotals m_totals;
};

/// Writes a whole trace into one file.
void writeNsys(const GeneratedTrace& trace, const std::string& path, const NsysOptions& options = {});

/// "void vllm::act_and_mul_kernel<...>(...)" -> "act_and_mul_kernel", as nsys shortens it.
std::string shortKernelName(std::string_view demangled);

} // namespace stepscope::testsupport
