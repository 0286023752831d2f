#pragma once

#include "tests/support/tracesink.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace stepscope::testsupport {

/// A whole trace in memory, free of any file format. Fill it by hand or from a loop description;
/// the writers and the truth helpers read it.
class GeneratedTrace final : public TraceSink {
public:
    TraceHeader header;
    NameTable names;
    std::vector<GpuOp> gpuOps;
    std::vector<ApiCall> apiCalls;
    std::vector<HostRange> ranges;
    std::vector<CpuOp> cpuOps;
    std::vector<OverheadRow> overheads;

    void add(const GpuOp& row) override { gpuOps.push_back(row); }
    void add(const ApiCall& row) override { apiCalls.push_back(row); }
    void add(const HostRange& row) override { ranges.push_back(row); }
    void add(const CpuOp& row) override { cpuOps.push_back(row); }
    void add(const OverheadRow& row) override { overheads.push_back(row); }

    /// A header with one process (pid 1239) on one device, for traces made by hand.
    static GeneratedTrace withOneProcess();
    /// A kernel on stream 7 of the first process, for traces made by hand. Returns it for changes.
    GpuOp& addKernel(std::string_view name, Nanos begin, Nanos end);

    /// Hands every row to `sink`: ranges, CPU operations, calls, GPU operations, overhead.
    void replayInto(TraceSink& sink) const;
    /// Puts the rows of each list into another order. Nothing that reads the trace may notice.
    void shuffle(std::uint64_t seed);

    std::size_t rowCount() const
    {
        return gpuOps.size() + apiCalls.size() + ranges.size() + cpuOps.size() + overheads.size();
    }
};

} // namespace stepscope::testsupport
