#include "core/analysis/stepmarker.h"

#include "core/analysis/cadencemixture.h"
#include "core/analysis/markerrepair.h"
#include "core/analysis/steprepetition.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace stepscope {

namespace {

constexpr std::size_t fewestOccurrences = 8;
constexpr double leastRegular = 0.7;
constexpr double leastCover = 0.8;
constexpr double leastHostBoundaries = 0.8; // of the periods
constexpr double leastConfirmation = 0.9;
constexpr double sameCount = 1.03; // of a cluster, and one
constexpr double leastFiner = 1.5;
constexpr double sameDeviation = 0.01; // two members are equally steady

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
    bool endsStep = false; ///< emits them once a step only: a draft has a sampler of its own
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
            candidate.endsStep =
                candidate.emitsTokens &&
                (candidate.isCopy || classes[work.name(row).value()] == KernelClass::Speculation);
        }
        candidate.rows.push_back(static_cast<std::uint32_t>(row));
    }
    std::erase_if(candidates,
                  [](const Candidate& candidate) { return candidate.rows.size() < fewestOccurrences; });
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.rows.size() < b.rows.size(); });
    return candidates;
}

/// In intervals of one kind; what ends a step may also do so in intervals of two.
bool recurs(const ActivityTable& work, const OperationSequence& sequence, const Candidate& candidate,
            TimeRange extent)
{
    if (coverOf(work, candidate.rows.front(), candidate.rows.back(), extent) < leastCover)
        return false;
    const std::vector<TimePoint> begins = beginsOf(work, candidate.rows);
    if (regularityOf(begins).regular >= leastRegular)
        return true;
    // Two kinds of step run the same operations; two halves of one step do not.
    return candidate.endsStep && regularInTwoKinds(begins) >= leastRegular &&
           StepRepetition(work, sequence, candidate.rows).neighboursShareOperations();
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

using StreamSizes = std::unordered_map<std::int64_t, std::size_t>;

StreamSizes streamSizes(const ActivityTable& work)
{
    StreamSizes sizes;
    for (std::size_t row = 0; row < work.size(); ++row)
        ++sizes[work.stream(row)];
    return sizes;
}

/// Of the members with `count` rows the steadiest; of equally steady ones a kernel before a copy, which may
/// lie beside the next step, and what runs on the busier stream.
const Candidate& steadiestOf(const ActivityTable& work, const StreamSizes& streams,
                             std::span<const Candidate> cluster, const Candidate& emitter, TimeRange extent)
{
    const Candidate* best = &emitter;
    double bestDeviation = regularityOf(beginsOf(work, emitter.rows)).deviation;
    const auto rank = [&](const Candidate& member) {
        return std::pair(!member.isCopy, streams.at(work.stream(member.rows.front())));
    };
    for (const Candidate& member : cluster) {
        if (member.rows.size() != emitter.rows.size() || &member == &emitter)
            continue;
        const Regularity regularity = regularityOf(beginsOf(work, member.rows));
        if (regularity.regular < leastRegular ||
            coverOf(work, member.rows.front(), member.rows.back(), extent) < leastCover)
            continue;
        if (regularity.deviation < bestDeviation - sameDeviation ||
            (regularity.deviation <= bestDeviation + sameDeviation && rank(member) > rank(*best))) {
            best = &member;
            bestDeviation = regularity.deviation;
        }
    }
    return *best;
}

/// Markers of one count cluster.
struct ClusterMarkers {
    std::vector<std::uint32_t> rows;
    bool isVerification = false; ///< told by a kernel that verifies drafts: once a step, beyond doubt
};

/// The token-emitting member that recurs most evenly, of which no row got lost and none is there twice, names
/// how many there are; the steadiest member of that number is taken.
std::optional<ClusterMarkers> markersOf(const ActivityTable& work, const OperationSequence& sequence,
                                        const DeviceOccupancy& occupancy, const StreamSizes& streams,
                                        std::span<const Candidate> cluster)
{
    const TimeRange extent = occupancy.busy().extent();
    std::vector<std::pair<double, const Candidate*>> emitters;
    bool isVerification = false;
    for (const Candidate& member : cluster) {
        if (!member.emitsTokens || !recurs(work, sequence, member, extent))
            continue;
        emitters.emplace_back(regularityOf(beginsOf(work, member.rows)).regular, &member);
        isVerification = isVerification || (member.endsStep && !member.isCopy);
    }
    std::stable_sort(emitters.begin(), emitters.end(), [](const auto& a, const auto& b) {
        return std::pair(a.first, a.second->rows.size()) > std::pair(b.first, b.second->rows.size());
    });
    for (const auto& [regular, emitter] : emitters) {
        const Candidate& marker = steadiestOf(work, streams, cluster, *emitter, extent);
        if (hasHostBoundaries(work, occupancy, marker.rows))
            return ClusterMarkers{marker.rows, isVerification};
    }
    return std::nullopt;
}

} // namespace

OperationSequence OperationSequence::of(const ActivityTable& work)
{
    /// Numbers in order of first appearance.
    struct Tokens {
        std::uint32_t exact = 0;
        std::uint32_t coarse = 0;
        bool isKnown = false;
    };
    OperationSequence sequence;
    std::map<std::tuple<ActivityKind, std::uint32_t, std::int64_t>, std::uint32_t> exactOf;
    std::map<std::pair<ActivityKind, std::uint32_t>, std::uint32_t> coarseOf;
    std::vector<Tokens> ofKernel; // by name: nearly all operations
    sequence.exact.reserve(work.size());
    sequence.coarse.reserve(work.size());
    for (std::size_t row = 0; row < work.size(); ++row) {
        const ActivityKind kind = work.kind(row);
        const std::uint32_t name = work.name(row).value();
        if (kind == ActivityKind::Kernel && name < ofKernel.size() && ofKernel[name].isKnown) {
            sequence.exact.push_back(ofKernel[name].exact);
            sequence.coarse.push_back(ofKernel[name].coarse);
            continue;
        }
        const bool isCopy = kind == ActivityKind::Memcpy;
        const std::uint32_t what = isCopy ? static_cast<std::uint32_t>(work.copy(row))
                                   : kind == ActivityKind::GraphTrace ? work.graph(row)
                                                                      : name;
        sequence.exact.push_back(exactOf
                                     .try_emplace({kind, what, isCopy ? work.bytes(row) : 0},
                                                  static_cast<std::uint32_t>(exactOf.size()))
                                     .first->second);
        sequence.coarse.push_back(
            coarseOf.try_emplace({kind, what}, static_cast<std::uint32_t>(coarseOf.size())).first->second);
        if (kind != ActivityKind::Kernel)
            continue;
        if (name >= ofKernel.size())
            ofKernel.resize(std::max<std::size_t>(name + 1U, 2 * ofKernel.size()));
        ofKernel[name] = {sequence.exact.back(), sequence.coarse.back(), true};
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

double coverOf(const ActivityTable& work, std::uint32_t firstRow, std::uint32_t lastRow, TimeRange extent)
{
    const double byRows = static_cast<double>(lastRow - firstRow + 1) / static_cast<double>(work.size());
    const double byTime = static_cast<double>((work.begin(lastRow) - work.begin(firstRow)).count()) /
                          static_cast<double>(std::max<std::int64_t>(extent.duration().count(), 1));
    return std::max(byRows, byTime);
}

double regularInTwoKinds(std::span<const TimePoint> times)
{
    std::vector<Duration> intervals;
    for (std::size_t i = 1; i < times.size(); ++i)
        intervals.push_back(times[i] - times[i - 1]);
    const std::optional<CadenceMixture> mixture = findMixture(intervals);
    if (!mixture)
        return 0.0;
    const auto regular = std::count_if(intervals.begin(), intervals.end(), [&](Duration interval) {
        const Duration median = mixture->of(interval).median;
        return 2 * (interval > median ? interval - median : median - interval) < median;
    });
    return static_cast<double>(regular) / static_cast<double>(intervals.size());
}

std::optional<StepMarkers> findOperationMarkers(const ActivityTable& work, const OperationSequence& sequence,
                                                const DeviceOccupancy& occupancy,
                                                const std::vector<KernelClass>& classes)
{
    const std::vector<Candidate> candidates = candidatesByCount(work, sequence, classes);
    const StreamSizes streams = streamSizes(work);
    std::optional<ClusterMarkers> chosen;
    for (std::size_t first = 0; first < candidates.size() && !(chosen && chosen->isVerification);) {
        const double largest = static_cast<double>(candidates[first].rows.size()) * sameCount + 1.0;
        std::size_t last = first;
        while (last < candidates.size() && static_cast<double>(candidates[last].rows.size()) <= largest)
            ++last;
        const std::span cluster(candidates.begin() + static_cast<std::ptrdiff_t>(first), last - first);
        first = last;
        std::optional<ClusterMarkers> found = markersOf(work, sequence, occupancy, streams, cluster);
        if (!found)
            continue;
        found->rows = withLostMarkers(sequence, found->rows);
        // A copy that is made in every 16th step is regular and rare too, and not the step.
        const bool isMore = !chosen || static_cast<double>(found->rows.size()) >
                                           leastFiner * static_cast<double>(chosen->rows.size());
        if (!chosen || (isMore && StepRepetition(work, sequence, found->rows).isFinerStepOf(chosen->rows)))
            chosen = std::move(found);
    }
    if (!chosen)
        return std::nullopt;
    const std::vector<std::uint32_t> rows = withPrefillMarkers(work, chosen->rows);
    return StepMarkers{rows, StepRepetition(work, sequence, rows).confirmation() < leastConfirmation};
}

} // namespace stepscope
