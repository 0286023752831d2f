#include "tests/support/faultinjector.h"

#include "tests/support/randomsource.h"

namespace stepscope::testsupport {

namespace {

constexpr std::uint64_t lostKernel = 1;
constexpr std::uint64_t lostWork = 2;
constexpr std::uint64_t lostCall = 3;
constexpr std::uint64_t lostReplay = 4;

std::int64_t launchKey(int pid, std::int64_t correlation)
{
    return correlation * 65536 + pid;
}

} // namespace

// Hashed on the row's own key, so that a call and its GPU rows agree although they arrive apart.
bool FaultInjector::drawn(std::int64_t shareInPpm, std::int64_t key, std::uint64_t purpose) const
{
    if (shareInPpm <= 0)
        return false;
    const std::uint64_t seeded = static_cast<std::uint64_t>(key) * 8 + purpose + (m_spec.seed << 48);
    return static_cast<std::int64_t>(RandomSource::mix(seeded) % 1000000) < shareInPpm;
}

void FaultInjector::add(const GpuOp& row)
{
    if (m_spec.graphWorkMissing && row.graphId != 0)
        return;
    if (m_spec.gpuRowsEndAt >= 0 && row.begin > m_spec.gpuRowsEndAt)
        return;
    if (row.begin < m_spec.gpuRowsBeginAt)
        return;
    const std::int64_t key = launchKey(row.pid, row.correlation);
    if (drawn(m_spec.launchesWithoutWorkPpm, key, lostWork) ||
        (row.graphId != 0 && drawn(m_spec.replaysWithoutWorkPpm, key, lostReplay))) {
        if (m_lastLostKey != key)
            ++m_counts.launchesWithoutWork;
        m_lastLostKey = key;
        return;
    }
    if (row.kind == GpuOpKind::Kernel && drawn(m_spec.lostKernelsPpm, m_gpuRows++, lostKernel)) {
        ++m_counts.lostKernels;
        return;
    }
    GpuOp shifted = row;
    shifted.begin += m_spec.gpuClockOffset;
    shifted.end += m_spec.gpuClockOffset;
    m_next.add(shifted);
    if (row.kind != GpuOpKind::Kernel || row.graphId != 0)
        return;
    if (++m_kernelsOutsideGraphs % m_spec.stride == 0)
        addBadCopy(shifted);
}

void FaultInjector::add(const ApiCall& row)
{
    if (row.isLaunch && drawn(m_spec.workWithoutLaunchPpm, launchKey(row.pid, row.correlation), lostCall)) {
        ++m_counts.workWithoutLaunch;
        return;
    }
    m_next.add(row);
}

void FaultInjector::addBadCopy(GpuOp row)
{
    const Nanos duration = row.end - row.begin;
    if (m_counts.negativeDuration < m_spec.negativeDuration) {
        ++m_counts.negativeDuration;
        row.fault = RowFault::NegativeDuration;
        row.end = row.begin - duration;
    } else if (m_counts.zeroDuration < m_spec.zeroDuration) {
        ++m_counts.zeroDuration;
        row.fault = RowFault::ZeroDuration;
        row.end = row.begin;
    } else if (m_counts.zeroStart < m_spec.zeroStart) {
        ++m_counts.zeroStart;
        row.fault = RowFault::ZeroStart;
        row.begin = 0;
        row.end = duration;
    } else if (m_counts.hugeDuration < m_spec.hugeDuration) {
        ++m_counts.hugeDuration;
        row.fault = RowFault::HugeDuration;
        row.end = row.begin + duration * 1000000;
    } else {
        return;
    }
    m_next.add(row);
}

} // namespace stepscope::testsupport
