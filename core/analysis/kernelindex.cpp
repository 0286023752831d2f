#include "core/analysis/kernelindex.h"

#include "core/analysis/replaylookup.h"

#include <algorithm>
#include <array>
#include <map>

namespace stepscope {

namespace {

constexpr std::size_t blockSize = 8;
constexpr std::size_t rowsBetweenLooks = 1U << 16;
constexpr std::uint32_t noRow = 0xffffffffU;

/// Gives each operation the number of its row: copies share one a direction, memsets one, graphs that were
/// recorded as one span and kernels have one a name.
class RowNumbers {
public:
    explicit RowNumbers(const Trace& trace) : m_ofName(trace.names().size(), noRow) { m_ofCopy.fill(noRow); }

    /// The number of the operation's row: `next` when it is the first one of it.
    std::uint32_t of(const ActivityTable& work, std::size_t operation, std::uint32_t next)
    {
        std::uint32_t& row = slotOf(work.name(operation), work.kind(operation), work.copy(operation));
        if (row == noRow)
            row = next;
        return row;
    }

private:
    std::uint32_t& slotOf(NameId name, ActivityKind kind, CopyKind copy)
    {
        switch (kind) {
        case ActivityKind::Kernel:
            break;
        case ActivityKind::GraphTrace:
            return m_ofGraph.try_emplace(name, noRow).first->second;
        case ActivityKind::Memcpy: // directions without a name of their own are one row
            return m_ofCopy[copy == CopyKind::Other ? 0 : static_cast<std::size_t>(copy)];
        case ActivityKind::Memset:
            return m_ofMemset;
        }
        return m_ofName[name.value()];
    }

    std::vector<std::uint32_t> m_ofName;
    std::array<std::uint32_t, static_cast<std::size_t>(CopyKind::Other) + 1> m_ofCopy{};
    std::map<NameId, std::uint32_t> m_ofGraph;
    std::uint32_t m_ofMemset = noRow;
};

KernelRow describe(const TraceIndex& index, const ActivityTable& work, std::size_t operation)
{
    KernelRow row;
    row.name = work.name(operation);
    row.kind = work.kind(operation);
    row.copy = work.copy(operation);
    if (row.kind == ActivityKind::Kernel)
        row.kernelClass = index.kernelClass(row.name);
    return row;
}

bool isInGraph(const TraceIndex& index, const ActivityTable& work, const std::vector<GraphReplay>& replays,
               std::size_t operation)
{
    if (work.kind(operation) == ActivityKind::GraphTrace || work.graphNode(operation) != 0 ||
        work.graph(operation) != 0)
        return true;
    const CallId launch = work.launch(operation);
    if (launch.isValid())
        return index.trace().calls().kind(launch.value()) == ApiCallKind::GraphLaunch;
    // Without its launch call, work that shares a correlation is a replay.
    return work.correlation(operation) != 0 && replayOf(work, replays, operation).has_value();
}

/// Whether each operation of a device begins in a clean step; asked for in order.
class CleanWalk {
public:
    explicit CleanWalk(const std::vector<Step>& steps) : m_steps(steps) {}

    bool isClean(std::size_t operation)
    {
        while (m_next < m_steps.size() && m_steps[m_next].lastRow <= operation)
            ++m_next;
        return m_next < m_steps.size() && m_steps[m_next].firstRow <= operation && m_steps[m_next].isClean();
    }

private:
    const std::vector<Step>& m_steps;
    std::size_t m_next = 0;
};

} // namespace

KernelIndex::KernelIndex(const TraceIndex& index, DeviceId device) : m_index(&index), m_device(device) {}

Result<KernelIndex> KernelIndex::build(const TraceIndex& index, DeviceId device, Progress& progress)
{
    const ActivityTable& work = index.trace().device(device).activities;
    const std::vector<GraphReplay>& replays = index.device(device).occupancy.replays();
    KernelIndex result(index, device);

    // How many there are of each name, in clean steps and elsewhere; then each has its place.
    std::vector<std::uint32_t> nameOf;
    nameOf.reserve(work.size());
    RowNumbers numbers(index.trace());
    CleanWalk counting(index.device(device).steps.steps);
    for (std::size_t operation = 0; operation < work.size(); ++operation) {
        if (operation % rowsBetweenLooks == 0) {
            if (progress.isCancelled())
                return Error{ErrorCode::Cancelled, {}};
            progress.report(operation, 2 * work.size());
        }
        nameOf.push_back(numbers.of(work, operation, static_cast<std::uint32_t>(result.m_names.size())));
        if (nameOf.back() == result.m_names.size())
            result.m_names.push_back({describe(index, work, operation), {}, {}});
        Name& name = result.m_names[nameOf.back()];
        ++(counting.isClean(operation) ? name.clean : name.other).second;
    }
    std::size_t place = 0;
    for (Name& name : result.m_names) {
        for (Places* const places : {&name.clean, &name.other}) {
            const std::size_t count = places->second;
            *places = {place, place}; // filled below
            place += count;
        }
    }
    result.m_rows.resize(work.size());
    result.m_inGraph.resize(work.size());
    CleanWalk filling(index.device(device).steps.steps);
    for (std::size_t operation = 0; operation < work.size(); ++operation) {
        if (operation % rowsBetweenLooks == 0) {
            if (progress.isCancelled())
                return Error{ErrorCode::Cancelled, {}};
            progress.report(work.size() + operation, 2 * work.size());
        }
        Name& name = result.m_names[nameOf[operation]];
        std::size_t& next = (filling.isClean(operation) ? name.clean : name.other).second;
        result.m_rows[next] = static_cast<std::uint32_t>(operation);
        result.m_inGraph[next] = isInGraph(index, work, replays, operation);
        ++next;
    }

    std::vector<double> longest;
    Sum sum;
    for (std::size_t at = 0; at < place; ++at) {
        if (at % blockSize == 0) {
            result.m_before.push_back(sum);
            longest.push_back(0.0);
        }
        sum.total += result.length(at);
        sum.inGraph += result.m_inGraph[at] ? 1U : 0U;
        longest.back() = std::max(longest.back(), static_cast<double>(result.length(at).count()));
    }
    result.m_before.push_back(sum); // of the block that would be next
    result.m_longest = RangeMaximum(std::move(longest));
    return result;
}

Duration KernelIndex::length(std::size_t place) const
{
    return m_index->trace().device(m_device).activities.range(m_rows[place]).duration();
}

KernelIndex::Sum KernelIndex::before(std::size_t place) const
{
    const std::size_t block = place / blockSize;
    Sum sum = m_before[block];
    for (std::size_t at = block * blockSize; at < place; ++at) {
        sum.total += length(at);
        sum.inGraph += m_inGraph[at] ? 1U : 0U;
    }
    return sum;
}

Duration KernelIndex::longestOf(Places places) const
{
    const std::size_t firstWhole = (places.first + blockSize - 1) / blockSize;
    const std::size_t lastWhole = std::max(places.second / blockSize, firstWhole);
    Duration longest = Duration::zero();
    if (firstWhole < lastWhole)
        longest = Duration(static_cast<std::int64_t>(m_longest.of(firstWhole, lastWhole)));
    for (std::size_t at = places.first; at < std::min(firstWhole * blockSize, places.second); ++at)
        longest = std::max(longest, length(at));
    for (std::size_t at = std::max(lastWhole * blockSize, places.first); at < places.second; ++at)
        longest = std::max(longest, length(at));
    return longest;
}

KernelIndex::Places KernelIndex::within(Places places, std::size_t firstRow, std::size_t lastRow) const
{
    const auto begin = m_rows.begin() + static_cast<std::ptrdiff_t>(places.first);
    const auto end = m_rows.begin() + static_cast<std::ptrdiff_t>(places.second);
    const auto first = std::lower_bound(begin, end, firstRow);
    const auto last = std::lower_bound(first, end, lastRow);
    return {static_cast<std::size_t>(first - m_rows.begin()),
            static_cast<std::size_t>(last - m_rows.begin())};
}

void KernelIndex::add(KernelRow& row, Places places) const
{
    if (places.first == places.second)
        return;
    const Sum from = before(places.first);
    const Sum until = before(places.second);
    row.count += places.second - places.first;
    row.inGraph += until.inGraph - from.inGraph;
    row.total += until.total - from.total;
    row.longest = std::max(row.longest, longestOf(places));
}

std::size_t KernelIndex::firstOf(Places clean, Places other) const
{
    if (clean.first == clean.second)
        return m_rows[other.first];
    return other.first == other.second ? m_rows[clean.first]
                                       : std::min(m_rows[clean.first], m_rows[other.first]);
}

KernelSummary KernelIndex::of(TimeRange window) const
{
    const ActivityTable& work = m_index->trace().device(m_device).activities;
    const StepIndex& steps = m_index->device(m_device).steps;
    const auto [first, last] = steps.insideOf(window);
    const auto [firstClean, lastClean] = steps.clean.among(first, last);
    KernelSummary summary;
    summary.steps = lastClean - firstClean;
    std::size_t firstRow = 0;
    std::size_t lastRow = 0;
    if (summary.steps > 0) {
        firstRow = steps.steps[steps.clean.stepAt(firstClean)].firstRow;
        lastRow = steps.steps[steps.clean.stepAt(lastClean - 1)].lastRow;
    } else {
        firstRow = work.firstAtOrAfter(window.begin);
        lastRow = std::max(work.firstAtOrAfter(window.end), firstRow);
    }
    for (const Name& name : m_names) {
        KernelRow row = name.what;
        const Places clean = within(name.clean, firstRow, lastRow);
        const Places other = summary.steps > 0 ? Places() : within(name.other, firstRow, lastRow);
        add(row, clean);
        add(row, other);
        if (row.count == 0)
            continue;
        if (row.kind == ActivityKind::Memcpy || row.kind == ActivityKind::Memset) // spelled in several ways
            row.name = work.name(firstOf(clean, other));
        summary.operations += row.count;
        summary.total += row.total;
        summary.kernelTotal += row.kind == ActivityKind::Kernel ? row.total : Duration::zero();
        summary.rows.push_back(row);
    }
    const Trace& trace = m_index->trace();
    std::sort(summary.rows.begin(), summary.rows.end(), [&trace](const KernelRow& a, const KernelRow& b) {
        if (a.total != b.total)
            return a.total > b.total;
        return kernelRowName(trace, a) < kernelRowName(trace, b);
    });
    return summary;
}

} // namespace stepscope
