#pragma once

#include "core/lod/pixelcoverage.h"

#include <array>

namespace stepscope {

/// One pixel column of a busy lane: the busy share as height, the classes on top of each other in the order
/// of TimeClass, bottom up. Geometry only, in device pixels.
struct ColumnStack {
    std::array<int, busyClassCount> pixels{}; ///< whole pixels of each class
    /// What is left of the share after whole pixels, 0 … 1: one more pixel, that translucent, of `topClass`.
    float remainder = 0.0F;
    std::size_t topClass = 0;

    int height() const;
};

/// The height is the share of `laneHeight`, to a fraction of a pixel, except that what is there is always
/// seen: any busy time is at least `smallest` pixels high and any idle time leaves at least as much free,
/// and a class with time has a pixel of its own where there are enough.
ColumnStack stackOf(const ColumnCoverage& coverage, int laneHeight, int smallest);

} // namespace stepscope
