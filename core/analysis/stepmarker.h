#pragma once

#include "core/analysis/deviceoccupancy.h"
#include "core/analysis/kernelclassifier.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace stepscope {

/// The operations of a device as a sequence of what they are: equal kernels have equal tokens.
struct OperationSequence {
    /// By row: kernel name; copy by direction and size; graph record by graph.
    std::vector<std::uint32_t> exact;
    /// As `exact`, with copies by direction only: sizes may grow with the sequence.
    std::vector<std::uint32_t> coarse;
    std::size_t exactTokens = 0;
    std::size_t coarseTokens = 0;

    static OperationSequence of(const ActivityTable& work);
};

/// A copy to the host of at most this many bytes may be the ids of new tokens.
inline constexpr std::int64_t largestTokenCopy = 4096;

/// Operations that occur once a step, one row each, in order of begin.
struct StepMarkers {
    std::vector<std::uint32_t> rows;
    bool isWeak = false;
};

/// How evenly a series of times recurs: the share of intervals within half a median of the median, the median
/// absolute deviation over the median. O(n).
struct Regularity {
    double regular = 0.0;
    double deviation = 0.0;
};
Regularity regularityOf(std::span<const TimePoint> times);
/// The share of intervals within half a median of their own kind's median, where they are of two kinds (two
/// depths of speculation in turn); 0 where they are not. O(n log n).
double regularInTwoKinds(std::span<const TimePoint> times);

/// From the first to the last occurrence: share of the time or of the operations, whichever is more.
double coverOf(const ActivityTable& work, std::uint32_t firstRow, std::uint32_t lastRow, TimeRange extent);

/// The operation anchor of domain.md §5.6 and definitions.md §4 P: count clusters from the rarest up, the
/// first that holds a token-emitting operation recurring evenly over the trace; a more frequent one if that
/// divides its periods into like parts. Lost markers are put back. Weak where the periods are not alike.
/// nullopt when there is none.
std::optional<StepMarkers> findOperationMarkers(const ActivityTable& work, const OperationSequence& sequence,
                                                const DeviceOccupancy& occupancy,
                                                const std::vector<KernelClass>& classes);

} // namespace stepscope
