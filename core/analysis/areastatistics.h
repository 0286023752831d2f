#pragma once

#include "core/analysis/stepcolumn.h"
#include "core/analysis/traceindex.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace stepscope {

/// Which spans of the trace a lane shows.
struct AreaLane {
    enum class Kind : std::uint8_t {
        Device,  ///< every operation of `device`
        Compute, ///< its kernels that are no communication
        Comm,    ///< its communication kernels
        Copies,  ///< its copies and memsets
        Stream,  ///< its operations on `stream`
        Graphs,  ///< its graph replays
        Ranges,  ///< annotations and other ranges of `thread`, nested ones too
        Calls,   ///< API calls of `thread`, nested ones too
    };

    Kind kind = Kind::Device;
    DeviceId device;
    ThreadId thread; ///< invalid for ranges whose file names none
    std::int64_t stream = 0;

    bool isOfHost() const { return kind == Kind::Ranges || kind == Kind::Calls; }
    friend bool operator==(const AreaLane&, const AreaLane&) = default;
};

/// One span of the trace by the table that holds it.
struct AreaSpan {
    enum class Table : std::uint8_t {
        Operations, ///< of the device's ActivityTable
        Replays,    ///< of the device's DeviceOccupancy::replays()
        Calls,
        Ranges,
    };

    Table table = Table::Operations;
    DeviceId device; ///< of operations and replays
    std::uint32_t row = 0;

    friend bool operator==(const AreaSpan&, const AreaSpan&) = default;
};

/// Number and summed length of spans.
struct SpanSums {
    std::uint64_t count = 0;
    Duration total = Duration::zero();

    void add(Duration length)
    {
        ++count;
        total += length;
    }
    /// Rounded down to the ns; zero without spans.
    Duration mean() const { return count == 0 ? Duration::zero() : total / static_cast<std::int64_t>(count); }
    friend bool operator==(const SpanSums&, const SpanSums&) = default;
};

/// The spans of one name, those of one graph, summed.
struct AreaName {
    SpanSums sums;
    AreaSpan longest; ///< the first of the longest ones
    Duration longestLength = Duration::zero();
};

/// What a range of time and a choice of lanes hold. All in whole ns.
///
/// A span counts where it begins inside the range, [begin, end), and counts with its whole length, so that a
/// cut one does not pass for a short one. Busy time is a union clipped to the range: there, what began before
/// the range and reaches into it takes part.
///
/// Several lanes of a device are views of the same operations: its head shows all, compute, comm and copies
/// those of one class, a stream those of one stream. An operation counts once, whichever of them show it. A
/// replay is the span of operations, so replays count only where no chosen lane of their device shows
/// operations. The line of each lane has its own spans in any case.
struct AreaStatistics {
    /// One for each lane that was asked for.
    struct Lane {
        SpanSums sums;
        Duration busy = Duration::zero(); ///< union of its spans within the range; zero for host lanes
        bool isCounted = true;            ///< false for replays beside lanes that show their operations
    };

    SpanSums all;
    SpanSums work; ///< of devices; the rest is the host's
    Duration shortest = Duration::zero();
    Duration longest = Duration::zero();
    DurationSpread spread; ///< of all lengths, as PercentilePlace says
    /// How many devices take part, and the unions of what counts on each of them, added: devices are never
    /// united with each other.
    std::size_t devices = 0;
    Duration busy = Duration::zero();
    std::vector<Lane> lanes;
    /// The names with most time, the largest first, at most `mostNames`; of how many.
    std::vector<AreaName> names;
    std::size_t nameCount = 0;

    static constexpr std::size_t mostNames = 10;

    /// `lanes` are distinct. Cancelled when `progress` asks for it. O(rows that begin in the range), and of
    /// each device those since it was last idle before the range, its replays before it, and the trace's
    /// names; eight bytes a span meanwhile. Any thread.
    static Result<AreaStatistics> of(const TraceIndex& index, TimeRange range,
                                     std::span<const AreaLane> lanes, Progress& progress);
};

} // namespace stepscope
