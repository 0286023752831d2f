#include "core/analysis/stepmarker.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace stepscope {

namespace {

constexpr std::size_t fewestOccurrences = 8;
constexpr double leastRegular = 0.7;
constexpr double leastCover = 0.8;
constexpr double leastGraphBusyShare = 0.10;
constexpr double leastHostBoundaries = 0.8; // of the periods
constexpr double leastAutocorrelation = 0.9;
constexpr double sameDeviation = 0.01;          // two members are equally steady
constexpr std::int64_t largestTokenCopy = 4096; // bytes

Duration medianOf(std::vector<Duration>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The rows of one token, and what makes them a marker or not.
struct Candidate {
    std::vector<std::uint32_t> rows;
    bool emitsTokens = false;
    bool isCopy = false;
};

std::vector<TimePoint> beginsOf(const ActivityTable& work, const std::vector<std::uint32_t>& rows)
{
    std::vector<TimePoint> begins;
    begins.reserve(rows.size());
    for (const std::uint32_t row : rows)
        begins.push_back(work.begin(row));
    return begins;
}

/// From first to last occurrence: share of the time or of the operations, whichever is more.
double coverOf(const ActivityTable& work, std::uint32_t first, std::uint32_t last, TimeRange extent)
{
    const double byRows = static_cast<double>(last - first + 1) / static_cast<double>(work.size());
    const double byTime = static_cast<double>((work.begin(last) - work.begin(first)).count()) /
                          static_cast<double>(std::max<std::int64_t>(extent.duration().count(), 1));
    return std::max(byRows, byTime);
}

bool emitsTokens(const ActivityTable& work, std::size_t row, const std::vector<KernelClass>& classes)
{
    if (work.kind(row) == ActivityKind::Memcpy)
        return work.copy(row) == CopyKind::DeviceToHost && work.bytes(row) > 0 &&
               work.bytes(row) <= largestTokenCopy;
    if (work.kind(row) != ActivityKind::Kernel)
        return false;
    const KernelClass kernelClass = classes[work.name(row).value()];
    return kernelClass == KernelClass::Speculation || kernelClass == KernelClass::Sampling;
}

std::vector<Candidate> candidatesByCount(const ActivityTable& work, const OperationSequence& sequence,
                                         const std::vector<KernelClass>& classes)
{
    std::vector<Candidate> candidates(sequence.exactTokens);
    for (std::size_t row = 0; row < work.size(); ++row) {
        Candidate& candidate = candidates[sequence.exact[row]];
        if (candidate.rows.empty()) {
            candidate.emitsTokens = emitsTokens(work, row, classes);
            candidate.isCopy = work.kind(row) == ActivityKind::Memcpy;
        }
        candidate.rows.push_back(static_cast<std::uint32_t>(row));
    }
    std::erase_if(candidates,
                  [](const Candidate& candidate) { return candidate.rows.size() < fewestOccurrences; });
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.rows.size() < b.rows.size(); });
    return candidates;
}

bool recurs(const ActivityTable& work, const std::vector<std::uint32_t>& rows, TimeRange extent)
{
    return regularityOf(beginsOf(work, rows)).regular >= leastRegular &&
           coverOf(work, rows.front(), rows.back(), extent) >= leastCover;
}

/// Of the members with the token-emitting member's own count the steadiest, a kernel before a copy.
const Candidate& steadiestOf(const ActivityTable& work, const std::vector<const Candidate*>& members,
                             TimeRange extent)
{
    const Candidate* best = nullptr;
    double bestDeviation = 0.0;
    for (const Candidate* member : members) {
        if (!recurs(work, member->rows, extent))
            continue;
        const double deviation = regularityOf(beginsOf(work, member->rows)).deviation;
        const bool steadier = best && deviation < bestDeviation - sameDeviation;
        const bool equallySteadyKernel =
            best && deviation <= bestDeviation + sameDeviation && best->isCopy && !member->isCopy;
        if (!best || steadier || equallySteadyKernel) {
            best = member;
            bestDeviation = deviation;
        }
    }
    return *best; // the token-emitting member itself recurs
}

/// Whether nearly every period holds a graph launch, a copy to the host, or a gap that stands out.
bool hasHostBoundaries(const ActivityTable& work, const DeviceOccupancy& occupancy,
                       const std::vector<std::uint32_t>& markers)
{
    std::vector<Duration> gapLengths;
    for (std::size_t gap = 0; gap < occupancy.gaps().size(); ++gap)
        gapLengths.push_back(occupancy.gaps()[gap].duration());
    const Duration standsOut = gapLengths.empty() ? Duration::max() : 3 * medianOf(gapLengths);
    const std::vector<GraphReplay>& replays = occupancy.replays();
    std::size_t bounded = 0;
    for (std::size_t i = 0; i + 1 < markers.size(); ++i) {
        const TimeRange period{work.begin(markers[i]), work.begin(markers[i + 1])};
        const auto replay = std::partition_point(replays.begin(), replays.end(), [&](const GraphReplay& r) {
            return r.span.begin < period.begin;
        });
        bool found = replay != replays.end() && replay->span.begin < period.end;
        for (std::uint32_t row = markers[i]; !found && row < markers[i + 1]; ++row)
            found = work.copy(row) == CopyKind::DeviceToHost;
        if (!found) {
            const std::optional<TimeRange> gap = occupancy.gaps().largestIn(period);
            found = gap && gap->duration() > standsOut;
        }
        bounded += found ? 1U : 0U;
    }
    return static_cast<double>(bounded) >= leastHostBoundaries * static_cast<double>(markers.size() - 1);
}

/// How well the sequence of each stream repeats at a lag of one period; streams weigh by their operations.
double autocorrelation(const ActivityTable& work, const OperationSequence& sequence,
                       const std::vector<std::uint32_t>& markers)
{
    std::map<std::int64_t, std::vector<std::uint32_t>> rowsOfStream;
    for (std::uint32_t row = markers.front(); row < markers.back(); ++row)
        rowsOfStream[work.stream(row)].push_back(row);
    std::size_t compared = 0;
    std::size_t equal = 0;
    for (const auto& [stream, rows] : rowsOfStream) {
        std::vector<std::size_t> perPeriod; // the stream's operations between neighbouring markers
        std::size_t at = 0;
        for (std::size_t i = 0; i + 1 < markers.size(); ++i) {
            const std::size_t before = at;
            while (at < rows.size() && rows[at] < markers[i + 1])
                ++at;
            perPeriod.push_back(at - before);
        }
        const auto middle = perPeriod.begin() + static_cast<std::ptrdiff_t>(perPeriod.size() / 2);
        std::nth_element(perPeriod.begin(), middle, perPeriod.end());
        const std::size_t lag = *middle;
        if (lag == 0)
            continue;
        for (std::size_t i = 0; i + lag < rows.size(); ++i) {
            ++compared;
            equal += sequence.coarse[rows[i]] == sequence.coarse[rows[i + lag]] ? 1U : 0U;
        }
    }
    return compared == 0 ? 0.0 : static_cast<double>(equal) / static_cast<double>(compared);
}

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

} // namespace

OperationSequence OperationSequence::of(const ActivityTable& work)
{
    OperationSequence sequence;
    std::map<std::tuple<ActivityKind, std::uint32_t, std::int64_t>, std::uint32_t> exactOf;
    std::map<std::pair<ActivityKind, std::uint32_t>, std::uint32_t> coarseOf;
    sequence.exact.reserve(work.size());
    sequence.coarse.reserve(work.size());
    for (std::size_t row = 0; row < work.size(); ++row) {
        const ActivityKind kind = work.kind(row);
        const bool isCopy = kind == ActivityKind::Memcpy;
        const std::uint32_t what = isCopy ? static_cast<std::uint32_t>(work.copy(row))
                                   : kind == ActivityKind::GraphTrace ? work.graph(row)
                                                                      : work.name(row).value();
        sequence.exact.push_back(exactOf
                                     .try_emplace({kind, what, isCopy ? work.bytes(row) : 0},
                                                  static_cast<std::uint32_t>(exactOf.size()))
                                     .first->second);
        sequence.coarse.push_back(
            coarseOf.try_emplace({kind, what}, static_cast<std::uint32_t>(coarseOf.size())).first->second);
    }
    sequence.exactTokens = exactOf.size();
    sequence.coarseTokens = coarseOf.size();
    return sequence;
}

Regularity regularityOf(std::span<const TimePoint> times)
{
    if (times.size() < 2)
        return {};
    std::vector<Duration> intervals;
    intervals.reserve(times.size() - 1);
    for (std::size_t i = 1; i < times.size(); ++i)
        intervals.push_back(times[i] - times[i - 1]);
    const Duration median = medianOf(intervals);
    std::size_t regular = 0;
    for (Duration& interval : intervals) {
        interval = interval > median ? interval - median : median - interval;
        regular += 2 * interval < median ? 1U : 0U;
    }
    const auto count = static_cast<double>(intervals.size());
    const double deviation = median == Duration::zero() ? 0.0
                                                        : static_cast<double>(medianOf(intervals).count()) /
                                                              static_cast<double>(median.count());
    return {static_cast<double>(regular) / count, deviation};
}

std::optional<StepMarkers> findOperationMarkers(const ActivityTable& work, const OperationSequence& sequence,
                                                const DeviceOccupancy& occupancy,
                                                const std::vector<KernelClass>& classes)
{
    const TimeRange extent = occupancy.busy().extent();
    const std::vector<Candidate> candidates = candidatesByCount(work, sequence, classes);
    for (std::size_t first = 0; first < candidates.size();) {
        const double largest = static_cast<double>(candidates[first].rows.size()) * 1.03 + 1.0;
        std::size_t last = first;
        while (last < candidates.size() && static_cast<double>(candidates[last].rows.size()) <= largest)
            ++last;
        for (std::size_t i = first; i < last; ++i) {
            if (!candidates[i].emitsTokens || !recurs(work, candidates[i].rows, extent))
                continue;
            std::vector<const Candidate*> members;
            for (std::size_t j = first; j < last; ++j) {
                if (candidates[j].rows.size() == candidates[i].rows.size())
                    members.push_back(&candidates[j]);
            }
            const Candidate& marker = steadiestOf(work, members, extent);
            if (!hasHostBoundaries(work, occupancy, marker.rows))
                continue;
            return StepMarkers{marker.rows,
                               autocorrelation(work, sequence, marker.rows) < leastAutocorrelation};
        }
        first = last;
    }
    return std::nullopt;
}

std::optional<StepMarkers> findGraphMarkers(const ActivityTable& work, const DeviceOccupancy& occupancy,
                                            bool operationFound)
{
    const std::vector<GraphReplay>& replays = occupancy.replays();
    std::vector<ReplaySeries> series = replaySeries(replays, operationFound);
    const TimeRange extent = occupancy.busy().extent();
    const ReplaySeries* chosen = nullptr;
    std::size_t rarestRegular = replays.size();
    for (ReplaySeries& candidate : series) {
        if (candidate.replays.size() < fewestOccurrences)
            continue;
        std::vector<TimePoint> begins;
        for (const std::uint32_t replay : candidate.replays)
            begins.push_back(replays[replay].span.begin);
        if (regularityOf(begins).regular < leastRegular)
            continue;
        rarestRegular = std::min(rarestRegular, candidate.replays.size());
        const std::uint32_t firstRow = replays[candidate.replays.front()].firstRow;
        const std::uint32_t lastRow = replays[candidate.replays.back()].firstRow;
        const double busyShare =
            static_cast<double>(candidate.busy.count()) /
            static_cast<double>(std::max<std::int64_t>(occupancy.busy().total().count(), 1));
        if (coverOf(work, firstRow, lastRow, extent) < leastCover ||
            (!operationFound && busyShare < leastGraphBusyShare))
            continue;
        const bool isRarer = chosen && candidate.replays.size() < chosen->replays.size();
        const bool isBusier =
            chosen && candidate.replays.size() == chosen->replays.size() && candidate.busy > chosen->busy;
        if (!chosen || isRarer || isBusier)
            chosen = &candidate;
    }
    if (!chosen)
        return std::nullopt;
    StepMarkers markers;
    for (const std::uint32_t replay : chosen->replays)
        markers.rows.push_back(replays[replay].firstRow);
    markers.isWeak = !operationFound && rarestRegular < chosen->replays.size();
    return markers;
}

} // namespace stepscope
