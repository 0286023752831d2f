#pragma once

#include "tests/support/generatedtrace.h"
#include "tests/support/kinetoframe.h"
#include "tests/support/outputfile.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stepscope::testsupport {

/// Writes the Chrome-trace JSON of PyTorch's profiler, in the form the real profiler gives it.
/// Rows stream through; nothing is kept. Failures throw std::runtime_error.
class KinetoWriter final : public TraceSink {
public:
    /// `names` must outlive the writer and may grow while it writes.
    KinetoWriter(const std::string& path, const TraceHeader& header, const NameTable& names,
                 const KinetoOptions& options = {});

    void add(const GpuOp& row) override;
    void add(const ApiCall& row) override;
    void add(const HostRange& row) override;
    void add(const CpuOp& row) override;
    void add(const OverheadRow& row) override;

    /// Must be called once, after the last row.
    void finish();

private:
    bool isSelected(int pid) const { return m_pids.contains(pid); }
    void beginEvent(const char* category, NameId name);
    void beginEvent(const char* category, std::string_view name);
    void endEvent();
    void appendPlace(std::int64_t pid, std::int64_t tid, bool isGpu);
    void appendTimes(Nanos begin, Nanos end);
    void appendKernelArguments(const GpuOp& row);
    void appendCopyArguments(const GpuOp& row);
    void appendOperationArguments(int pid, std::int64_t externalId);
    void appendExternalId(std::int64_t id);
    void appendField(const char* key, std::int64_t value);
    void appendFlow(char phase, std::int64_t id, std::int64_t pid, std::int64_t tid, Nanos time, bool isGpu);

    const NameTable& m_names;
    KinetoOptions m_options;
    KinetoFrame m_frame;
    OutputFile m_file;
    std::set<int> m_pids;
    std::string m_text;
    std::int64_t m_eventIndex = 0;
    int m_smCount;
    Nanos m_end = 0;
};

/// Writes a whole trace into one file.
void writeKineto(const GeneratedTrace& trace, const std::string& path, const KinetoOptions& options = {});

/// Writes each rank into a file of its own, as the workers of one server do: "x.json.gz" becomes
/// "x-rank-0.json.gz" and so on. Returns the paths in order of rank.
std::vector<std::string> writeKinetoRanks(const GeneratedTrace& trace, const std::string& path,
                                          const KinetoOptions& options = {});

/// "x.json.gz", 3 -> "x-rank-3.json.gz".
std::string kinetoRankPath(const std::string& path, int rank);

} // namespace stepscope::testsupport
