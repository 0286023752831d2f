#pragma once

#include "core/analysis/traceindex.h"
#include "core/lod/pixelcoverage.h"
#include "widgets/theme/tracepalette.h"

#include <QImage>

#include <array>
#include <span>
#include <vector>

namespace stepscope {

/// Where one busy lane lies in an image, in device pixels.
struct LanePlace {
    DeviceId device;
    int top = 0;
    int height = 0;

    friend bool operator==(const LanePlace&, const LanePlace&) = default;
};

/// Of the busy classes, and of what is idle.
struct LaneColours {
    std::array<QRgb, busyClassCount> classes{};
    QRgb ground = 0;
};

/// Paints one busy lane: a column of pixels for each entry of `coverage`, as far as the image reaches.
/// `smallest` is how many pixels a sliver of busy or idle time gets at least.
void paintColumns(QImage& image, int top, int height, std::span<const ColumnCoverage> coverage, int smallest,
                  const LaneColours& colours);

/// Paints busy lanes into `image` over its whole width: each pixel column shows the
/// exact share of its time. O(width · log n) a lane, whatever the number of operations.
/// `smallest` is how many pixels a sliver of busy or idle time gets at least.
void paintLanes(QImage& image, const TraceIndex& index, ColumnCovers& covers,
                const std::vector<LanePlace>& lanes, int smallest, const TracePalette& colours);

} // namespace stepscope
