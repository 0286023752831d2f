#pragma once

#include "tests/support/loopgenerator.h"

#include <cstdint>

namespace stepscope::testsupport {

/// Stands before another sink and spoils rows as a FaultSpec says.
class FaultInjector final : public TraceSink {
public:
    FaultInjector(const FaultSpec& spec, TraceSink& next) : m_spec(spec), m_next(next) {}

    void add(const GpuOp& row) override;
    void add(const ApiCall& row) override;
    void add(const HostRange& row) override { m_next.add(row); }
    void add(const CpuOp& row) override { m_next.add(row); }
    void add(const OverheadRow& row) override { m_next.add(row); }

    const FaultCounts& counts() const { return m_counts; }

private:
    bool drawn(std::int64_t shareInPpm, std::int64_t key, std::uint64_t purpose) const;
    void addBadCopy(GpuOp row);

    FaultSpec m_spec;
    TraceSink& m_next;
    FaultCounts m_counts;
    std::int64_t m_kernelsOutsideGraphs = 0;
    std::int64_t m_gpuRows = 0;
    std::int64_t m_lastLostKey = -1;
};

} // namespace stepscope::testsupport
