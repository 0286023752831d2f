#include "core/analysis/areastatistics.h"

#include "core/analysis/percentile.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_map>

namespace stepscope {

namespace {

constexpr std::size_t rowsBetweenPolls = 8192;
constexpr std::size_t noLane = static_cast<std::size_t>(-1);

/// The time that spans cover within a range, each ns once. They come in order of begin.
class Cover {
public:
    explicit Cover(TimeRange range) : m_until(range.begin), m_end(range.end) {}

    void add(TimeRange span)
    {
        const TimePoint begin = std::max(span.begin, m_until);
        const TimePoint end = std::min(span.end, m_end);
        if (end <= begin)
            return;
        m_time += end - begin;
        m_until = end;
    }
    Duration time() const { return m_time; }

private:
    TimePoint m_until;
    TimePoint m_end;
    Duration m_time = Duration::zero();
};

/// Which of the chosen lanes show operations of one device.
struct DeviceLanes {
    std::size_t all = noLane;
    std::size_t compute = noLane;
    std::size_t comm = noLane;
    std::size_t copies = noLane;
    std::size_t graphs = noLane;
    std::unordered_map<std::int64_t, std::size_t> streams;

    bool showOperations() const
    {
        return all != noLane || compute != noLane || comm != noLane || copies != noLane || !streams.empty();
    }
};

DurationSpread spreadOf(std::vector<Duration>& lengths)
{
    if (lengths.empty())
        return {};
    std::array<Duration, 4> results{};
    constexpr std::array shares = {0.10, 0.50, 0.90, 0.99};
    auto unordered = lengths.begin(); // what is before it is smaller and of no more interest
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const PercentilePlace place = PercentilePlace::of(lengths.size(), shares[i]);
        const auto below = lengths.begin() + static_cast<std::ptrdiff_t>(place.below);
        std::nth_element(unordered, below, lengths.end());
        unordered = below;
        const Duration above =
            place.above == place.below ? *below : *std::min_element(below + 1, lengths.end());
        results[i] = place.between(*below, above);
    }
    return {results[0], results[1], results[2], results[3]};
}

class Collector {
public:
    Collector(const TraceIndex& index, TimeRange range, std::span<const AreaLane> lanes, Progress& progress)
        : m_index(index), m_trace(index.trace()), m_range(range), m_lanes(lanes), m_progress(progress)
    {
        m_result.lanes.resize(lanes.size());
    }

    Result<AreaStatistics> collect()
    {
        std::map<DeviceId, DeviceLanes> devices;
        for (std::size_t lane = 0; lane < m_lanes.size(); ++lane)
            place(lane, devices);
        for (const auto& [device, lanes] : devices)
            addDevice(device, lanes);
        if (!m_callLanes.empty())
            addCalls();
        if (!m_rangeLanes.empty())
            addRanges();
        if (m_isCancelled)
            return Error{ErrorCode::Cancelled, {}};
        finish();
        return std::move(m_result);
    }

private:
    void place(std::size_t number, std::map<DeviceId, DeviceLanes>& devices)
    {
        const AreaLane& lane = m_lanes[number];
        switch (lane.kind) {
        case AreaLane::Kind::Device:
            devices[lane.device].all = number;
            break;
        case AreaLane::Kind::Compute:
            devices[lane.device].compute = number;
            break;
        case AreaLane::Kind::Comm:
            devices[lane.device].comm = number;
            break;
        case AreaLane::Kind::Copies:
            devices[lane.device].copies = number;
            break;
        case AreaLane::Kind::Graphs:
            devices[lane.device].graphs = number;
            break;
        case AreaLane::Kind::Stream:
            devices[lane.device].streams[lane.stream] = number;
            break;
        case AreaLane::Kind::Ranges:
            m_rangeLanes[lane.thread] = number;
            break;
        case AreaLane::Kind::Calls:
            m_callLanes[lane.thread] = number;
            break;
        }
    }

    /// False once there is no point in going on.
    bool goesOn(std::size_t row)
    {
        if (row % rowsBetweenPolls == 0 && m_progress.isCancelled())
            m_isCancelled = true;
        return !m_isCancelled;
    }

    std::size_t classLane(const DeviceLanes& lanes, const ActivityTable& work, std::size_t row) const
    {
        switch (work.kind(row)) {
        case ActivityKind::Memcpy:
        case ActivityKind::Memset:
            return lanes.copies;
        case ActivityKind::GraphTrace:
            return noLane; // what it holds was not recorded
        case ActivityKind::Kernel:
            break;
        }
        if (lanes.compute == noLane && lanes.comm == noLane)
            return noLane;
        return m_index.kernelClass(work.name(row)) == KernelClass::Communication ? lanes.comm : lanes.compute;
    }

    void addDevice(DeviceId device, const DeviceLanes& lanes)
    {
        Cover busy(m_range);
        std::vector<Cover> covers(m_lanes.size(), Cover(m_range));
        if (lanes.showOperations())
            addOperations(device, lanes, covers, busy);
        if (lanes.graphs != noLane)
            addReplays(device, lanes, covers[lanes.graphs], busy);
        for (std::size_t lane = 0; lane < m_lanes.size(); ++lane)
            m_result.lanes[lane].busy += covers[lane].time();
        m_result.busy += busy.time();
        ++m_result.devices;
    }

    void addOperations(DeviceId device, const DeviceLanes& lanes, std::vector<Cover>& covers, Cover& busy)
    {
        const ActivityTable& work = m_trace.device(device).activities;
        // What reaches into the range began since the device was last idle before it.
        const IntervalUnion& all = m_index.device(device).occupancy.busy();
        const std::size_t interval = all.firstEndingAfter(m_range.begin);
        TimePoint from = m_range.begin;
        if (interval < all.size())
            from = std::min(from, all[interval].begin);
        const std::size_t end = work.firstAtOrAfter(m_range.end);
        for (std::size_t row = work.firstAtOrAfter(from); row < end && goesOn(row); ++row) {
            std::size_t stream = noLane;
            if (!lanes.streams.empty()) {
                const auto found = lanes.streams.find(work.stream(row));
                stream = found == lanes.streams.end() ? noLane : found->second;
            }
            const std::array showing = {lanes.all, classLane(lanes, work, row), stream};
            const TimeRange span = work.range(row);
            const bool begins = span.begin >= m_range.begin;
            bool isShown = false;
            for (const std::size_t lane : showing) {
                if (lane == noLane)
                    continue;
                isShown = true;
                covers[lane].add(span);
                if (begins)
                    m_result.lanes[lane].sums.add(span.duration());
            }
            if (!isShown)
                continue;
            busy.add(span);
            if (begins)
                countWork({AreaSpan::Table::Operations, device, static_cast<std::uint32_t>(row)}, span,
                          work.name(row));
        }
    }

    void addReplays(DeviceId device, const DeviceLanes& lanes, Cover& cover, Cover& busy)
    {
        AreaStatistics::Lane& line = m_result.lanes[lanes.graphs];
        line.isCounted = !lanes.showOperations();
        const std::vector<GraphReplay>& replays = m_index.device(device).occupancy.replays();
        for (std::size_t row = 0; row < replays.size() && goesOn(row); ++row) {
            const TimeRange span = replays[row].span;
            if (span.begin >= m_range.end)
                break;
            cover.add(span);
            if (line.isCounted)
                busy.add(span);
            if (span.begin < m_range.begin)
                continue;
            line.sums.add(span.duration());
            if (!line.isCounted)
                continue;
            m_result.work.add(span.duration());
            const AreaSpan place{AreaSpan::Table::Replays, device, static_cast<std::uint32_t>(row)};
            count(place, span.duration(), m_graphs[{device, replays[row].graph}]);
        }
    }

    void addCalls()
    {
        const ApiCallTable& calls = m_trace.calls();
        std::vector<std::size_t> laneOf(m_trace.threads().size(), noLane);
        for (const auto& [thread, lane] : m_callLanes)
            laneOf[thread.value()] = lane;
        const auto begins = calls.begins();
        const auto first = std::lower_bound(begins.begin(), begins.end(), m_range.begin) - begins.begin();
        for (auto row = static_cast<std::size_t>(first); row < calls.size() && goesOn(row); ++row) {
            if (calls.begin(row) >= m_range.end)
                break;
            const std::size_t lane = laneOf[calls.thread(row).value()];
            if (lane == noLane)
                continue;
            const Duration length = calls.range(row).duration();
            m_result.lanes[lane].sums.add(length);
            count({AreaSpan::Table::Calls, {}, static_cast<std::uint32_t>(row)}, length,
                  named(m_callNames, calls.name(row)));
        }
    }

    void addRanges()
    {
        const RangeTable& ranges = m_trace.ranges();
        const auto first =
            std::partition_point(ranges.begin(), ranges.end(),
                                 [this](const HostRange& range) { return range.begin < m_range.begin; }) -
            ranges.begin();
        for (auto row = static_cast<std::size_t>(first); row < ranges.size() && goesOn(row); ++row) {
            const HostRange& range = ranges[row];
            if (range.begin >= m_range.end)
                break;
            const auto lane = m_rangeLanes.find(range.thread);
            if (lane == m_rangeLanes.end() || range.kind == RangeKind::Recording)
                continue; // a recording window is as long as the trace, and no lane shows it
            const Duration length = range.range().duration();
            m_result.lanes[lane->second].sums.add(length);
            count({AreaSpan::Table::Ranges, {}, static_cast<std::uint32_t>(row)}, length,
                  named(m_rangeNames, range.name));
        }
    }

    AreaName& named(std::vector<std::uint32_t>& places, NameId name)
    {
        if (places.empty())
            places.assign(m_trace.names().size(), 0);
        std::uint32_t& place = places[name.value()];
        if (place == 0) {
            m_names.emplace_back();
            place = static_cast<std::uint32_t>(m_names.size());
        }
        return m_names[place - 1];
    }

    void countWork(const AreaSpan& place, TimeRange span, NameId name)
    {
        m_result.work.add(span.duration());
        count(place, span.duration(), named(m_workNames, name));
    }

    void count(const AreaSpan& place, Duration length, AreaName& name)
    {
        m_result.all.add(length);
        m_lengths.push_back(length);
        if (name.sums.count == 0 || length > name.longestLength) {
            name.longest = place;
            name.longestLength = length;
        }
        name.sums.add(length);
    }

    void finish()
    {
        m_result.spread = spreadOf(m_lengths);
        if (!m_lengths.empty()) {
            const auto [shortest, longest] = std::minmax_element(m_lengths.begin(), m_lengths.end());
            m_result.shortest = *shortest;
            m_result.longest = *longest;
        }
        for (const auto& [graph, name] : m_graphs)
            m_names.push_back(name);
        m_result.nameCount = m_names.size();
        // Equal times in an order that the way here does not decide.
        std::stable_sort(m_names.begin(), m_names.end(), [](const AreaName& a, const AreaName& b) {
            return std::tuple(-a.sums.total, a.longest.table, a.longest.device, a.longest.row) <
                   std::tuple(-b.sums.total, b.longest.table, b.longest.device, b.longest.row);
        });
        m_names.resize(std::min(m_names.size(), AreaStatistics::mostNames));
        m_result.names = std::move(m_names);
    }

    const TraceIndex& m_index;
    const Trace& m_trace;
    TimeRange m_range;
    std::span<const AreaLane> m_lanes;
    Progress& m_progress;
    bool m_isCancelled = false;
    AreaStatistics m_result;
    std::vector<Duration> m_lengths;
    std::map<ThreadId, std::size_t> m_callLanes;
    std::map<ThreadId, std::size_t> m_rangeLanes;
    std::vector<AreaName> m_names;
    std::vector<std::uint32_t> m_workNames; // by NameId: one more than its place in m_names
    std::vector<std::uint32_t> m_callNames;
    std::vector<std::uint32_t> m_rangeNames;
    std::map<std::pair<DeviceId, std::uint32_t>, AreaName> m_graphs;
};

} // namespace

Result<AreaStatistics> AreaStatistics::of(const TraceIndex& index, TimeRange range,
                                          std::span<const AreaLane> lanes, Progress& progress)
{
    return Collector(index, range, lanes, progress).collect();
}

} // namespace stepscope
