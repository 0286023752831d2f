#pragma once

#include "core/lod/pixelcoverage.h"

#include <array>
#include <span>

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

/// Divides `whole` pixels by shares that make up `total` together, in their order: to the nearest pixel,
/// except that each share above zero has a pixel of its own where there are enough. `pixels` has one entry
/// for each share and is zero at first. Returns the last share above zero.
std::size_t dividePixels(std::span<const float> shares, float total, int whole, std::span<int> pixels);

/// The height is the share of `laneHeight`, to a fraction of a pixel, except that what is there is always
/// seen: any busy time is at least `smallest` pixels high and any idle time leaves at least as much free,
/// and a class with time has a pixel of its own where there are enough.
ColumnStack stackOf(const ColumnCoverage& coverage, int laneHeight, int smallest);

} // namespace stepscope
