#include "core/analysis/kernelsummary.h"

#include "core/analysis/replaylookup.h"

#include <algorithm>
#include <array>
#include <map>

namespace stepscope {

namespace {

constexpr std::size_t rowsBetweenLooks = 1U << 16;
constexpr std::uint32_t noRow = 0xffffffffU;

constexpr std::array<std::string_view, 7> copyNames = {
    "memcpy", "memcpy HtoD", "memcpy DtoH", "memcpy DtoD", "memcpy HtoH", "memcpy PtoP", "memcpy"};

/// Adds operations up by name.
class KernelSums {
public:
    KernelSums(const TraceIndex& index, DeviceId device)
        : m_index(index), m_work(index.trace().device(device).activities),
          m_replays(index.device(device).occupancy.replays()),
          m_rowOfName(index.trace().names().size(), noRow)
    {}

    void add(std::size_t operation)
    {
        KernelRow& row = rowOf(operation);
        const Duration length = m_work.range(operation).duration();
        ++row.count;
        row.inGraph += isInGraph(operation) ? 1U : 0U;
        row.total += length;
        row.longest = std::max(row.longest, length);
    }

    KernelSummary finish(std::size_t steps)
    {
        KernelSummary summary;
        summary.steps = steps;
        for (const KernelRow& row : m_rows) {
            summary.operations += row.count;
            summary.total += row.total;
            summary.kernelTotal += row.kind == ActivityKind::Kernel ? row.total : Duration::zero();
        }
        const Trace& trace = m_index.trace();
        std::sort(m_rows.begin(), m_rows.end(), [&trace](const KernelRow& a, const KernelRow& b) {
            if (a.total != b.total)
                return a.total > b.total;
            return kernelRowName(trace, a) < kernelRowName(trace, b);
        });
        summary.rows = std::move(m_rows);
        return summary;
    }

private:
    KernelRow& rowOf(std::size_t operation)
    {
        const NameId name = m_work.name(operation);
        const ActivityKind kind = m_work.kind(operation);
        std::uint32_t& row = slotOf(name, kind, m_work.copy(operation));
        if (row == noRow) {
            row = static_cast<std::uint32_t>(m_rows.size());
            KernelRow fresh;
            fresh.name = name;
            fresh.kind = kind;
            fresh.copy = m_work.copy(operation);
            if (kind == ActivityKind::Kernel)
                fresh.kernelClass = m_index.kernelClass(name);
            m_rows.push_back(fresh);
        }
        return m_rows[row];
    }

    std::uint32_t& slotOf(NameId name, ActivityKind kind, CopyKind copy)
    {
        switch (kind) {
        case ActivityKind::Kernel:
            break;
        case ActivityKind::GraphTrace:
            return m_rowOfGraph.try_emplace(name, noRow).first->second;
        case ActivityKind::Memcpy: // directions without a name of their own are one row
            return m_rowOfCopy[copy == CopyKind::Other ? 0 : static_cast<std::size_t>(copy)];
        case ActivityKind::Memset:
            return m_rowOfMemset;
        }
        return m_rowOfName[name.value()];
    }

    bool isInGraph(std::size_t operation) const
    {
        if (m_work.kind(operation) == ActivityKind::GraphTrace || m_work.graphNode(operation) != 0 ||
            m_work.graph(operation) != 0)
            return true;
        const CallId launch = m_work.launch(operation);
        if (launch.isValid())
            return m_index.trace().calls().kind(launch.value()) == ApiCallKind::GraphLaunch;
        // Without its launch call, work that shares a correlation is a replay.
        return m_work.correlation(operation) != 0 && replayOf(m_work, m_replays, operation).has_value();
    }

    const TraceIndex& m_index;
    const ActivityTable& m_work;
    const std::vector<GraphReplay>& m_replays;
    std::vector<std::uint32_t> m_rowOfName;
    std::array<std::uint32_t, copyNames.size()> m_rowOfCopy = {noRow, noRow, noRow, noRow,
                                                               noRow, noRow, noRow};
    std::map<NameId, std::uint32_t> m_rowOfGraph;
    std::uint32_t m_rowOfMemset = noRow;
    std::vector<KernelRow> m_rows;
};

} // namespace

Result<KernelSummary> summarizeKernels(const TraceIndex& index, DeviceId device, TimeRange window,
                                       Progress& progress)
{
    const ActivityTable& work = index.trace().device(device).activities;
    const StepIndex& steps = index.device(device).steps;
    const auto [first, last] = steps.insideOf(window);
    std::vector<std::pair<std::size_t, std::size_t>> stretches; // of rows
    for (std::size_t step = first; step < last; ++step) {
        if (steps.steps[step].isClean())
            stretches.emplace_back(steps.steps[step].firstRow, steps.steps[step].lastRow);
    }
    const std::size_t count = stretches.size();
    if (stretches.empty())
        stretches.emplace_back(work.firstAtOrAfter(window.begin), work.firstAtOrAfter(window.end));

    KernelSums sums(index, device);
    const std::size_t begin = stretches.front().first;
    const std::size_t all = std::max(stretches.back().second, begin) - begin;
    std::size_t nextLook = begin;
    for (const auto& [from, until] : stretches) {
        for (std::size_t operation = from; operation < until; ++operation) {
            if (operation >= nextLook) {
                if (progress.isCancelled())
                    return Error{ErrorCode::Cancelled, {}};
                progress.report(operation - begin, all);
                nextLook = operation + rowsBetweenLooks;
            }
            sums.add(operation);
        }
    }
    return sums.finish(count);
}

std::string_view kernelRowName(const Trace& trace, const KernelRow& row)
{
    switch (row.kind) {
    case ActivityKind::Memcpy:
        return copyNames[static_cast<std::size_t>(row.copy)];
    case ActivityKind::Memset:
        return "memset";
    case ActivityKind::Kernel:
    case ActivityKind::GraphTrace:
        break;
    }
    return trace.name(row.name);
}

} // namespace stepscope
