#pragma once

#include "core/analysis/traceindex.h"
#include "widgets/timeline/lanelayout.h"
#include "widgets/timeline/spanpainter.h"

#include <QImage>

#include <span>
#include <utility>

namespace stepscope {

/// Which part of the lanes an image shows.
struct LaneView {
    std::pair<std::size_t, std::size_t> lanes; ///< the first of them, and the first beyond
    int top = 0;                               ///< logical pixels above the image
    qreal ratio = 1.0;                         ///< device pixels of a logical one
    SpanLook look;
};

/// Fills the lines of an image that paintLaneImage() leaves as they are: all that no lane covers. A frame
/// writes each pixel as few times as it can, which is half of what it costs at two device pixels for each.
void fillBesideLanes(QImage& image, std::span<const Lane> lanes, const LaneLayout& layout,
                     const LaneView& view, QRgb colour);

/// Paints lanes into an image by device pixels; its device pixel ratio is 1. Many lanes are shared with a
/// second thread, which is done when this returns. GUI thread.
void paintLaneImage(QImage& image, const TraceIndex& index, std::span<const Lane> lanes,
                    const LaneLayout& layout, const LaneView& view);

} // namespace stepscope
