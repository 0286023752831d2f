#pragma once

#include "core/analysis/traceindex.h"
#include "core/lod/spanrow.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace stepscope {

/// What packed spans take, beyond the trace and its index.
struct PackedSize {
    std::size_t spans = 0;
    std::size_t bytes = 0;

    PackedSize& operator+=(const PackedSize& other)
    {
        spans += other.spans;
        bytes += other.bytes;
        return *this;
    }
};

/// All spans of one lane on their sub-rows.
struct PackedSpans {
    std::vector<SpanRow> rows;

    bool isEmpty() const { return rows.empty(); }
    std::size_t size() const;
    SpanTimes total() const;
    /// The sub-row that holds a span. O(rows · log n).
    std::optional<std::size_t> rowOf(std::uint32_t id) const;
    PackedSize packedSize() const;
};

struct StreamSpans {
    std::int64_t stream = 0;
    PackedSpans operations; ///< ids are rows of the device's ActivityTable
};

/// What the expanded lanes of a device show beyond its occupancy.
struct DeviceSpans {
    PackedSpans replays; ///< ids are indices into DeviceOccupancy::replays()
    /// The one with most work first.
    std::vector<StreamSpans> streams;
    /// Copies and memsets while a kernel runs: what of them ExposedMemory leaves out.
    IntervalUnion hiddenCopies;
    std::size_t kindBytes = 0; ///< of the kinds of operations, which the streams share

    PackedSize packedSize() const;
};

struct ThreadSpans {
    ThreadId thread;             ///< invalid for ranges whose file names none
    std::uint64_t launches = 0;  ///< of kernels, graphs and copies
    PackedSpans ranges;          ///< ids are rows of the RangeTable; without recording windows
    PackedSpans calls;           ///< ids are rows of the ApiCallTable; only where the thread launches
    bool isOverheadOnly = false; ///< the ranges are the profiler's own work
};

/// The threads of a process that launch GPU work, the busiest first, then those that only annotate.
struct HostSpans {
    std::vector<ThreadSpans> threads;

    PackedSize packedSize() const;
};

/// Sub-rows of one device or one host process, once per trace: O(n log rows), for a million spans some 50 ms
/// and 2 to 4 MB. What they return reads `index`, which must outlive it. Any thread.
DeviceSpans packDevice(const TraceIndex& index, DeviceId device);
HostSpans packHost(const TraceIndex& index, ProcessId process);

/// Whether a call starts work of the device: threads with such calls have a lane of their own.
bool isLaunch(ApiCallKind kind);

SpanKind spanKindOf(const TraceIndex& index, const ActivityTable& work, std::size_t row);
SpanKind spanKindOf(ApiCallKind kind);

} // namespace stepscope
