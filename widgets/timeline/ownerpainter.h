#pragma once

#include "core/analysis/deviceoccupancy.h"
#include "core/lod/pixelcolumns.h"
#include "widgets/theme/tracepalette.h"

#include <QImage>

namespace stepscope {

/// Where a lane lies in an image, in device pixels; `unit` of them are a logical one.
struct OwnerPlace {
    int top = 0;
    int height = 0;
    int unit = 1;
};

/// Paints a device's idle time by its owners over the whole width of `image`, which stands for `view`: each
/// pixel column shows the exact share of each owner, in the order of TimeClass from below, in its hue and
/// pattern; none vanishes while there are pixels. Busy time is left free. O(width · log n) for each owner.
void paintOwners(QImage& image, const DeviceOccupancy& occupancy, const PixelColumns& columns,
                 const OwnerPlace& place, const TracePalette& colours);

} // namespace stepscope
