#include "core/analysis/stepcut.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace stepscope {

namespace {

constexpr Duration leastHostGap = std::chrono::microseconds(5); // τ of definitions.md §3
constexpr double leastNamed = 0.6;                              // of the periods that vote
constexpr double countsAgree = 0.1;

/// An operation's place in a period: the n-th of its name since the marker.
using Position = std::pair<std::uint32_t, std::uint32_t>;

class Periods {
public:
    Periods(const OperationSequence& sequence, const StepMarkers& markers)
        : m_sequence(sequence), m_markers(markers.rows)
    {}

    std::size_t count() const { return m_markers.size() - 1; }
    /// Rows (first, last] belong to the period: after its marker, up to and with the next one.
    std::uint32_t first(std::size_t period) const { return m_markers[period] + 1; }
    std::uint32_t last(std::size_t period) const { return m_markers[period + 1]; }

    Position positionOf(std::size_t period, std::uint32_t row) const
    {
        const std::uint32_t token = m_sequence.coarse[row];
        std::uint32_t ordinal = 0;
        for (std::uint32_t before = first(period); before < row; ++before)
            ordinal += m_sequence.coarse[before] == token ? 1U : 0U;
        return {token, ordinal};
    }
    std::optional<std::uint32_t> rowAt(std::size_t period, Position position) const
    {
        std::uint32_t ordinal = 0;
        for (std::uint32_t row = first(period); row <= last(period); ++row) {
            if (m_sequence.coarse[row] == position.first && ordinal++ == position.second)
                return row;
        }
        return std::nullopt;
    }

private:
    const OperationSequence& m_sequence;
    const std::vector<std::uint32_t>& m_markers;
};

/// For each period the row that the vote is for; none abstains.
using Votes = std::vector<std::optional<std::uint32_t>>;

/// The position that most periods name, if enough of the voters do.
std::optional<Position> winnerOf(const Periods& periods, const Votes& votes)
{
    std::map<Position, std::size_t> named;
    std::size_t voters = 0;
    for (std::size_t period = 0; period < votes.size(); ++period) {
        if (!votes[period])
            continue;
        ++voters;
        ++named[periods.positionOf(period, *votes[period])];
    }
    const auto best = std::max_element(named.begin(), named.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (best == named.end() || static_cast<double>(best->second) < leastNamed * static_cast<double>(voters))
        return std::nullopt;
    return best->first;
}

/// The operation after the largest gap that the host made. `medianHostGap` receives the median of the largest
/// host gaps, 0 for a period without one.
Votes votesByGap(const ActivityTable& work, const DeviceOccupancy& occupancy, const Periods& periods,
                 Duration& medianHostGap)
{
    const GapIndex& gaps = occupancy.gaps();
    const IntervalUnion& host = occupancy.hostIdle();
    Votes votes(periods.count());
    std::vector<Duration> hostTimes(periods.count(), Duration::zero());
    for (std::size_t period = 0; period < periods.count(); ++period) {
        // Gaps that end with an operation of the period, the next marker included.
        const TimePoint from = work.begin(periods.first(period) - 1);
        const TimePoint until = work.begin(periods.last(period));
        Duration largest = Duration::zero();
        auto [index, unused] = gaps.insideOf({from, until});
        (void)unused;
        for (; index < gaps.size() && gaps[index].end <= until; ++index) {
            const Duration hostTime = host.coveredIn(gaps[index]);
            if (hostTime < leastHostGap || gaps[index].duration() <= largest)
                continue;
            largest = gaps[index].duration();
            hostTimes[period] = hostTime;
            std::size_t row = work.firstAtOrAfter(gaps[index].end);
            std::size_t chosen = row; // of several that begin together, the one launched first
            for (; row < work.size() && work.begin(row) == gaps[index].end; ++row) {
                if (work.launch(row).isValid() &&
                    (!work.launch(chosen).isValid() || work.launch(row) < work.launch(chosen)))
                    chosen = row;
            }
            votes[period] =
                std::clamp(static_cast<std::uint32_t>(chosen), periods.first(period), periods.last(period));
        }
    }
    const auto middle = hostTimes.begin() + static_cast<std::ptrdiff_t>(hostTimes.size() / 2);
    std::nth_element(hostTimes.begin(), middle, hostTimes.end());
    medianHostGap = *middle;
    return votes;
}

/// For each launching call the pause of its thread since the launching call before it.
std::unordered_map<std::uint32_t, Duration> launchPauses(const Trace& trace)
{
    std::unordered_map<std::uint32_t, Duration> pauses;
    std::vector<std::optional<TimePoint>> lastEnd(trace.threads().size());
    const ApiCallTable& calls = trace.calls();
    for (std::size_t call = 0; call < calls.size(); ++call) {
        const ApiCallKind kind = calls.kind(call);
        if (kind != ApiCallKind::KernelLaunch && kind != ApiCallKind::GraphLaunch &&
            kind != ApiCallKind::Copy && kind != ApiCallKind::Memset)
            continue;
        std::optional<TimePoint>& previous = lastEnd[calls.thread(call).value()];
        if (previous)
            pauses.emplace(static_cast<std::uint32_t>(call), calls.begin(call) - *previous);
        previous = previous ? std::max(*previous, calls.end(call)) : calls.end(call);
    }
    return pauses;
}

/// The operation whose launch call follows the longest pause between launch calls: for loops in which the
/// device never waits for the host.
Votes votesByLaunchPause(const Trace& trace, const ActivityTable& work, const Periods& periods)
{
    const std::unordered_map<std::uint32_t, Duration> pauses = launchPauses(trace);
    Votes votes(periods.count());
    for (std::size_t period = 0; period < periods.count(); ++period) {
        Duration longest = Duration::zero();
        for (std::uint32_t row = periods.first(period); row <= periods.last(period); ++row) {
            const auto pause = pauses.find(work.launch(row).value());
            if (pause != pauses.end() && pause->second > longest) {
                longest = pause->second;
                votes[period] = row;
            }
        }
    }
    return votes;
}

} // namespace

std::vector<std::uint32_t> cutIntoSteps(const Trace& trace, const ActivityTable& work,
                                        const OperationSequence& sequence, const DeviceOccupancy& occupancy,
                                        const StepMarkers& markers, const StepMarkers* replays)
{
    const Periods periods(sequence, markers);
    Votes votes(periods.count());
    std::optional<Position> winner;
    if (!trace.calls().isEmpty()) {
        Duration medianHostGap = Duration::zero();
        votes = votesByGap(work, occupancy, periods, medianHostGap);
        if (medianHostGap < leastHostGap)
            votes = votesByLaunchPause(trace, work, periods);
        winner = winnerOf(periods, votes);
    }
    if (!winner && replays) {
        const auto replayCount = static_cast<double>(replays->rows.size());
        const auto markerCount = static_cast<double>(markers.rows.size());
        if (std::abs(replayCount - markerCount) <= countsAgree * std::max(replayCount, markerCount))
            return replays->rows;
    }
    std::vector<std::uint32_t> cuts;
    for (std::size_t period = 0; period < periods.count(); ++period) {
        std::uint32_t cut = periods.first(period);
        if (winner) // a period without that operation is cut where its own vote is
            cut = periods.rowAt(period, *winner).value_or(votes[period].value_or(cut));
        if (cuts.empty() || cut > cuts.back())
            cuts.push_back(cut);
    }
    return cuts;
}

} // namespace stepscope
