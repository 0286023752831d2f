#include "core/analysis/stepcut.h"

#include <algorithm>
#include <cmath>
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
constexpr double leastTail = 0.2; // of a median period

/// An operation's place in a period: the n-th of its name since the marker.
using Position = std::pair<std::uint32_t, std::uint32_t>;

/// Rows [first, last).
struct RowRange {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    std::uint32_t size() const { return last - first; }
};

class Periods {
public:
    Periods(const OperationSequence& sequence, const StepMarkers& markers)
        : m_sequence(sequence), m_markers(markers.rows)
    {}

    std::size_t count() const { return m_markers.size() - 1; }
    /// The period's rows: after its marker, up to and with the next one.
    RowRange operator[](std::size_t period) const
    {
        return {m_markers[period] + 1, m_markers[period + 1] + 1};
    }
    /// Up to and with the first marker.
    RowRange lead() const { return {0, m_markers.front() + 1}; }
    /// After the last marker.
    RowRange tail() const
    {
        return {m_markers.back() + 1, static_cast<std::uint32_t>(m_sequence.coarse.size())};
    }

    Position positionOf(RowRange rows, std::uint32_t row) const
    {
        return {m_sequence.coarse[row], countOf({rows.first, row}, m_sequence.coarse[row])};
    }
    std::optional<std::uint32_t> rowAt(RowRange rows, Position position) const
    {
        std::uint32_t ordinal = 0;
        for (std::uint32_t row = rows.first; row < rows.last; ++row) {
            if (m_sequence.coarse[row] == position.first && ordinal++ == position.second)
                return row;
        }
        return std::nullopt;
    }
    /// In the lead, whose begin is not a marker: as many of the name before its end as there usually are.
    std::optional<std::uint32_t> leadRowAt(Position position) const
    {
        std::vector<std::uint32_t> following;
        for (std::size_t period = 0; period < count(); ++period) {
            if (const std::optional<std::uint32_t> row = rowAt((*this)[period], position))
                following.push_back(countOf({*row, (*this)[period].last}, position.first));
        }
        if (following.empty())
            return std::nullopt;
        const auto middle = following.begin() + static_cast<std::ptrdiff_t>(following.size() / 2);
        std::nth_element(following.begin(), middle, following.end());
        const std::uint32_t inLead = countOf(lead(), position.first);
        return inLead < *middle ? std::nullopt : rowAt(lead(), Position{position.first, inLead - *middle});
    }
    std::uint32_t medianSize() const
    {
        std::vector<std::uint32_t> sizes;
        for (std::size_t period = 0; period < count(); ++period)
            sizes.push_back((*this)[period].size());
        const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
        std::nth_element(sizes.begin(), middle, sizes.end());
        return *middle;
    }

private:
    std::uint32_t countOf(RowRange rows, std::uint32_t token) const
    {
        return static_cast<std::uint32_t>(
            std::count(m_sequence.coarse.begin() + rows.first, m_sequence.coarse.begin() + rows.last, token));
    }

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
        ++named[periods.positionOf(periods[period], *votes[period])];
    }
    const auto best = std::max_element(named.begin(), named.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (best == named.end() || static_cast<double>(best->second) < leastNamed * static_cast<double>(voters))
        return std::nullopt;
    return best->first;
}

/// What of a gap speaks for a boundary: the time the host took. The file may hold no host rows; then all of
/// it, for want of better.
Duration hostTimeOf(const DeviceOccupancy& occupancy, TimeRange gap, bool hasCalls)
{
    if (hasCalls)
        return occupancy.hostIdle().coveredIn(gap);
    return occupancy.of(TimeClass::Unattributed).coveredIn(gap);
}

/// The operation after the gap that the host made most of; the whole gap counts for less, as it may be the
/// device's (another rank, another context). `medianHostTime` receives the median of the periods' most.
Votes votesByGap(const ActivityTable& work, const DeviceOccupancy& occupancy, const Periods& periods,
                 bool hasCalls, Duration& medianHostTime)
{
    const GapIndex& gaps = occupancy.gaps();
    Votes votes(periods.count());
    std::vector<Duration> hostTimes(periods.count(), Duration::zero());
    for (std::size_t period = 0; period < periods.count(); ++period) {
        // Gaps that end with an operation of the period, the next marker included.
        const RowRange rows = periods[period];
        const TimePoint from = work.begin(rows.first - 1);
        const TimePoint until = work.begin(rows.last - 1);
        auto [index, unused] = gaps.insideOf({from, until});
        (void)unused;
        for (; index < gaps.size() && gaps[index].end <= until; ++index) {
            const Duration hostTime = hostTimeOf(occupancy, gaps[index], hasCalls);
            if (hostTime < leastHostGap || hostTime <= hostTimes[period])
                continue;
            hostTimes[period] = hostTime;
            std::size_t row = work.firstAtOrAfter(gaps[index].end);
            std::size_t chosen = row; // of several that begin together, the one launched first
            for (; row < work.size() && work.begin(row) == gaps[index].end; ++row) {
                if (work.launch(row).isValid() &&
                    (!work.launch(chosen).isValid() || work.launch(row) < work.launch(chosen)))
                    chosen = row;
            }
            votes[period] = std::clamp(static_cast<std::uint32_t>(chosen), rows.first, rows.last - 1);
        }
    }
    const auto middle = hostTimes.begin() + static_cast<std::ptrdiff_t>(hostTimes.size() / 2);
    std::nth_element(hostTimes.begin(), middle, hostTimes.end());
    medianHostTime = *middle;
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
        for (std::uint32_t row = periods[period].first; row < periods[period].last; ++row) {
            const auto pause = pauses.find(work.launch(row).value());
            if (pause != pauses.end() && pause->second > longest) {
                longest = pause->second;
                votes[period] = row;
            }
        }
    }
    return votes;
}

using Rows = std::vector<std::uint32_t>;

void append(Rows& cuts, std::optional<std::uint32_t> row)
{
    if (row && (cuts.empty() || *row > cuts.back()))
        cuts.push_back(*row);
}

/// At the winner's place, in the lead and the tail too if they hold it; a period without that operation is
/// cut where its own vote is.
Rows cutByVote(const Periods& periods, const Votes& votes, Position winner)
{
    Rows cuts;
    append(cuts, periods.leadRowAt(winner));
    for (std::size_t period = 0; period < periods.count(); ++period) {
        const std::optional<std::uint32_t> row = periods.rowAt(periods[period], winner);
        append(cuts, row ? *row : votes[period].value_or(periods[period].first));
    }
    append(cuts, periods.rowAt(periods.tail(), winner));
    return cuts;
}

/// At the replay of each period; a prefill replays nothing and begins after the marker.
Rows cutByReplay(const Periods& periods, const Rows& replays)
{
    Rows cuts;
    auto at = replays.begin();
    const auto firstIn = [&](RowRange rows) -> std::optional<std::uint32_t> {
        at = std::lower_bound(at, replays.end(), rows.first);
        return at != replays.end() && *at < rows.last ? std::optional(*at) : std::nullopt;
    };
    append(cuts, firstIn(periods.lead()));
    for (std::size_t period = 0; period < periods.count(); ++period)
        append(cuts, firstIn(periods[period]).value_or(periods[period].first));
    append(cuts, firstIn(periods.tail()));
    return cuts;
}

/// After each marker. Lead and tail share a step: what follows the last marker begins one, unless nearly all
/// of it is the lead's.
Rows cutAfterMarkers(const Periods& periods)
{
    Rows cuts;
    for (std::size_t period = 0; period < periods.count(); ++period)
        append(cuts, periods[period].first);
    if (static_cast<double>(periods.tail().size()) > leastTail * static_cast<double>(periods.medianSize()))
        append(cuts, periods.tail().first);
    return cuts;
}

} // namespace

std::vector<std::uint32_t> cutIntoSteps(const Trace& trace, const ActivityTable& work,
                                        const OperationSequence& sequence, const DeviceOccupancy& occupancy,
                                        const StepMarkers& markers, const StepMarkers* replays)
{
    const Periods periods(sequence, markers);
    const bool hasCalls = !trace.calls().isEmpty();
    Duration medianHostTime = Duration::zero();
    Votes votes = votesByGap(work, occupancy, periods, hasCalls, medianHostTime);
    if (medianHostTime < leastHostGap) // the device never waits for the host
        votes = hasCalls ? votesByLaunchPause(trace, work, periods) : Votes(periods.count());
    if (const std::optional<Position> winner = winnerOf(periods, votes))
        return cutByVote(periods, votes, *winner);
    if (replays) {
        const auto replayCount = static_cast<double>(replays->rows.size());
        const auto markerCount = static_cast<double>(markers.rows.size());
        if (std::abs(replayCount - markerCount) <= countsAgree * std::max(replayCount, markerCount))
            return cutByReplay(periods, replays->rows);
    }
    return cutAfterMarkers(periods);
}

} // namespace stepscope
