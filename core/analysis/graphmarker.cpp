#include "core/analysis/graphmarker.h"

#include "core/analysis/steprepetition.h"

#include <algorithm>
#include <map>

namespace stepscope {

namespace {

constexpr std::size_t fewestReplays = 8;
constexpr double leastRegularReplays = 0.7;
constexpr double leastReplayCover = 0.8;
constexpr double leastConfirmed = 0.9;
constexpr Duration contiguous = std::chrono::nanoseconds(20); // rounding (domain.md §5.2)
constexpr double leastWhole = 0.8;                            // of the periods

/// Replays of one graph, or of graphs that never alternate (the same step at other batch sizes).
struct ReplaySeries {
    std::vector<std::uint32_t> replays; // indices, in order
    Duration busy = Duration::zero();
};

std::vector<ReplaySeries> replaySeries(const std::vector<GraphReplay>& replays, bool join)
{
    std::map<std::uint32_t, std::size_t> seriesOfGraph;
    std::vector<ReplaySeries> ofGraph;
    for (std::uint32_t i = 0; i < replays.size(); ++i) {
        const auto [series, isNew] = seriesOfGraph.try_emplace(replays[i].graph, ofGraph.size());
        if (isNew)
            ofGraph.emplace_back();
        ofGraph[series->second].replays.push_back(i);
        ofGraph[series->second].busy += replays[i].span.duration();
    }
    if (!join)
        return ofGraph;
    std::vector<ReplaySeries> joined; // ofGraph is in order of first replay
    for (ReplaySeries& series : ofGraph) {
        ReplaySeries* before = nullptr;
        for (ReplaySeries& known : joined) {
            if (known.replays.back() < series.replays.front() && !before)
                before = &known;
        }
        if (!before) {
            joined.push_back(std::move(series));
            continue;
        }
        before->replays.insert(before->replays.end(), series.replays.begin(), series.replays.end());
        before->busy += series.busy;
    }
    return joined;
}

std::vector<std::uint32_t> rowsOf(const std::vector<GraphReplay>& replays, const ReplaySeries& series)
{
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t replay : series.replays)
        rows.push_back(replays[replay].firstRow);
    return rows;
}

bool recursEvenly(const ActivityTable& work, const std::vector<GraphReplay>& replays,
                  const ReplaySeries& series, TimeRange extent, bool maybeInTwoKinds)
{
    if (series.replays.size() < fewestReplays)
        return false;
    std::vector<TimePoint> begins;
    for (const std::uint32_t replay : series.replays)
        begins.push_back(replays[replay].span.begin);
    if (coverOf(work, replays[series.replays.front()].firstRow, replays[series.replays.back()].firstRow,
                extent) < leastReplayCover)
        return false;
    return regularityOf(begins).regular >= leastRegularReplays ||
           (maybeInTwoKinds && regularInTwoKinds(begins) >= leastRegularReplays);
}

bool isInGraph(const Trace& trace, const ActivityTable& work, std::uint32_t row)
{
    const CallId launch = work.launch(row);
    return work.graphNode(row) != 0 || work.kind(row) == ActivityKind::GraphTrace ||
           (launch.isValid() && trace.calls().kind(launch.value()) == ApiCallKind::GraphLaunch);
}

/// Three times the median of the gaps that lie in no replay.
Duration gapThatStandsOut(const DeviceOccupancy& occupancy)
{
    std::vector<Duration> outer;
    for (std::size_t gap = 0; gap < occupancy.gaps().size(); ++gap) {
        if (occupancy.gaps()[gap].duration() > contiguous &&
            occupancy.of(TimeClass::InGraph).coveredIn(occupancy.gaps()[gap]) == Duration::zero())
            outer.push_back(occupancy.gaps()[gap].duration());
    }
    if (outer.empty())
        return Duration::max();
    const auto middle = outer.begin() + static_cast<std::ptrdiff_t>(outer.size() / 2);
    std::nth_element(outer.begin(), middle, outer.end());
    return 3 * *middle;
}

/// Whether nearly every period copies something, ends in a gap that stands out, or holds the replay alone. A
/// layer of a piecewise graph is followed by kernels and by gaps like all others.
bool areWholeSteps(const Trace& trace, const ActivityTable& work, const DeviceOccupancy& occupancy,
                   const std::vector<std::uint32_t>& rows)
{
    const Duration standsOut = gapThatStandsOut(occupancy);
    std::size_t bounded = 0;
    std::size_t alone = 0;
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        bool copies = false;
        bool isAlone = true;
        for (std::uint32_t row = rows[i]; row < rows[i + 1] && !copies; ++row) {
            if (work.correlation(row) == work.correlation(rows[i]) || isInGraph(trace, work, row))
                continue;
            isAlone = false;
            copies = work.kind(row) == ActivityKind::Memcpy;
        }
        const std::optional<TimeRange> gap =
            occupancy.gaps().largestIn({work.begin(rows[i]), work.begin(rows[i + 1])});
        bounded += copies || (gap && gap->duration() > standsOut) ? 1U : 0U;
        alone += isAlone ? 1U : 0U;
    }
    // Alone in some periods and not in others, they are pieces that other work follows now and then.
    return static_cast<double>(std::max(bounded, alone)) >= leastWhole * static_cast<double>(rows.size() - 1);
}

/// Whether a rarer graph recurs after a fixed number of these replays: they are parts of its step (drafts).
bool isPartOf(const ReplaySeries& part, const ReplaySeries& rarer)
{
    if (rarer.replays.size() < 3 || rarer.replays.size() >= part.replays.size())
        return false;
    std::vector<std::size_t> between;
    for (std::size_t i = 0; i + 1 < rarer.replays.size(); ++i) {
        const auto first = std::lower_bound(part.replays.begin(), part.replays.end(), rarer.replays[i]);
        const auto last = std::lower_bound(first, part.replays.end(), rarer.replays[i + 1]);
        between.push_back(static_cast<std::size_t>(last - first));
    }
    std::vector<std::size_t> sorted = between;
    std::sort(sorted.begin(), sorted.end());
    const std::size_t usual = sorted[sorted.size() / 2];
    const auto equal = static_cast<double>(std::count(between.begin(), between.end(), usual));
    return usual >= 2 && equal >= leastRegularReplays * static_cast<double>(between.size());
}

} // namespace

std::optional<StepMarkers> findGraphMarkers(const Trace& trace, const ActivityTable& work,
                                            const OperationSequence& sequence,
                                            const DeviceOccupancy& occupancy, bool operationFound)
{
    const std::vector<GraphReplay>& replays = occupancy.replays();
    const std::vector<ReplaySeries> all = replaySeries(replays, operationFound);
    std::vector<const ReplaySeries*> series;
    for (const ReplaySeries& candidate : all) {
        if (recursEvenly(work, replays, candidate, occupancy.busy().extent(), operationFound))
            series.push_back(&candidate);
    }
    std::stable_sort(series.begin(), series.end(), [](const ReplaySeries* a, const ReplaySeries* b) {
        return std::pair(a->replays.size(), b->busy) < std::pair(b->replays.size(), a->busy);
    });
    if (operationFound)
        return series.empty() ? std::nullopt
                              : std::optional(StepMarkers{rowsOf(replays, *series.front()), false});

    std::optional<StepMarkers> chosen;
    for (const ReplaySeries* candidate : series) {
        const bool isPart = std::any_of(all.begin(), all.end(), [candidate](const ReplaySeries& other) {
            return isPartOf(*candidate, other);
        });
        std::vector<std::uint32_t> rows = rowsOf(replays, *candidate);
        if (isPart || !areWholeSteps(trace, work, occupancy, rows))
            continue;
        if (!chosen || (rows.size() > chosen->rows.size() &&
                        StepRepetition(work, sequence, rows).isFinerStepOf(chosen->rows)))
            chosen = StepMarkers{std::move(rows), candidate != series.front()};
    }
    if (chosen && !chosen->isWeak)
        chosen->isWeak = StepRepetition(work, sequence, chosen->rows).confirmation() < leastConfirmed;
    return chosen;
}

} // namespace stepscope
